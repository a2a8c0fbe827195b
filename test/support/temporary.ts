import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A new folder for the running test; it goes away with it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'signet-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/**
 * Every file under a folder with its content, by relative name.
 *
 * @param folder - to read
 */
export async function filesIn(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Buffer>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length + 1), await readFile(path));
  }
  return files;
}

/**
 * Every name under a folder, files and folders, sorted.
 *
 * @param folder - to read
 */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}

/** A new folder for all tests of the file; it goes away with them. To be called in `beforeAll`. */
export function temporaryFolderForAll(): string {
  const folder = mkdtempSync(join(tmpdir(), 'signet-test-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
