import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { OutputFile } from '../../../app/files/output-file.ts';
import { patternBytes } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { openFilesUnder } from '../../support/open-files.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** What all file handles have in common, to make one operation fail as a broken disk would. */
async function handlePrototype(): Promise<FileHandle> {
  await using handle = await open('/dev/null');
  return Object.getPrototypeOf(handle) as FileHandle;
}

test('a file appears under its name only when it is committed, whole and for its owner alone', async () => {
  const folder = temporaryFolder();
  const content = patternBytes(300_000);
  const file = await OutputFile.create(folder, 'out');
  await file.write(content.subarray(0, 100_000));
  await file.write(content.subarray(100_000));
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\.signet-.*\.partial$/)]);
  expect(file.bytes).toBe(300_000);
  await file.commit();
  expect(readdirSync(folder)).toEqual(['out']);
  expect(readFileSync(file.path).equals(content)).toBe(true);
  expect(statSync(file.path).mode & 0o777).toBe(0o600);
  expect(openFilesUnder(folder)).toEqual([]);
});

test('discarding leaves nothing, and does no harm after a commit', async () => {
  const folder = temporaryFolder();
  const given = await OutputFile.create(folder, 'given-up');
  await given.write(patternBytes(10));
  await given.discard();
  await given.discard();
  expect(readdirSync(folder)).toEqual([]);
  const kept = await OutputFile.create(folder, 'kept');
  await kept.commit();
  await kept.discard();
  expect(readdirSync(folder)).toEqual(['kept']);
  expect(openFilesUnder(folder)).toEqual([]);
});

test('a file that appears under the name in the meantime is not replaced', async () => {
  const folder = temporaryFolder();
  const file = await OutputFile.create(folder, 'out');
  await file.write(patternBytes(10));
  writeFileSync(join(folder, 'out'), 'somebody else was faster');
  const before = stateOf(folder)['out'];
  await expect(file.commit()).rejects.toMatchObject({
    code: 'output-exists',
    data: { path: join(folder, 'out') },
  });
  expect(stateOf(folder)).toEqual({ out: before });
});

test.each(['folder', 'dangling link'])('a %s under the name is not replaced', async (kind) => {
  const folder = temporaryFolder();
  const file = await OutputFile.create(folder, 'out');
  if (kind === 'folder') mkdirSync(join(folder, 'out'));
  else symlinkSync('/nowhere/at/all', join(folder, 'out'));
  const before = Object.fromEntries(
    Object.entries(stateOf(folder)).filter(([name]) => name.startsWith('out')),
  );
  await expect(file.commit()).rejects.toMatchObject({ code: 'output-exists' });
  expect(stateOf(folder)).toEqual(before);
});

test('a folder that is not there is reported, not made', async () => {
  const folder = temporaryFolder();
  await expect(OutputFile.create(join(folder, 'missing'), 'out')).rejects.toMatchObject({
    code: 'output-missing',
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('a full disk is reported as such, and nothing is left', async () => {
  const folder = temporaryFolder();
  const file = await OutputFile.create(folder, 'out');
  await file.write(patternBytes(10));
  // The kernel's own answer, from the device that is always full.
  await using full = await open('/dev/full', 'w');
  const write = full.write.bind(full);
  const spy = vi.spyOn(await handlePrototype(), 'write').mockImplementation(write);
  onTestFinished(() => {
    spy.mockRestore();
  });
  await expect(file.write(patternBytes(10))).rejects.toMatchObject({
    code: 'disk-full',
    data: { path: join(folder, 'out') },
  });
  await file.discard();
  expect(readdirSync(folder)).toEqual([]);
});

test('a write that takes only some of the bytes is continued until all are there', async () => {
  const folder = temporaryFolder();
  const content = patternBytes(1000);
  const prototype = await handlePrototype();
  type Written = Promise<{ bytesWritten: number; buffer: Uint8Array }>;
  type Write = (bytes: Uint8Array, offset: number, length: number) => Written;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
  const write = prototype.write as Write;
  const few = function (this: FileHandle, bytes: Uint8Array, offset: number): Written {
    return write.call(this, bytes, offset, Math.min(7, bytes.byteLength - offset));
  };
  const spy = vi.spyOn(prototype, 'write').mockImplementation(few as FileHandle['write']);
  onTestFinished(() => {
    spy.mockRestore();
  });
  const file = await OutputFile.create(folder, 'out');
  await file.write(content);
  await file.commit();
  expect(spy.mock.calls.length).toBeGreaterThan(100);
  expect(readFileSync(file.path).equals(content)).toBe(true);
});

test.each([1, 2])('when flush number %i fails, neither name is left', async (nth) => {
  const folder = temporaryFolder();
  const file = await OutputFile.create(folder, 'out');
  await file.write(patternBytes(10));
  const prototype = await handlePrototype();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
  const { sync } = prototype;
  let count = 0;
  // The first flushes the content, the second the folder, when the file has its name already.
  const spy = vi.spyOn(prototype, 'sync').mockImplementation(function (this: FileHandle) {
    count += 1;
    return count === nth
      ? Promise.reject(Object.assign(new Error('disk trouble'), { code: 'EIO' }))
      : sync.call(this);
  });
  onTestFinished(() => {
    spy.mockRestore();
  });
  await expect(file.commit()).rejects.toMatchObject({ code: 'output-unwritable' });
  expect(readdirSync(folder)).toEqual([]);
});
