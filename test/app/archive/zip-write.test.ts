import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_NOTE_BYTES } from '../../../app/archive/pack.ts';
import { formatSums } from '../../../app/archive/sums.ts';
import { loadZip } from '../../../app/archive/zip-read.ts';
import { AppError } from '../../../app/contract/errors.ts';
import type { Progress } from '../../../app/contract/job.ts';
import { sha256 } from '../../../app/digest/digest.ts';
import { patternBytes } from '../../support/documents.ts';
import { cancelledAt } from '../../support/jobs.ts';
import { documentSource } from '../../support/sources.ts';
import { bundleOf, readZipEntries, sealedZip } from '../../support/zips.ts';

const PIECE = 256 * 1024;
const TEXT = Buffer.from('the same again and again, '.repeat(20_000));

test('the note comes first, then empty folders and documents, and SHA256SUMS is last', async () => {
  const { zip, documents } = await sealedZip({
    documents: [documentSource('b', '2'), documentSource('a', '1')],
    note: 'Dear Sir or Madam',
    emptyFolders: ['empty', 'x/y'],
  });
  const entries = await readZipEntries(zip);
  expect(entries.map(({ name }) => name)).toEqual([
    'NOTE.txt',
    'empty/',
    'x/y/',
    'b',
    'a',
    'SHA256SUMS',
  ]);
  expect(entries[0]?.content?.toString()).toBe('Dear Sir or Madam');
  expect(documents).toEqual([
    { name: 'b', bytes: 1, sha256: sha256(Buffer.from('2')) },
    { name: 'a', bytes: 1, sha256: sha256(Buffer.from('1')) },
  ]);
  const note = { name: 'NOTE.txt', bytes: 17, sha256: sha256(Buffer.from('Dear Sir or Madam')) };
  expect(entries.at(-1)?.content?.toString()).toBe(formatSums([note, ...documents]));
});

