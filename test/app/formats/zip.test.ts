import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DERIVED_ANEW } from '../../../app/envelope/zip-derived.ts';
import { verifySums } from '../../../app/archive/sums.ts';
import { sha256 } from '../../../app/digest/digest.ts';
import { openBundleFile } from '../../../app/files/bundle-file.ts';
import { proven } from '../../../app/formats/proof.ts';
import { zipFormat } from '../../../app/formats/zip.ts';
import { patternBytes } from '../../support/documents.ts';
import { cancelledAt } from '../../support/jobs.ts';
import { documentSource } from '../../support/sources.ts';
import { collect, pieces } from '../../support/streams.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import {
  bundleOf,
  openZip,
  readAll,
  readZipEntries,
  sealedZip,
  ZIP_PASSPHRASE,
  zipOf,
  type ReadZipEntry,
} from '../../support/zips.ts';

const DOCUMENTS = [
  documentSource('a.txt', 'small and compressible, '.repeat(10)),
  documentSource('b/Zoë.pdf', patternBytes(3000)),
  documentSource('large.jpg', patternBytes(600_000), { pieceBytes: 256 * 1024 }),
  documentSource('text.csv', Buffer.alloc(2_000_000, 'a,b\n'), { pieceBytes: 256 * 1024 }),
];
const SMALL = DOCUMENTS.slice(0, 2);

/** The documents as a person would get them: with the checksums compared, as everything that is opened has them compared. */
function checked(entries: readonly ReadZipEntry[]): readonly [string, string][] {
  const files = entries.flatMap(({ name, content }) =>
    content === undefined ? [] : [{ name, bytes: content.byteLength, sha256: sha256(content) }],
  );
  const sums = entries.at(-1)?.content?.toString();
  if (verifySums(sums, files.slice(0, -1)) !== 'matched') throw new Error('not verified');
  return files.map(({ name, sha256 }) => [name, sha256]);
}

test('bundles are recognised by their first bytes', async () => {
  const { zip } = await sealedZip({ documents: SMALL });
  expect(zipFormat.recognise(zip.subarray(0, 512))).toBe(true);
  expect(zipFormat.recognise(zipOf([]))).toBe(true);
  for (const head of ['PK00PK\x03\x04', 'PK\x07\x08PK\x03\x04'])
    expect(zipFormat.recognise(Buffer.from(head, 'latin1'))).toBe(true);
  for (const head of ['', 'P', 'PK\x03', 'PK\x01\x02', 'PK00', 'age-encryption.org/v1', '7z'])
    expect(zipFormat.recognise(Buffer.from(head, 'latin1'))).toBe(false);
});

test('keys do not lock a ZIP', async () => {
  const request = {
    contents: { documents: SMALL, emptyFolders: [] },
    bytes: 1,
    lock: { kind: 'keys', recipients: ['age1…'] },
    hideNames: false,
  } as const;
  await expect(zipFormat.seal(request, {})).rejects.toMatchObject({
    code: 'format-needs-passphrase',
    data: { format: 'zip' },
  });
});

