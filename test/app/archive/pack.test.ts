import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_NOTE_BYTES, packArchive, type Contents } from '../../../app/archive/pack.ts';
import { unpackArchive } from '../../../app/archive/unpack.ts';
import type { Progress } from '../../../app/contract/job.ts';
import { documentFromFile } from '../../../app/documents/read.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { openFilesUnder } from '../../support/open-files.ts';
import { documentSource } from '../../support/sources.ts';
import { collect, pieces } from '../../support/streams.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const PIECE = 256 * 1024;

/** The entries of a tar with their contents, in order; folders end with `/`. */
async function entriesOf(tar: AsyncIterable<Uint8Array>): Promise<[string, Buffer][]> {
  const unpacked = await unpackArchive(tar, 1_000_000);
  if (unpacked.kind !== 'archive') throw new Error('not a tar');
  const entries: [string, Buffer][] = [];
  for await (const entry of unpacked.entries)
    entries.push(
      entry.kind === 'file'
        ? [entry.name, await collect(entry.content)]
        : [`${entry.name}/`, Buffer.alloc(0)],
    );
  return entries;
}

function contents(documents: Contents['documents'], more: Partial<Contents> = {}): Contents {
  return { documents, emptyFolders: [], ...more };
}

test('the note comes first, then empty folders and documents, and SHA256SUMS is last', async () => {
  const archive = packArchive(
    contents([documentSource('b', '2'), documentSource('a', '1')], {
      note: 'Dear Sir or Madam',
      emptyFolders: ['empty', 'x/y'],
    }),
    {},
  );
  const entries = await entriesOf(archive.bytes);
  expect(entries.map(([name]) => name)).toEqual([
    'NOTE.txt',
    'empty/',
    'x/y/',
    'b',
    'a',
    'SHA256SUMS',
  ]);
  expect(entries[0]?.[1].toString()).toBe('Dear Sir or Madam');
});

test('SHA256SUMS and the records name every document and the note, with their real sums', async () => {
  const content = patternBytes(3 * PIECE);
  const sum = (bytes: string | Uint8Array): string =>
    createHash('sha256').update(bytes).digest('hex');
  const archive = packArchive(
    contents(
      [documentSource('small', 'x'), documentSource('large', content, { pieceBytes: 70_000 })],
      {
        note: 'hello',
      },
    ),
    {},
  );
  const entries = await entriesOf(archive.bytes);
  expect(entries.at(-1)?.[1].toString()).toBe(
    `${sum('hello')}  NOTE.txt\n${sum('x')}  small\n${sum(content)}  large\n`,
  );
  expect(archive.documents).toEqual([
    { name: 'small', bytes: 1, sha256: sum('x') },
    { name: 'large', bytes: content.byteLength, sha256: sum(content) },
  ]);
});

test('a note may be empty, and is none when it is not given', async () => {
  const empty = packArchive(contents([], { note: '' }), {});
  expect((await entriesOf(empty.bytes)).map(([name]) => name)).toEqual(['NOTE.txt', 'SHA256SUMS']);
  const none = packArchive(contents([]), {});
  expect((await entriesOf(none.bytes)).map(([name]) => name)).toEqual(['SHA256SUMS']);
});

test('a note is measured in bytes, and refused before anything is read', async () => {
  const longest = 'é'.repeat(MAX_NOTE_BYTES / 2);
  const [entry] = await entriesOf(packArchive(contents([], { note: longest }), {}).bytes);
  expect(entry?.[1].toString()).toBe(longest);
  expect(() => packArchive(contents([], { note: `${longest}x` }), {})).toThrow(
    expect.objectContaining({
      code: 'note-too-long',
      data: { bytes: MAX_NOTE_BYTES + 1, limit: MAX_NOTE_BYTES },
    }),
  );
});

test.each([0, 1, 511, 512, 513, PIECE - 1, PIECE, PIECE + 1, 5 * 1024 * 1024 + 3])(
  'a document of %i bytes comes out as it went in, and so does what follows it',
  async (bytes) => {
    const content = patternBytes(bytes);
    const folder = writeDocuments(temporaryFolder(), { in: content, next: 'behind it' });
    const documents = ['in', 'next'].map((name) => {
      const path = join(folder, name);
      return documentFromFile(path, name, statSync(path));
    });
    const tar = await collect(packArchive(contents(documents), {}).bytes);
    expect(tar.byteLength % 512).toBe(0);
    const entries = await entriesOf(pieces(tar));
    expect(entries[0]?.[1].equals(content)).toBe(true);
    expect(entries[1]?.[1].toString()).toBe('behind it');
    expect(openFilesUnder(folder)).toEqual([]);
  },
);

test('whatever the sizes, the pieces and the pace of the reader, the bytes are right', async () => {
  const document = fc.record({
    bytes: fc.oneof(fc.nat(2000), fc.nat(400_000)),
    pieceBytes: fc.option(fc.integer({ min: 500, max: 100_000 }), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { maxLength: 6 }),
      fc.infiniteStream(fc.nat(2)),
      async (plan, waits) => {
        const expected = plan.map(({ bytes }, index) => patternBytes(bytes, index + 1));
        const documents = expected.map((content, index) => {
          const pieceBytes = plan[index]?.pieceBytes;
          return documentSource(
            `d${String(index)}`,
            content,
            pieceBytes === undefined ? {} : { pieceBytes },
          );
        });
        const archive = packArchive(contents(documents), {});
        async function* slowly(): AsyncGenerator<Uint8Array, void, undefined> {
          for await (const piece of archive.bytes) {
            const { value: turns } = waits.next() as { value: number };
            for (let turn = 0; turn < turns; turn += 1) await setImmediate();
            yield piece;
          }
        }
        const entries = await entriesOf(slowly());
        const read = entries.slice(0, -1).map(([, content]) => content);
        expect(read.length).toBe(expected.length);
        for (const [index, content] of expected.entries())
          expect(read[index]?.equals(content)).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});

test('progress counts the documents’ bytes up to their total', async () => {
  const heard: Progress[] = [];
  const documents = [
    documentSource('a', patternBytes(1000)),
    documentSource('b', patternBytes(2 * PIECE), { pieceBytes: PIECE }),
  ];
  const job = { onProgress: (progress: Progress) => heard.push(progress) };
  await collect(packArchive(contents(documents, { note: 'not counted' }), job).bytes);
  const total = 1000 + 2 * PIECE;
  expect(heard).toEqual(
    [1000, 1000 + PIECE, total].map((bytes) => ({ stage: 'seal', bytes, total })),
  );
});
