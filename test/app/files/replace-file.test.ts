import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replaceFile } from '../../../app/files/replace-file.ts';
import { temporaryFolder } from '../../support/temporary.ts';

test('a file gets its new content, for its owner’s eyes only, and nothing is left beside it', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'x.json'), 'a longer old content', { mode: 0o644 });
  await replaceFile(folder, 'x.json', 'new');
  expect(readFileSync(join(folder, 'x.json'), 'utf8')).toBe('new');
  expect(statSync(join(folder, 'x.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['x.json']);
});

test('where that fails, the old content stays and nothing is left beside it', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'x.json/in the way'), { recursive: true });
  await expect(replaceFile(folder, 'x.json', 'new')).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['x.json']);
  await expect(replaceFile(join(folder, 'missing'), 'x', 'new')).rejects.toThrow('ENOENT');
});