describe.each([
  ['visible', false],
  ['hidden', true],
])('with %s names', (names, hideNames) => {
  test('what goes in comes out, from a file', async () => {
    const path = join(temporaryFolder(), 'b.zip');
    const { zip, documents } = await sealedZip({
      documents: DOCUMENTS,
      emptyFolders: ['none'],
      note: 'hello',
      hideNames,
    });
    writeFileSync(path, zip);
    const file = await openBundleFile(path);
    try {
      const opening = await openZip(file);
      expect(opening).toMatchObject({ openedBy: 'passphrase', warnings: [] });
      const entries = await readAll(opening);
      expect(entries.map(({ name }) => name)).toEqual([
        'NOTE.txt',
        'none/',
        ...documents.map(({ name }) => name),
        'SHA256SUMS',
      ]);
      expect(checked(entries).slice(1, -1)).toEqual(
        documents.map(({ name, sha256 }) => [name, sha256]),
      );
    } finally {
      await file.close();
    }
  });

  test('is told without being opened', async () => {
    const { zip } = await sealedZip({ documents: DOCUMENTS, note: 'hello', hideNames });
    expect(await zipFormat.inspect(bundleOf(zip))).toEqual({
      format: 'zip',
      bytes: zip.byteLength,
      lockedWith: 'passphrase',
      derivation: { kind: 'pbkdf2-sha1', rounds: 1000 },
      aesBits: 256,
      ...(names === 'hidden' ? { names: 'sealed' } : { names: 'visible', documents: 4 }),
    });
    for (const { name } of DOCUMENTS) expect(zip.includes(name)).toBe(!hideNames);
  });

  test('the wrong passphrase, and none, are told as such; any right reading opens', async () => {
    const { zip } = await sealedZip({ documents: SMALL, hideNames });
    await expect(openZip(zip, { passphrases: ['wrong', 'also wrong'] })).rejects.toMatchObject({
      code: 'wrong-passphrase',
    });
    await expect(openZip(zip, { passphrases: [] })).rejects.toMatchObject({
      code: 'passphrase-needed',
    });
    const readings = ['Correct horse', ZIP_PASSPHRASE];
    expect(checked(await readZipEntries(zip, { passphrases: readings }))).toHaveLength(3);
  });

  test('changed in any one bit it gives the same documents or an error, never others', async () => {
    const { zip } = await sealedZip({ documents: SMALL, emptyFolders: ['none'], hideNames });
    const right = checked(await readZipEntries(zip));
    await fc.assert(
      fc.asyncProperty(fc.nat(zip.byteLength * 8 - 1), async (bit) => {
        const changed = Buffer.from(zip);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        const outcome = await readZipEntries(changed)
          .then(checked)
          .catch((error: unknown) => error);
        if (!(outcome instanceof Error)) expect(outcome).toEqual(right);
        else expect(outcome).not.toMatchObject({ code: 'internal' });
        expect(outcome).not.toBeInstanceOf(RangeError);
        expect(outcome).not.toBeInstanceOf(TypeError);
      }),
      { numRuns: 400 },
    );
  }, 120_000);

  test('cut anywhere it is refused', async () => {
    const { zip } = await sealedZip({ documents: SMALL, hideNames });
    for (let length = 0; length < zip.byteLength; length += 11)
      await expect(readZipEntries(zip.subarray(0, length))).rejects.toMatchObject({
        code: 'bundle-damaged',
        data: { damage: 'truncated' },
      });
  });

  test('sealing and opening can be cancelled at every step', async () => {
    for (let step = 0; step < 5; step += 1)
      await expect(
        sealedZip({ documents: DOCUMENTS, hideNames }, cancelledAt(step)),
      ).rejects.toMatchObject({ code: 'cancelled' });
    const { zip } = await sealedZip({ documents: DOCUMENTS, hideNames });
    const opened = async (step: number): Promise<unknown> =>
      await readAll(await openZip(zip, {}, cancelledAt(step)));
    for (let step = 0; step < 5; step += 1)
      await expect(opened(step)).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('progress goes from nothing to all of the bundle', async () => {
    const { zip } = await sealedZip({ documents: DOCUMENTS, hideNames });
    const seen: number[] = [];
    let total = 0;
    const job = {
      onProgress: (progress: { bytes: number; total?: number }) => {
        seen.push(progress.bytes);
        total = progress.total ?? 0;
      },
    };
    await readAll(await openZip(zip, {}, job));
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(seen.at(-1)! / total).toBeGreaterThan(0.99);
    expect(seen.at(-1)! / total).toBeLessThanOrEqual(1);
  });

  test('a bundle that nobody reads may be closed', async () => {
    const sealing = await zipFormat.seal(
      {
        contents: { documents: SMALL, emptyFolders: [] },
        bytes: 1,
        lock: { kind: 'passphrase', passphrase: 'x', logN: 1 },
        hideNames,
      },
      {},
    );
    await sealing.bytes.return?.();
    await sealing.bytes.return?.();
    expect(await sealing.bytes.next()).toEqual({ done: true, value: undefined });
  });

  test('the proof takes what sealing says opens it', async () => {
    const request = {
      contents: { documents: SMALL, emptyFolders: [] },
      bytes: 1,
      lock: { kind: 'passphrase', passphrase: 'x', logN: 1 },
      hideNames,
    } as const;
    const { bytes, documents, proofKey } = await zipFormat.seal(request, {});
    expect(await zipFormat.prove(bytes, proofKey!, SMALL)).toEqual(documents);
  });
});

describe('what sealing has derived', () => {
  /** Two more than those whose keys the proof derives itself; `SHA256SUMS` comes last. */
  const many = Array.from({ length: DERIVED_ANEW + 1 }, (_unused, index) =>
    documentSource(`${String(index)}.txt`, 'x'),
  );

  async function sealed() {
    const sealing = await zipFormat.seal(
      {
        contents: { documents: many, emptyFolders: [] },
        bytes: many.length,
        lock: { kind: 'passphrase', passphrase: 'x', logN: 1 },
        hideNames: false,
      },
      {},
    );
    const bundle = await collect(sealing.bytes);
    const { proofKey } = sealing;
    if (proofKey?.kind !== 'passphrase' || proofKey.derived === undefined)
      throw new Error('nothing was derived');
    return { ...sealing, bundle, key: { ...proofKey, derived: proofKey.derived } };
  }

  test('serves the proof only behind the first thousand entries, and only where it is right', async () => {
    const { bundle, key, documents } = await sealed();
    const rows = key.derived.byteLength / (DERIVED_ANEW + 2);
    expect(key.derived.subarray(0, DERIVED_ANEW * rows).every((byte) => byte === 0)).toBe(true);
    expect(await zipFormat.prove(pieces(bundle), key, many)).toEqual(documents);
    const other = { ...key, passphrase: 'y' };
    await expect(zipFormat.prove(pieces(bundle), other, many)).rejects.toMatchObject({
      code: 'wrong-passphrase',
    });
    // The last of the keys, behind the salt.
    key.derived[key.derived.byteLength - 30]! ^= 1;
    await expect(zipFormat.prove(pieces(bundle), key, many)).rejects.toMatchObject({
      code: 'bundle-damaged',
    });
    // Another salt, which it was not derived for.
    key.derived.fill(0);
    expect(await zipFormat.prove(pieces(bundle), key, many)).toEqual(documents);
  });

  test('is wiped when the proof is done', async () => {
    const sealing = await zipFormat.seal(
      {
        contents: { documents: DOCUMENTS, emptyFolders: [] },
        bytes: 1,
        lock: { kind: 'passphrase', passphrase: 'x', logN: 1 },
        hideNames: false,
      },
      {},
    );
    const derived = sealing.proofKey?.kind === 'passphrase' ? sealing.proofKey.derived : undefined;
    derived?.fill(1);
    const bundle = proven(zipFormat, sealing, DOCUMENTS);
    await bundle.next();
    await collect(bundle);
    expect(derived?.byteLength).toBeGreaterThan(0);
    expect(derived?.every((byte) => byte === 0)).toBe(true);
  });
});

test('a bad authentication code is found in each entry, and named', async () => {
  const documents = [...DOCUMENTS, documentSource('the last one', '')];
  const { zip } = await sealedZip({ documents });
  const names = [...documents.map(({ name }) => name), 'SHA256SUMS'];
  for (const name of names) {
    const at = zip.indexOf(Buffer.from(name));
    const headers = ['PK\x03\x04', 'PK\x07\x08', 'PK\x01\x02'].map((signature) =>
      zip.indexOf(signature, at, 'latin1'),
    );
    const behind = Math.min(...headers.filter((position) => position > 0));
    const changed = Buffer.from(zip);
    changed[behind - 1]! ^= 0x80;
    await expect(readZipEntries(changed)).rejects.toMatchObject({
      code: 'bundle-damaged',
      data: { part: 'payload', damage: 'not-authentic', name },
    });
  }
});

test('a changed byte in what is compressed is told as a forgery, not as bad compression', async () => {
  const { zip } = await sealedZip({ documents: DOCUMENTS.slice(3) });
  const changed = Buffer.from(zip);
  changed[100]! ^= 1;
  await expect(readZipEntries(changed)).rejects.toMatchObject({
    data: { part: 'payload', damage: 'not-authentic', name: 'text.csv' },
  });
});

describe('an only entry called documents.zip', () => {
  const inside = async (content: Uint8Array, passphrase?: string): Promise<ReadZipEntry[]> => {
    const documents = [documentSource('documents.zip', content)];
    const { zip } = await sealedZip({ documents, ...(passphrase ? { passphrase } : {}) });
    return await readZipEntries(zip);
  };

  test('beside a checksum file is a document like any other', async () => {
    const names = (await inside(zipOf([{ name: 'SHA256SUMS' }]))).map(({ name }) => name);
    expect(names).toEqual(['documents.zip', 'SHA256SUMS']);
  });

  test('is authenticated before anything in it is given out', async () => {
    const { zip } = await sealedZip({ documents: DOCUMENTS, hideNames: true });
    const changed = Buffer.from(zip);
    // In the last document, far behind the first.
    changed[zip.byteLength - 2000]! ^= 1;
    await expect(openZip(changed)).rejects.toMatchObject({ code: 'bundle-damaged' });
  });
});

test('hostile names come out as they are written, for the restoring to refuse', async () => {
  const names = ['../evil', '/etc/passwd', 'a\\b', 'C:evil', 'a//b', 'nul', 'a\u202efdp.exe'];
  const zip = zipOf(names.map((name) => ({ name, content: 'x' })));
  expect((await readZipEntries(zip)).map(({ name }) => name)).toEqual(names);
});
