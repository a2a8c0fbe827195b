import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBundleFile } from '../../../app/files/bundle-file.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { openFilesUnder } from '../../support/open-files.ts';
import { hasCommand } from '../../support/peers.ts';
import { collect } from '../../support/streams.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const CONTENT = patternBytes(700_000);

test('a bundle is read whole and in ranges, and closed', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'x.age': CONTENT });
  const file = await openBundleFile(join(folder, 'x.age'));
  expect(file).toMatchObject({ name: 'x.age', bytes: CONTENT.byteLength });
  expect((await collect(file.content())).equals(CONTENT)).toBe(true);
  expect((await collect(file.content(10, 20))).equals(CONTENT.subarray(10, 20))).toBe(true);
  expect(Buffer.from(await file.read(699_990, 100)).equals(CONTENT.subarray(699_990))).toBe(true);
  await file.close();
  expect(openFilesUnder(folder)).toEqual([]);
});

test('what is missing, a folder or empty is told apart', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'sub/': '', empty: '' });
  for (const [name, error] of [
    ['missing', { code: 'bundle-missing' }],
    ['sub', { code: 'not-a-bundle', data: { found: 'folder' } }],
    ['empty', { code: 'not-a-bundle', data: { found: 'empty' } }],
  ] as const)
    await expect(openBundleFile(join(folder, name))).rejects.toMatchObject(error);
  expect(openFilesUnder(folder)).toEqual([]);
});

test.skipIf(!hasCommand('mkfifo'))('a pipe is no bundle, and is not waited for', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'x.age');
  execFileSync('mkfifo', [path]);
  await expect(openBundleFile(path)).rejects.toMatchObject({
    code: 'not-a-bundle',
    data: { path, found: 'other' },
  });
  expect(openFilesUnder(folder)).toEqual([]);
});

test.skipIf(!existsSync('/dev/zero'))('a device is no bundle', async () => {
  await expect(openBundleFile('/dev/zero')).rejects.toMatchObject({
    code: 'not-a-bundle',
    data: { found: 'other' },
  });
});
