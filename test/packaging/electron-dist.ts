import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';

/** Where Electron's program keeps its fuses: behind this text. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** The version of the wire, its length, and the fuses as Electron ships them. */
const WIRE = '\x01\x09101100011';

/** A program that does nothing, as far as packaging looks at it: an ELF header and the fuses. */
function program(): Buffer {
  const elf = Buffer.alloc(4096);
  elf.write('\x7fELF\x02\x01\x01', 'latin1');
  // An executable for x86-64.
  elf.writeUInt16LE(2, 16);
  elf.writeUInt16LE(62, 18);
  elf.write(SENTINEL + WIRE, 1024, 'latin1');
  return elf;
}

/**
 * Makes what takes the place of Electron's own distribution when the app is packaged.
 *
 * @param folder - to fill
 */
export async function makeElectronDist(folder: string): Promise<void> {
  const defaultApp = join(folder, '..', 'default-app');
  await mkdir(join(folder, 'resources'), { recursive: true });
  await mkdir(join(folder, 'locales'));
  await mkdir(defaultApp);
  await writeFile(join(defaultApp, 'main.js'), '');
  await createPackage(defaultApp, join(folder, 'resources', 'default_app.asar'));
  for (const name of ['electron', 'chrome-sandbox'])
    await writeFile(join(folder, name), program(), { mode: 0o755 });
  for (const language of ['en-US', 'de', 'fr'])
    await writeFile(join(folder, 'locales', `${language}.pak`), '');
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version'])
    await writeFile(join(folder, name), '');
}
