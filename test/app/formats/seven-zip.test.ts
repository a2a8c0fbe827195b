import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { sha256 } from '../../../app/digest/digest.ts';
import { openBundleFile } from '../../../app/files/bundle-file.ts';
import { sevenZipFormat } from '../../../app/formats/seven-zip.ts';
import { patternBytes } from '../../support/documents.ts';
import { cancelledAt, interruptedBy } from '../../support/jobs.ts';
import {
  inspectSevenZip,
  openSevenZip,
  sealSevenZip,
  sevenZipBytes,
} from '../../support/seven-zips.ts';
import { documentSource } from '../../support/sources.ts';
import { collect, pieces } from '../../support/streams.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { OTHER_PASSPHRASE, PASSPHRASE } from '../../support/workspace.ts';

const LARGE = patternBytes(6_000_000);

/** A folder of the test's own for temporary files. */
function temporaryPlace(): string {
  const folder = join(temporaryFolder(), 'tmp');
  mkdirSync(folder);
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return folder;
}

describe('what was sealed', () => {
  test('comes out as it went in, the note first, the checksum file last', async () => {
    const documents = [
      documentSource('scans/旅券 – Zoë.jpg', LARGE, { pieceBytes: 100_000 }),
      documentSource('letter.txt', 'dear '.repeat(2000)),
      documentSource('@list', 'at'),
      documentSource('-switch', 'dash'),
      documentSource(' before and  within.txt', 'spaces'),
      documentSource('zero.txt', ''),
    ];
    const sealing = await sealSevenZip(documents, { emptyFolders: ['none/at all'], note: 'Hello' });
    const bundle = await collect(sealing.bytes);
    expect(bundle.byteLength).toBe(sealing.expectedBytes);
    expect(sealing.documents).toEqual(
      documents.map(({ name, bytes }) => ({ name, bytes, sha256: expect.any(String) as string })),
    );
    expect(sealing.documents[0]?.sha256).toBe(sha256(LARGE));

    const { entries, openedBy, warnings } = await openSevenZip(bundle);
    expect({ openedBy, warnings }).toEqual({ openedBy: 'passphrase', warnings: [] });
    const names = entries.map(([name]) => name);
    expect(names[0]).toBe('NOTE.txt');
    expect(names.at(-1)).toBe('SHA256SUMS');
    expect(Object.fromEntries(entries)).toEqual({
      'NOTE.txt': Buffer.from('Hello'),
      'scans/旅券 – Zoë.jpg': expect.any(Buffer) as Buffer,
      'letter.txt': Buffer.from('dear '.repeat(2000)),
      '@list': Buffer.from('at'),
      '-switch': Buffer.from('dash'),
      ' before and  within.txt': Buffer.from('spaces'),
      'zero.txt': Buffer.alloc(0),
      scans: null,
      none: null,
      'none/at all': null,
      SHA256SUMS: expect.any(Buffer) as Buffer,
    });
    expect(Object.fromEntries(entries)['scans/旅券 – Zoë.jpg']?.equals(LARGE)).toBe(true);
    const sums = Object.fromEntries(entries)['SHA256SUMS']?.toString();
    expect(sums).toContain(`${sha256(LARGE)}  scans/旅券 – Zoë.jpg\n`);
    expect(sums).toContain(`${sha256(Buffer.from('Hello'))}  NOTE.txt\n`);
  });

  test('is compressed where that pays, and stored where it does not', async () => {
    const text = await sevenZipBytes([documentSource('a.txt', 'again '.repeat(100_000))]);
    expect(text.byteLength).toBeLessThan(2000);
    const picture = await sevenZipBytes([documentSource('a.jpg', 'again '.repeat(100_000))]);
    expect(picture.byteLength).toBeGreaterThan(600_000);
  });

  test('shows neither names nor contents', async () => {
    const bundle = await sevenZipBytes([documentSource('passport.txt', 'a very plain text')]);
    expect(bundle.includes('passport')).toBe(false);
    expect(bundle.includes(Buffer.from('passport', 'utf16le'))).toBe(false);
    expect(bundle.includes('plain text')).toBe(false);
    expect(await inspectSevenZip(bundle)).toEqual({
      format: '7z',
      bytes: bundle.byteLength,
      lockedWith: 'passphrase',
      derivation: { kind: 'sha256-rounds', logRounds: 19 },
      names: 'sealed',
    });
  });

  test('differs each time', async () => {
    const seal = (): Promise<Buffer> => sevenZipBytes([documentSource('a.jpg', 'the same')]);
    const [one, other] = [await seal(), await seal()];
    expect(one.subarray(32, 48)).not.toEqual(other.subarray(32, 48));
  });

  test('nothing but a note can be sealed, and nothing but an empty folder', async () => {
    const note = await openSevenZip(await sevenZipBytes([], { note: 'only this' }));
    expect(note.entries.map(([name]) => name)).toEqual(['NOTE.txt', 'SHA256SUMS']);
    const folder = await openSevenZip(await sevenZipBytes([], { emptyFolders: ['a'] }));
    expect(folder.entries.map(([name]) => name)).toEqual(['a', 'SHA256SUMS']);
  });

  test('keeps when a document was modified', async () => {
    const modified = new Date('1999-12-31T23:59:59.500Z');
    const bundle = await sevenZipBytes([documentSource('a.txt', 'a', { modified })]);
    const file = join(temporaryFolder(), 'a.7z');
    writeFileSync(file, bundle);
    const opened = await openBundleFile(file);
    const opening = await sevenZipFormat.open(
      opened,
      {
        unlock: { passphrases: [PASSPHRASE], identities: [] },
        maxEntries: 10,
        limits: { maxBytes: 1000, maxRatio: 100, harmlessBytes: 0 },
      },
      {},
    );
    const times: Date[] = [];
    if (opening.payload.kind === 'archive')
      for await (const entry of opening.payload.entries)
        if (entry.kind === 'file') times.push(entry.modified);
    await opening.close();
    await opened.close();
    expect(times[0]).toEqual(modified);
  });
});

