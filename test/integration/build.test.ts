import { symlinkSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { testKey } from '../support/bundles.ts';
import { PROJECT, start } from '../support/cli.ts';
import { patternBytes, writeDocuments } from '../support/documents.ts';
import { temporaryFolder } from '../support/temporary.ts';

test('the built program seals and opens, its hashing thread included', async () => {
  const folder = temporaryFolder();
  const outDir = join(folder, 'dist', 'cli');
  await mkdir(outDir, { recursive: true });
  const configFile = join(PROJECT, 'vite.config.ts');
  await build({ root: PROJECT, configFile, build: { outDir, emptyOutDir: false } });
  // What is not bundled: the version, and the native module.
  await copyFile(join(PROJECT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  // Long enough to be hashed in a thread of its own.
  const large = patternBytes(20 * 1024 * 1024);
  const cwd = writeDocuments(join(folder, 'work'), {
    'scan.tif': large,
    'key.txt': `${testKey.identity}\n`,
  });
  const program = join(outDir, 'signet.js');
  const run = (...args: string[]) => start(process.execPath, [program, ...args], { cwd }).ended;

  expect((await run('--version')).stdout).toBe('0.1.0\n');
  expect(await run('seal', 'scan.tif', '-o', 'b.age', '-r', testKey.recipient, '-q')).toMatchObject(
    { code: 0 },
  );
  const opened = await run('open', 'b.age', '-d', 'out', '-i', 'key.txt', '--json', '-q');
  expect(JSON.parse(opened.stdout)).toMatchObject({ verified: true });
  expect((await readFile(join(cwd, 'out', 'scan.tif'))).equals(large)).toBe(true);
});