test('documents of any name and size, in any pieces, come out as they went in', async () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map((text) => `d/${text.normalize('NFC').replace(/[\p{Cc}/\\:]/gu, '_')}`);
  const document = fc.record({
    name,
    length: fc.oneof(fc.nat(50), fc.nat(3 * PIECE)),
    pieceBytes: fc.option(fc.integer({ min: 1000, max: 2 * PIECE }), { nil: undefined }),
    compressible: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(document, { selector: ({ name }) => name, maxLength: 6 }),
      async (chosen) => {
        const sources = chosen.map(({ name, length, pieceBytes, compressible }) => {
          const content = compressible
            ? Buffer.alloc(length, 'compressible ')
            : patternBytes(length, length + 1);
          return {
            content,
            source: documentSource(name, content, pieceBytes === undefined ? {} : { pieceBytes }),
          };
        });
        const { zip } = await sealedZip({ documents: sources.map(({ source }) => source) });
        const entries = await readZipEntries(zip);
        expect(entries.slice(0, -1).map(({ name, bytes }) => ({ name, bytes }))).toEqual(
          sources.map(({ source }) => ({ name: source.name, bytes: source.bytes })),
        );
        sources.forEach(({ content }, index) => {
          expect(entries[index]?.content?.equals(content)).toBe(true);
        });
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

describe('what compresses is compressed, and nothing else', () => {
  const sealedBytes = async (
    name: string,
    content: Uint8Array,
    pieceBytes?: number,
  ): Promise<{ readonly method: number; readonly flags: number; readonly sealedBytes: number }> => {
    const source = documentSource(name, content, pieceBytes === undefined ? {} : { pieceBytes });
    const { zip } = await sealedZip({ documents: [source] });
    const [entry] = (await loadZip(bundleOf(zip), 10)).entries;
    return entry!;
  };

  test('a small text is, and its header says how long it is', async () => {
    expect(await sealedBytes('a.txt', TEXT)).toMatchObject({
      method: 8,
      flags: 0x801,
      sealedBytes: deflateRawSync(TEXT).byteLength + 28,
    });
  });

  test('a large text is, on its way out', async () => {
    const entry = await sealedBytes('a.txt', TEXT, PIECE);
    expect(entry).toMatchObject({ method: 8, flags: 0x809 });
    expect(entry.sealedBytes).toBeLessThan(TEXT.byteLength / 100);
  });

  test.each(['a.jpg', 'a.JPEG', 'a.pdf', 'a.docx', 'b/a.xlsx', 'a.mp4', 'a.7z', 'a.heic'])(
    '%s is stored as it is, whatever is in it',
    async (name) => {
      for (const pieceBytes of [undefined, PIECE])
        expect(await sealedBytes(name, TEXT, pieceBytes)).toMatchObject({
          method: 0,
          flags: 0x801,
          sealedBytes: TEXT.byteLength + 28,
        });
    },
  );

  test('what does not get smaller is stored, small or large, whatever its name', async () => {
    const content = patternBytes(2 * PIECE);
    for (const pieceBytes of [undefined, PIECE])
      expect(await sealedBytes('a.txt', content, pieceBytes)).toMatchObject({
        method: 0,
        flags: 0x801,
        sealedBytes: content.byteLength + 28,
      });
  });

  test('an empty document is stored', async () => {
    for (const pieceBytes of [undefined, PIECE])
      expect(await sealedBytes('a.txt', Buffer.alloc(0), pieceBytes)).toMatchObject({
        method: 0,
        sealedBytes: 28,
      });
  });
});

test('times are kept to the second, and one that no header can hold does no harm', async () => {
  const times = [0, 1_700_000_001_999, 2 ** 31 * 1000 - 1].map((time) => new Date(time));
  const odd = [-1, 2 ** 31 * 1000, 8.64e15, Number.NaN].map((time) => new Date(time));
  const documents = [...times, ...odd].map((modified, index) =>
    documentSource(String(index), 'x', { modified }),
  );
  const entries = await readZipEntries((await sealedZip({ documents })).zip);
  expect(entries.slice(0, times.length).map(({ modified }) => modified?.getTime())).toEqual(
    times.map((time) => Math.floor(time.getTime() / 1000) * 1000),
  );
  for (const { modified } of entries) expect(modified?.getTime()).not.toBeNaN();
});

test('nothing tells of the maker: the same version, system, mode and fields for all', async () => {
  const { zip } = await sealedZip({
    documents: [documentSource('a', 'x', { modified: new Date(1_700_000_000_000) })],
  });
  const at = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  expect(zip.readUInt16LE(at + 4)).toBe((3 << 8) | 63);
  expect(zip.readUInt32LE(at + 38)).toBe(0o100_644 * 0x1_0000);
  // The name, 9 bytes for the time and 11 for the sealing.
  expect(zip.readUInt16LE(at + 30)).toBe(20);
  // The same time in UTC in both forms, so that their difference gives no time zone away.
  const date = zip.readUInt16LE(at + 14);
  const time = zip.readUInt16LE(at + 12);
  expect([date >> 9, (date >> 5) & 15, date & 31]).toEqual([43, 11, 14]);
  expect([time >> 11, (time >> 5) & 63, (time & 31) * 2]).toEqual([22, 13, 20]);
});

test('more than 65,535 entries make a Zip64 archive, and fewer do not', async () => {
  const locator = Buffer.from('PK\x06\x07', 'latin1');
  const folders = (count: number): string[] =>
    Array.from({ length: count }, (_unused, index) => String(index));
  const few = (await sealedZip({ documents: [], emptyFolders: folders(65_533) })).zip;
  expect(few.includes(locator)).toBe(false);
  const many = (await sealedZip({ documents: [], emptyFolders: folders(65_534) })).zip;
  expect(many.includes(locator)).toBe(true);
  for (const [zip, entries] of [
    [few, 65_534],
    [many, 65_535],
  ] as const)
    expect((await loadZip(bundleOf(zip), 70_000)).entries).toHaveLength(entries);
});

test('small documents go out in few and large pieces', async () => {
  const { zipFormat } = await import('../../../app/formats/zip.ts');
  const documents = Array.from({ length: 300 }, (_unused, index) =>
    documentSource(`${String(index)}.jpg`, patternBytes(10_000)),
  );
  const sealing = await zipFormat.seal(
    {
      contents: { documents, emptyFolders: [] },
      bytes: 3_000_000,
      lock: { kind: 'passphrase', passphrase: 'x', logN: 1 },
      hideNames: false,
    },
    {},
  );
  const sizes: number[] = [];
  for await (const piece of sealing.bytes) sizes.push(piece.byteLength);
  expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(256 * 1024);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  expect(sealing.expectedBytes / bytes).toBeGreaterThan(1);
  expect(sealing.expectedBytes / bytes).toBeLessThan(1.01);
});

test('progress counts every byte of the documents once', async () => {
  const seen: Progress[] = [];
  await sealedZip(
    {
      documents: [
        documentSource('a', patternBytes(10)),
        documentSource('b', TEXT, { pieceBytes: PIECE }),
        documentSource('c', patternBytes(1000), { pieceBytes: 100 }),
      ],
    },
    { onProgress: (progress) => seen.push(progress) },
  );
  const total = 10 + TEXT.byteLength + 1000;
  expect(seen.at(-1)).toEqual({ stage: 'seal', bytes: total, total });
  expect(seen.map(({ bytes }) => bytes)).toEqual(
    seen.map(({ bytes }) => bytes).toSorted((one, other) => one - other),
  );
});

test('it can be cancelled at every step', async () => {
  const documents = [
    documentSource('a', 'x'),
    documentSource('b', patternBytes(1000), { pieceBytes: 100 }),
    documentSource('c', TEXT, { pieceBytes: PIECE }),
  ];
  for (let step = 0; step < 8; step += 1)
    await expect(sealedZip({ documents }, cancelledAt(step))).rejects.toMatchObject({
      code: 'cancelled',
    });
});

test.each([
  ['longer', 99],
  ['shorter', 101],
])('a document that is %s than it promised is refused', async (_what, bytes) => {
  for (const pieceBytes of [undefined, 30]) {
    const options = pieceBytes === undefined ? { bytes } : { bytes, pieceBytes };
    await expect(
      sealedZip({ documents: [documentSource('a', patternBytes(100), options)] }),
    ).rejects.toMatchObject({ code: 'document-changed', data: { name: 'a' } });
  }
});

test('what a document fails with comes out as it is, and its stream is closed', async () => {
  for (const compressible of [true, false]) {
    let closed = false;
    const failure = new AppError('document-unreadable', { name: 'a' });
    const read = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        for (let piece = 0; piece < 3; piece += 1)
          yield await Promise.resolve(compressible ? TEXT : patternBytes(PIECE, piece + 1));
        throw failure;
      } finally {
        closed = true;
      }
    };
    const document = {
      ...documentSource('a', ''),
      bytes: 10 ** 7,
      readWhole: () => undefined,
      read,
    };
    await expect(sealedZip({ documents: [document] })).rejects.toBe(failure);
    expect(closed).toBe(true);
  }
});

test('a note that is too long is refused at once', async () => {
  const note = 'x'.repeat(MAX_NOTE_BYTES + 1);
  for (const hideNames of [false, true])
    await expect(
      sealedZip({ documents: [documentSource('a', 'x')], note, hideNames }),
    ).rejects.toMatchObject({ code: 'note-too-long' });
});
