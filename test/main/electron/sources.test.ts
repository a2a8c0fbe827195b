import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from '../../support/cli.ts';

/** The sources of the desktop host that match, by name. */
async function sourcesWith(pattern: RegExp): Promise<string[]> {
  const folder = join(PROJECT, 'main', 'electron');
  const found: string[] = [];
  for (const name of await readdir(folder))
    if (name.endsWith('.ts') && pattern.test(await readFile(join(folder, name), 'utf8')))
      found.push(name);
  return found.sort();
}

test('the crash reporter is never started', async () => {
  expect(await sourcesWith(/crashReporter/)).toEqual([]);
});

test('addresses outside are opened in one place', async () => {
  expect(await sourcesWith(/\.openExternal\(/)).toEqual(['external.ts']);
  expect(await sourcesWith(/\.openPath\(/)).toEqual(['external.ts']);
});

test('Electron itself is reached by the two entries only; everything else is handed its part', async () => {
  expect(await sourcesWith(/^import (?!type)[^;]*from 'electron'/m)).toEqual([
    'main.ts',
    'preload.ts',
  ]);
});

test('the program does not wait for readiness before it has said what has to come first', async () => {
  // A top-level await in an ES module holds up the event that it waits for.
  expect(await sourcesWith(/^await /m)).toEqual([]);
});
