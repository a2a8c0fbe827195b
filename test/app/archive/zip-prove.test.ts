import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proveZip } from '../../../app/archive/zip-prove.ts';
import type { DocumentRecord } from '../../../app/contract/records.ts';
import { ZipUnlock } from '../../../app/envelope/zip-unlock.ts';
import { patternBytes } from '../../support/documents.ts';
import { documentSource } from '../../support/sources.ts';
import { pieces } from '../../support/streams.ts';
import { sealedZip, ZIP_PASSPHRASE, zipOf } from '../../support/zips.ts';

const TEXT = Buffer.from('the same again and again, '.repeat(20_000));

const DOCUMENTS = [
  documentSource('small.txt', 'small and compressible, '.repeat(10)),
  documentSource('b/Zoë 履歴書.pdf', patternBytes(3000)),
  documentSource('empty', ''),
  documentSource('large.txt', TEXT, { pieceBytes: 100_000 }),
  documentSource('large.jpg', patternBytes(1_200_000), { pieceBytes: 256 * 1024 }),
  documentSource('odd.jpg', patternBytes(300_001), { pieceBytes: 99_999 }),
];

/** Proves a bundle that comes in pieces of one size. */
async function prove(
  zip: Uint8Array,
  expected: readonly DocumentRecord[],
  size?: number,
  passphrase = ZIP_PASSPHRASE,
): Promise<readonly DocumentRecord[]> {
  return await proveZip(pieces(zip, size), new ZipUnlock([passphrase]), expected);
}

describe.each([
  ['with visible names', false],
  ['with hidden names', true],
])('a bundle %s', (_what, hideNames) => {
  test.each([undefined, 256 * 1024, 1000, 113])('is proven in pieces of %s bytes', async (size) => {
    const { zip, documents } = await sealedZip({
      documents: DOCUMENTS,
      emptyFolders: ['none', 'x/y'],
      note: 'Dear Sir or Madam',
      hideNames,
    });
    expect(await prove(zip, documents, size)).toEqual(documents);
  });

  test('is proven byte by byte, when it is small', async () => {
    const contents = { documents: DOCUMENTS.slice(0, 3), emptyFolders: ['none'], hideNames };
    const { zip, documents } = await sealedZip(contents);
    expect(await prove(zip, documents, 1)).toEqual(documents);
  });

  test('is proven when there is nothing in it', async () => {
    const { zip, documents } = await sealedZip({ documents: [], emptyFolders: ['a'], hideNames });
    expect(await prove(zip, documents)).toEqual([]);
  });

  test('does not open with another passphrase', async () => {
    const { zip, documents } = await sealedZip({ documents: DOCUMENTS, hideNames });
    await expect(prove(zip, documents, undefined, 'another')).rejects.toMatchObject({
      code: 'wrong-passphrase',
    });
  });

  test('changed in any one bit proves the same documents or nothing', async () => {
    const contents = { documents: DOCUMENTS.slice(0, 3), emptyFolders: ['none'], hideNames };
    const { zip, documents } = await sealedZip(contents);
    await fc.assert(
      fc.asyncProperty(fc.nat(zip.byteLength * 8 - 1), async (bit) => {
        const changed = Buffer.from(zip);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        const outcome = await prove(changed, documents).catch((error: unknown) => error);
        if (outcome instanceof Error)
          expect(outcome).toMatchObject({
            code: expect.stringMatching(
              /^(?:bundle-damaged|proof-failed|wrong-passphrase|format-unsupported|unsafe-entry)$/,
            ) as unknown,
          });
        else expect(outcome).toEqual(documents);
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  test('cut anywhere proves nothing', async () => {
    const { zip, documents } = await sealedZip({ documents: DOCUMENTS.slice(0, 2), hideNames });
    for (let length = 0; length < zip.byteLength; length += 37)
      await expect(prove(zip.subarray(0, length), documents)).rejects.toMatchObject({
        code: 'bundle-damaged',
      });
  });

  test('with something behind its end proves nothing', async () => {
    const { zip, documents } = await sealedZip({ documents: DOCUMENTS.slice(0, 2), hideNames });
    await expect(prove(Buffer.concat([zip, Buffer.from('x')]), documents)).rejects.toMatchObject({
      data: { damage: 'trailing-data' },
    });
  });
});

test('every entry’s authentication code is checked', async () => {
  const { zip, documents } = await sealedZip({ documents: DOCUMENTS, note: 'hello' });
  let found = 0;
  // The code stands right before the next record, of whatever kind, or its size.
  for (const signature of ['PK\x03\x04', 'PK\x07\x08', 'PK\x01\x02'])
    for (
      let at = zip.indexOf(signature, 1, 'latin1');
      at >= 0;
      at = zip.indexOf(signature, at + 1, 'latin1')
    ) {
      if (signature === 'PK\x01\x02' && found > DOCUMENTS.length + 1) break;
      const changed = Buffer.from(zip);
      changed[at - 1]! ^= 1;
      const outcome = await prove(changed, documents).catch((error: unknown) => error);
      expect(outcome).toMatchObject({ code: 'bundle-damaged' });
      if ((outcome as { data: { damage: string } }).data.damage === 'not-authentic') found += 1;
    }
  expect(found).toBe(DOCUMENTS.length + 2);
});

test('an entry that is not sealed proves nothing, however well it fits', async () => {
  await expect(prove(zipOf([{ name: 'a', content: 'x' }]), [])).rejects.toMatchObject({
    code: 'proof-failed',
  });
});

test('without checksums, or with others, nothing is proven', async () => {
  await expect(prove(zipOf([]), [])).rejects.toMatchObject({ code: 'proof-failed' });
});

test('what is expected is not believed', async () => {
  const { zip, documents } = await sealedZip({ documents: DOCUMENTS });
  const wrong = documents.map((document) => ({ ...document, bytes: 1, sha256: '' }));
  expect(await prove(zip, wrong)).toEqual(documents);
  const hidden = await sealedZip({ documents: DOCUMENTS, hideNames: true });
  await expect(prove(hidden.zip, wrong)).rejects.toMatchObject({ code: 'bundle-damaged' });
});

test('many small entries are proven in order', async () => {
  const many = Array.from({ length: 60 }, (_unused, index) =>
    documentSource(String(index), patternBytes(index * 50, index + 1)),
  );
  const { zip, documents } = await sealedZip({ documents: many });
  expect(await prove(zip, documents)).toEqual(documents);
});

test('the source is closed, whatever happens', async () => {
  const { zip, documents } = await sealedZip({ documents: DOCUMENTS });
  for (const bytes of [zip, zip.subarray(0, 2000), patternBytes(1000)]) {
    let closed = false;
    const source = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        yield* pieces(bytes, 500);
      } finally {
        closed = true;
      }
    };
    await proveZip(source(), new ZipUnlock([ZIP_PASSPHRASE]), documents).catch(() => undefined);
    expect(closed).toBe(true);
  }
});
