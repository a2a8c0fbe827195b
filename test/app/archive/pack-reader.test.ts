import { setImmediate } from 'node:timers/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packArchive, type Contents } from '../../../app/archive/pack.ts';
import { AppError } from '../../../app/contract/errors.ts';
import { collectDocuments } from '../../../app/documents/collect.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { cancelledAt } from '../../support/jobs.ts';
import { openFilesUnder } from '../../support/open-files.ts';
import { documentSource } from '../../support/sources.ts';
import { collect } from '../../support/streams.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const PIECE = 256 * 1024;

function contents(documents: Contents['documents'], more: Partial<Contents> = {}): Contents {
  return { documents, emptyFolders: [], ...more };
}

test('a reader who is slow makes the documents wait, so memory does not grow', async () => {
  let read = 0;
  const large = documentSource('large', Buffer.alloc(64 * PIECE), { pieceBytes: PIECE });
  const counted = {
    ...large,
    read: async function* () {
      for await (const piece of large.read()) {
        read += piece.byteLength;
        yield piece;
      }
    },
  };
  const iterator = packArchive(contents([counted]), {}).bytes[Symbol.asyncIterator]();
  for (let count = 0; count < 4; count += 1) await iterator.next();
  for (let turn = 0; turn < 100; turn += 1) await setImmediate();
  expect(read).toBeLessThanOrEqual(8 * PIECE);
  await iterator.return?.();
});

test('a reader who stops early closes the documents and stops reading them', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    'client/a': patternBytes(20 * PIECE),
    'client/b': patternBytes(20 * PIECE),
  });
  const { documents } = await collectDocuments([join(folder, 'client')], {});
  let taken = 0;
  for await (const piece of packArchive(contents(documents), {}).bytes) {
    taken += piece.byteLength > 0 ? 1 : 0;
    if (taken === 5) break;
  }
  expect(openFilesUnder(folder)).toEqual([]);
});

test('whenever the reader stops, everything ends', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    'client/a': patternBytes(3 * PIECE),
    'client/b': 'small',
    'client/c': '',
    'client/d': patternBytes(2 * PIECE + 1),
    'client/empty/one/': '',
    'client/empty/two/': '',
  });
  const collection = await collectDocuments([join(folder, 'client')], {});
  for (let wanted = 0, ended = false; !ended; wanted += 1) {
    const { bytes } = packArchive({ ...collection, note: 'hello' }, {});
    const reader = bytes[Symbol.asyncIterator]();
    for (let taken = 0; taken < wanted && !ended; taken += 1)
      ended = (await reader.next()).done === true;
    // At once, and when what was asked for in advance is under way.
    if (wanted % 2 === 1) await setImmediate();
    await reader.return?.();
    expect(openFilesUnder(folder)).toEqual([]);
  }
});

test.each([undefined, PIECE])(
  'a failure of a document is thrown to the reader, with pieces of %s',
  async (pieceBytes) => {
    const failure = new AppError('document-changed', { name: 'bad' });
    const good = documentSource('good', patternBytes(3 * PIECE), { pieceBytes: PIECE });
    const bad = documentSource(
      'bad',
      patternBytes(3 * PIECE),
      pieceBytes === undefined ? {} : { pieceBytes },
    );
    const failing = {
      ...bad,
      readWhole: () => {
        if (pieceBytes === undefined) throw failure;
        return undefined;
      },
      read: async function* () {
        let first = true;
        for await (const piece of bad.read()) {
          if (!first) throw failure;
          first = false;
          yield piece;
        }
      },
    };
    await expect(collect(packArchive(contents([good, failing]), {}).bytes)).rejects.toBe(failure);
  },
);

test.each([2 * PIECE - 1, 2 * PIECE + 1])(
  'a document that promises 2 pieces and delivers %i bytes never makes a tar',
  async (bytes) => {
    const source = documentSource('d', patternBytes(bytes), {
      bytes: 2 * PIECE,
      pieceBytes: PIECE,
    });
    await expect(collect(packArchive(contents([source]), {}).bytes)).rejects.toThrow();
  },
);

test('it can be cancelled at every step', async () => {
  const documents = (): Contents['documents'] => [
    documentSource('a', 'x'),
    documentSource('b', patternBytes(2 * PIECE), { pieceBytes: PIECE }),
  ];
  const steps = 5;
  for (let step = 0; step < steps; step += 1)
    await expect(
      collect(packArchive(contents(documents()), cancelledAt(step)).bytes),
    ).rejects.toMatchObject({ code: 'cancelled' });
  await collect(packArchive(contents(documents()), cancelledAt(steps)).bytes);
});