describe('a passphrase', () => {
  test.each([
    ['with what command lines are parted by', '-p @{"a b"} *?\\ \' $HOME %PATH% --'],
    ['beyond ASCII', 'Fünf Wörter, 五つの言葉, 😀'],
    ['that begins like a switch', '-mx9'],
    ['with a line break in it', 'one\ntwo\ttabs'],
  ])('%s opens what it sealed, to the last character', async (_what, passphrase) => {
    const bundle = await sevenZipBytes([documentSource('a.txt', 'inside')], { passphrase });
    const { entries } = await openSevenZip(bundle, { passphrases: [passphrase] });
    expect(entries[0]).toEqual(['a.txt', Buffer.from('inside')]);
    await expect(
      openSevenZip(bundle, { passphrases: [passphrase.slice(0, -1)] }),
    ).rejects.toMatchObject({ code: 'wrong-passphrase' });
  });

  test('is tried in every reading', async () => {
    const bundle = await sevenZipBytes([documentSource('a.txt', 'inside')]);
    const passphrases = ['as typed', OTHER_PASSPHRASE, PASSPHRASE];
    expect((await openSevenZip(bundle, { passphrases })).entries).toHaveLength(2);
  });

  test('that is wrong is told from none at all', async () => {
    const bundle = await sevenZipBytes([documentSource('a.txt', 'inside')]);
    await expect(openSevenZip(bundle, { passphrases: [] })).rejects.toMatchObject({
      code: 'passphrase-needed',
    });
    await expect(openSevenZip(bundle, { passphrases: [OTHER_PASSPHRASE] })).rejects.toMatchObject({
      code: 'wrong-passphrase',
    });
  });

  test('is the only lock that the format knows', async () => {
    const seal = sevenZipFormat.seal(
      {
        contents: { documents: [documentSource('a', 'a')], emptyFolders: [] },
        bytes: 1,
        lock: { kind: 'keys', recipients: ['age1…'] },
        hideNames: false,
      },
      {},
    );
    await expect(seal).rejects.toMatchObject({
      code: 'format-needs-passphrase',
      data: { format: '7z' },
    });
  });
});

