import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { packPlainZip } from '../../../app/archive/plain-zip.ts';
import { formatSums } from '../../../app/archive/sums.ts';
import { loadZip } from '../../../app/archive/zip-read.ts';
import { AppError } from '../../../app/contract/errors.ts';
import { sha256 } from '../../../app/digest/digest.ts';
import { documentFromFile } from '../../../app/documents/read.ts';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { cancelledAt } from '../../support/jobs.ts';
import { openFilesUnder } from '../../support/open-files.ts';
import { documentSource } from '../../support/sources.ts';
import { collect } from '../../support/streams.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { bundleOf, readZipEntries } from '../../support/zips.ts';

const PIECE = 256 * 1024;
const TEXT = Buffer.alloc(2_000_000, 'some text that repeats itself, ');

const DOCUMENTS = [
  documentSource('a.txt', 'small and compressible, '.repeat(10)),
  documentSource('b/Zoë 履歴書.pdf', patternBytes(3000)),
  documentSource('empty', ''),
  documentSource('large.txt', TEXT, { pieceBytes: 100_000 }),
  documentSource('large.jpg', TEXT, { pieceBytes: PIECE }),
];

test('the layout is that of the tar, and everything comes out as it went in', async () => {
  const archive = packPlainZip(
    { documents: DOCUMENTS, emptyFolders: ['none', 'x/y'], note: 'hello' },
    {},
  );
  const zip = await collect(archive.bytes);
  const entries = await readZipEntries(zip);
  expect(entries.map(({ name }) => name)).toEqual([
    'NOTE.txt',
    'none/',
    'x/y/',
    ...DOCUMENTS.map(({ name }) => name),
    'SHA256SUMS',
  ]);
  for (const document of DOCUMENTS) {
    const entry = entries.find(({ name }) => name === document.name);
    expect(entry?.content?.equals(await collect(document.read()))).toBe(true);
    expect(entry?.modified).toEqual(document.modified);
  }
  const note = { name: 'NOTE.txt', bytes: 5, sha256: sha256(Buffer.from('hello')) };
  expect(entries.at(-1)?.content?.toString()).toBe(formatSums([note, ...archive.documents]));
});

test('what compresses is compressed, and nothing else', async () => {
  const documents = [...DOCUMENTS, documentSource('r', patternBytes(PIECE), { pieceBytes: PIECE })];
  const zip = await collect(packPlainZip({ documents, emptyFolders: [] }, {}).bytes);
  const methods = (await loadZip(bundleOf(zip), 100)).entries.map(({ name, method }) => [
    name,
    method,
  ]);
  expect(methods).toEqual([
    ['a.txt', 8],
    ['b/Zoë 履歴書.pdf', 0],
    ['empty', 0],
    ['large.txt', 8],
    ['large.jpg', 0],
    ['r', 0],
    ['SHA256SUMS', 8],
  ]);
});

describe('what a document fails with comes out as it is', () => {
  const failure = new AppError('document-unreadable', { name: 'bad' });
  const failing = (after: number): (typeof DOCUMENTS)[number] => ({
    ...documentSource('bad', ''),
    bytes: 10 ** 7,
    readWhole: () => undefined,
    read: async function* () {
      for (let piece = 0; piece < after; piece += 1)
        yield await Promise.resolve(patternBytes(PIECE, piece + 1));
      throw failure;
    },
  });

  test.each([0, 1, 2, 10])('after %i pieces', async (after) => {
    const documents = [...DOCUMENTS, failing(after), ...DOCUMENTS];
    await expect(collect(packPlainZip({ documents, emptyFolders: [] }, {}).bytes)).rejects.toBe(
      failure,
    );
  });

  test('at once', async () => {
    const bad = {
      ...documentSource('bad', ''),
      readWhole: () => {
        throw failure;
      },
    };
    await expect(
      collect(packPlainZip({ documents: [bad], emptyFolders: [] }, {}).bytes),
    ).rejects.toBe(failure);
  });

  test.each([99, 101])('and one of 100 bytes that promised %i is refused', async (bytes) => {
    for (const options of [{ bytes }, { bytes, pieceBytes: 30 }]) {
      const documents = [documentSource('a', patternBytes(100), options)];
      await expect(
        collect(packPlainZip({ documents, emptyFolders: [] }, {}).bytes),
      ).rejects.toMatchObject({ code: 'document-changed', data: { name: 'a' } });
    }
  });
});

test('it can be cancelled at every step', async () => {
  for (let step = 0; step < 12; step += 1)
    await expect(
      collect(packPlainZip({ documents: DOCUMENTS, emptyFolders: [] }, cancelledAt(step)).bytes),
    ).rejects.toMatchObject({ code: 'cancelled' });
});

test('a reader who stops early leaves no file open and nothing running', async () => {
  const folder = writeDocuments(temporaryFolder(), { large: patternBytes(5_000_000) });
  const path = join(folder, 'large');
  const documents = [documentFromFile(path, 'large.jpg', statSync(path))];
  const { bytes } = packPlainZip({ documents, emptyFolders: [] }, {});
  let taken = 0;
  for await (const piece of bytes) {
    taken += piece.byteLength;
    if (taken > PIECE) break;
  }
  await setImmediate();
  expect(openFilesUnder(folder)).toEqual([]);
});

test('one document is open at a time, and memory does not grow with them', async () => {
  let open = 0;
  let most = 0;
  const documents = Array.from({ length: 20 }, (_unused, index) => ({
    ...documentSource(`${String(index)}.jpg`, ''),
    bytes: PIECE,
    readWhole: () => undefined,
    read: async function* () {
      open += 1;
      most = Math.max(most, open);
      yield await Promise.resolve(patternBytes(PIECE, index + 1));
      open -= 1;
    },
  }));
  await collect(packPlainZip({ documents, emptyFolders: [] }, {}).bytes);
  expect([open, most]).toEqual([0, 1]);
});
