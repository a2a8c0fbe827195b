import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { AppError } from '../../../app/contract/errors.ts';
import { folderDestination } from '../../../app/destinations/folder.ts';
import { appInChild } from '../../support/child.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { cancelledAt } from '../../support/jobs.ts';
import { openFilesUnder } from '../../support/open-files.ts';
import { pieces } from '../../support/streams.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const CONTENT = patternBytes(700_000);

test('a bundle is put whole, and its size and sum are told', async () => {
  const folder = temporaryFolder();
  const destination = folderDestination(folder);
  expect(destination.locate('x.age')).toBe(join(folder, 'x.age'));
  const placement = await destination.put('x.age', pieces(CONTENT, 1000), CONTENT.byteLength, {});
  expect(placement).toEqual({
    location: join(folder, 'x.age'),
    bytes: CONTENT.byteLength,
    sha256: createHash('sha256').update(CONTENT).digest('hex'),
    verifiedBy: ['flushed-to-disk'],
  });
  expect(readdirSync(folder)).toEqual(['x.age']);
  expect(readFileSync(placement.location).equals(CONTENT)).toBe(true);
  expect(openFilesUnder(folder)).toEqual([]);
});

// Where the sum is computed, in this thread or in a worker, depends on what is expected.
test.each([0, 1, 100 * 1024 * 1024])(
  'an estimate of %i bytes only chooses ways',
  async (expected) => {
    const folder = temporaryFolder();
    const placement = await folderDestination(folder).put(
      'x',
      pieces(CONTENT, 300_000),
      expected,
      {},
    );
    expect(placement).toMatchObject({
      bytes: CONTENT.byteLength,
      sha256: createHash('sha256').update(CONTENT).digest('hex'),
    });
  },
);

test('it has its name only at the end', async () => {
  const folder = temporaryFolder();
  async function* watched(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of pieces(CONTENT, 100_000)) {
      expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\.signet-.*\.partial$/)]);
      yield piece;
    }
  }
  await folderDestination(folder).put('x', watched(), CONTENT.byteLength, {});
  expect(readdirSync(folder)).toEqual(['x']);
});

test('a bundle that fails on the way leaves nothing', async () => {
  const folder = temporaryFolder();
  const failure = new AppError('document-changed', { name: 'a' });
  for (const expected of [0, 100 * 1024 * 1024]) {
    async function* failing(): AsyncGenerator<Uint8Array, void, undefined> {
      yield* pieces(CONTENT, 100_000);
      throw failure;
    }
    await expect(folderDestination(folder).put('x', failing(), expected, {})).rejects.toBe(failure);
    expect(readdirSync(folder)).toEqual([]);
    expect(openFilesUnder(folder)).toEqual([]);
  }
});

test('a full disk stops the bundle and leaves nothing', async () => {
  const folder = temporaryFolder();
  await using full = await open('/dev/full', 'w');
  const write = full.write.bind(full);
  const prototype = Object.getPrototypeOf(full) as FileHandle;
  const spy = vi.spyOn(prototype, 'write').mockImplementation(write);
  onTestFinished(() => {
    spy.mockRestore();
  });
  let closed = false;
  async function* endless(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) yield await Promise.resolve(Buffer.alloc(100_000));
    } finally {
      closed = true;
    }
  }
  await expect(folderDestination(folder).put('x', endless(), 0, {})).rejects.toMatchObject({
    code: 'disk-full',
    data: { path: join(folder, 'x') },
  });
  expect(closed).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});

test('cancelling at any moment leaves nothing', async () => {
  const folder = temporaryFolder();
  const put = (step: number): Promise<unknown> =>
    folderDestination(folder).put('x', pieces(CONTENT, 100_000), 0, cancelledAt(step));
  for (let step = 0; step <= 7; step += 1) {
    await expect(put(step)).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(folder)).toEqual([]);
  }
  await put(8);
});

test('a name that is taken is refused early, and late, too', async () => {
  const folder = temporaryFolder();
  const destination = folderDestination(folder);
  await destination.check('x', {});
  writeFileSync(join(folder, 'x'), 'mine');
  const before = stateOf(folder);
  const taken = { code: 'output-exists', data: { path: join(folder, 'x') } };
  await expect(destination.check('x', {})).rejects.toMatchObject(taken);
  await expect(destination.put('x', pieces(CONTENT), 0, {})).rejects.toMatchObject(taken);
  expect(stateOf(folder)).toEqual(before);
});

test('a link at the name counts as taken, even one that leads nowhere', async () => {
  const folder = temporaryFolder();
  symlinkSync('nowhere', join(folder, 'x'));
  await expect(folderDestination(folder).check('x', {})).rejects.toMatchObject({
    code: 'output-exists',
  });
});

test('a folder that is missing or is a file is refused early', async () => {
  const folder = writeDocuments(temporaryFolder(), { file: '' });
  await expect(folderDestination(join(folder, 'missing')).check('x', {})).rejects.toMatchObject({
    code: 'output-missing',
    data: { path: join(folder, 'missing') },
  });
  await expect(folderDestination(join(folder, 'file')).check('x', {})).rejects.toMatchObject({
    code: 'output-unwritable',
  });
});

test('a folder that may not be written is refused before anything is sealed', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'in/a': 'x', 'out/': '' });
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'out'), 0o555);
  const out = join(folder, 'out');
  const result = await appInChild(
    `app.seal({ paths: [${JSON.stringify(join(folder, 'in/a'))}], lock: { kind: 'generate' } },
      { directory: ${JSON.stringify(out)} })`,
    { unprivileged: true },
  );
  expect(result).toEqual({ code: 'output-unwritable', data: { path: out } });
});

test('a drop box, which may be written and not be read, takes a bundle', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'in/a': 'x', 'box/': '' });
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'box'), 0o733);
  const result = await appInChild(
    `app.seal({ paths: [${JSON.stringify(join(folder, 'in/a'))}], name: 'x', lock: { kind: 'generate' } },
      { directory: ${JSON.stringify(join(folder, 'box'))} })`,
    { unprivileged: true },
  );
  expect(result).toMatchObject({ bundle: 'x.tar.age' });
  expect(readdirSync(join(folder, 'box'))).toEqual(['x.tar.age']);
});

test('a file that may not become that large is a full disk, and nothing is left', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'in/a': patternBytes(400_000), 'out/': '' });
  const result = await appInChild(
    `app.seal({ paths: [${JSON.stringify(join(folder, 'in/a'))}], name: 'x', lock: { kind: 'generate' } },
      { directory: ${JSON.stringify(join(folder, 'out'))} })`,
    { fileBlocks: 200 },
  );
  expect(result).toEqual({ code: 'disk-full', data: { path: join(folder, 'out/x.tar.age') } });
  expect(readdirSync(join(folder, 'out'))).toEqual([]);
});