describe('when sealing fails', () => {
  test('a document that changes while it is read is named, and nothing is left', async () => {
    const place = temporaryPlace();
    for (const bytes of [999_999, 1_000_001]) {
      const changing = documentSource('a.jpg', patternBytes(1_000_000), {
        pieceBytes: 70_000,
        bytes,
      });
      await expect(sealSevenZip([changing])).rejects.toMatchObject({
        code: 'document-changed',
        data: { name: 'a.jpg' },
      });
    }
    expect(readdirSync(place)).toEqual([]);
  });

  test('what a document fails with is what the sealing fails with', async () => {
    const failure = new Error('the disk went away');
    const failing = {
      ...documentSource('a.jpg', 'abc', { pieceBytes: 1 }),
      async *read(): AsyncGenerator<Uint8Array> {
        await Promise.resolve();
        throw failure;
      },
    };
    await expect(sealSevenZip([documentSource('0.jpg', 'first'), failing])).rejects.toBe(failure);
  });

  test('a note that is too long is refused', async () => {
    await expect(sealSevenZip([], { note: 'x'.repeat(70_000) })).rejects.toMatchObject({
      code: 'note-too-long',
    });
  });

  test.each(['seal', 'verify'])('cancelled during %s, it leaves nothing', async (stage) => {
    const place = temporaryPlace();
    const controller = new AbortController();
    const { onProgress } = interruptedBy(
      (progress) => progress.stage === stage && progress.bytes > 1_000_000,
      () => {
        controller.abort();
      },
    );
    const sealing = sealSevenZip(
      [documentSource('a.jpg', LARGE, { pieceBytes: 100_000 })],
      {},
      { signal: controller.signal, onProgress },
    );
    await expect(sealing).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(place)).toEqual([]);
  });

  test('cancelled before it began, it ends at once', async () => {
    const { signal } = cancelledAt(0);
    await expect(sealSevenZip([documentSource('a', 'a')], {}, { signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  test('a bundle that nobody takes leaves nothing', async () => {
    const place = temporaryPlace();
    const { bytes } = await sealSevenZip([documentSource('a.jpg', LARGE)]);
    await bytes.next();
    await bytes.return?.();
    expect(readdirSync(place)).toEqual([]);
  });

  test('nowhere to write to is said', async () => {
    vi.stubEnv('TMPDIR', join(temporaryPlace(), 'missing'));
    await expect(sealSevenZip([documentSource('a', 'a')])).rejects.toMatchObject({
      code: 'output-missing',
    });
  });
});

test('sealing tells how far it is: first of the documents, then of the proof', async () => {
  const heard: string[] = [];
  let last = 0;
  await collect(
    (
      await sealSevenZip(
        [documentSource('a.jpg', LARGE, { pieceBytes: 100_000 })],
        {},
        {
          onProgress: ({ stage, bytes, total }) => {
            if (heard.at(-1) !== stage) heard.push(stage);
            last = bytes / (total ?? 0);
          },
        },
      )
    ).bytes,
  );
  expect(heard).toEqual(['seal', 'verify']);
  expect(last).toBe(1);
});

describe('the proof', () => {
  const documents = [documentSource('b.txt', 'two'), documentSource('a.txt', 'one')];

  test('gives back what is in a bundle, in the order that was asked for', async () => {
    const bundle = await sevenZipBytes(documents, { note: 'n' });
    const proven = await sevenZipFormat.prove(
      pieces(bundle, 100),
      { kind: 'passphrase', passphrase: PASSPHRASE },
      documents,
    );
    expect(proven).toEqual([
      { name: 'b.txt', bytes: 3, sha256: sha256(Buffer.from('two')) },
      { name: 'a.txt', bytes: 3, sha256: sha256(Buffer.from('one')) },
    ]);
  });

  test.each([
    ['another passphrase', OTHER_PASSPHRASE, (bundle: Buffer) => bundle],
    ['a changed byte', PASSPHRASE, (bundle: Buffer) => bundle.fill(1, 40, 41)],
    ['a missing end', PASSPHRASE, (bundle: Buffer) => bundle.subarray(0, -1)],
  ])('fails with %s', async (_what, passphrase, change) => {
    const bundle = change(await sevenZipBytes(documents));
    await expect(
      sevenZipFormat.prove(pieces(bundle), { kind: 'passphrase', passphrase }, documents),
    ).rejects.toMatchObject({ code: 'proof-failed' });
  });
});

test('recognises a 7z by its first bytes, and nothing else', () => {
  expect(sevenZipFormat.recognise(Buffer.from('377abcaf271c0004', 'hex'))).toBe(true);
  expect(sevenZipFormat.recognise(Buffer.from('377abcaf271d0004', 'hex'))).toBe(false);
  expect(sevenZipFormat.recognise(Buffer.from('377a', 'hex'))).toBe(false);
});

test('any documents come out as they went in', async () => {
  const name = fc.stringMatching(/^[a-zA-Zäß履 ]{0,5}[a-z]\.(txt|jpg)$/);
  const content = fc.uint8Array({ maxLength: 3000 });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(name, content), {
        selector: ([each]) => each.toLowerCase(),
        minLength: 1,
        maxLength: 6,
      }),
      async (files) => {
        const bundle = await sevenZipBytes(
          files.map(([each, bytes]) => documentSource(each, bytes, { pieceBytes: 1000 })),
        );
        const { entries } = await openSevenZip(bundle);
        const found = new Map(entries);
        for (const [each, bytes] of files) expect(found.get(each)).toEqual(Buffer.from(bytes));
        expect(found.size).toBe(files.length + 1);
      },
    ),
    { numRuns: 6 },
  );
});
