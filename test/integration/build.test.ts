import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testKey } from '../support/bundles.ts';
import { buildInto } from '../support/built.ts';
import { start } from '../support/cli.ts';
import { patternBytes, writeDocuments } from '../support/documents.ts';
import { temporaryFolder } from '../support/temporary.ts';

test('the built program seals and opens, its hashing thread included', async () => {
  const folder = temporaryFolder();
  const program = await buildInto(folder);
  // Long enough to be hashed in a thread of its own.
  const large = patternBytes(20 * 1024 * 1024);
  const cwd = writeDocuments(join(folder, 'work'), {
    'scan.tif': large,
    'key.txt': `${testKey.identity}\n`,
  });
  const run = (...args: string[]) => start(process.execPath, [program, ...args], { cwd }).ended;

  expect((await run('--version')).stdout).toBe('0.1.0\n');
  expect(await run('seal', 'scan.tif', '-o', 'b.age', '-r', testKey.recipient, '-q')).toMatchObject(
    { code: 0 },
  );
  const opened = await run('open', 'b.age', '-d', 'out', '-i', 'key.txt', '--json', '-q');
  expect(JSON.parse(opened.stdout)).toMatchObject({ verified: true });
  expect((await readFile(join(cwd, 'out', 'scan.tif'))).equals(large)).toBe(true);
});
