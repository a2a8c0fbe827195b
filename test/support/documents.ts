import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes documents into a folder, which is made when it is missing.
 *
 * @param folder - where
 * @param documents - contents by relative name; a name that ends with `/` makes an empty folder
 * @returns the folder
 */
export function writeDocuments(
  folder: string,
  documents: Readonly<Record<string, string | Uint8Array>>,
): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(documents)) {
    const path = join(folder, name);
    if (name.endsWith('/')) {
      mkdirSync(path, { recursive: true });
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/**
 * Bytes in which every position shows: a piece that is lost, doubled or misplaced changes what comes after it.
 *
 * @param length - how many
 * @param seed - another seed, other bytes
 */
export function patternBytes(length: number, seed = 1): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let state = seed;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}
