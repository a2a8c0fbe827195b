import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatSums } from '../../app/archive/sums.ts';
import { sha256 } from '../../app/digest/digest.ts';
import { openBundle, type OpenedBundle } from '../../app/receive.ts';
import { openPayloadInto, testKey, writeBundle } from '../support/bundles.ts';
import { patternBytes, writeDocuments } from '../support/documents.ts';
import { stateOf } from '../support/folder-state.ts';
import { documentSource } from '../support/sources.ts';
import { tarOf } from '../support/tars.ts';
import { namesIn, temporaryFolder } from '../support/temporary.ts';
import { sealedZip, ZIP_PASSPHRASE, zipOf } from '../support/zips.ts';

const LARGE = patternBytes(900_001);

describe('the two entries of Signet’s own', () => {
  const a = { name: 'a.txt', content: 'content of a' };
  const b = { name: 'b.txt', content: 'content of b' };
  const sumsOf = (...entries: readonly { name: string; content: string }[]): string =>
    formatSums(
      entries.map(({ name, content }) => ({
        name,
        bytes: 0,
        sha256: sha256(Buffer.from(content)),
      })),
    );
  const sums = (content: string): { name: string; content: string } => ({
    name: 'SHA256SUMS',
    content,
  });
  const note = { name: 'NOTE.txt', content: 'hello' };

  test.each([
    ['sums of all', [a, b, sums(sumsOf(a, b))], 'matched', ['a.txt', 'b.txt'], undefined],
    ['sums of some', [a, b, sums(sumsOf(a))], 'partial', ['a.txt', 'b.txt'], undefined],
    ['sums of what is not there, too', [b, sums(sumsOf(a, b))], 'partial', ['b.txt'], undefined],
    ['sums of nothing that is there', [b, sums(sumsOf(a))], 'partial', ['b.txt'], undefined],
    ['no sums', [a, b], 'absent', ['a.txt', 'b.txt'], undefined],
    ['sums that are none', [a, sums('hello')], 'absent', ['a.txt', 'SHA256SUMS'], undefined],
    [
      'sums that are not last',
      [a, sums(sumsOf(a)), b],
      'absent',
      ['a.txt', 'SHA256SUMS', 'b.txt'],
      undefined,
    ],
    [
      'sums in a folder',
      [a, { ...sums(sumsOf(a)), name: 'd/SHA256SUMS' }],
      'absent',
      ['a.txt', 'd/SHA256SUMS'],
      undefined,
    ],
    ['a note', [note, a, sums(sumsOf(note, a))], 'matched', ['a.txt'], 'hello'],
    ['a note that is not listed', [note, a, sums(sumsOf(a))], 'partial', ['a.txt'], 'hello'],
    ['a note without sums', [note, a], 'absent', ['a.txt'], 'hello'],
    [
      'a note that is not first',
      [a, note, sums(sumsOf(a, note))],
      'matched',
      ['a.txt', 'NOTE.txt'],
      undefined,
    ],
  ] as const)('%s', async (_what, entries, outcome, names, text) => {
    const opened = await openPayloadInto(tarOf(...entries), temporaryFolder());
    expect(opened.sums).toBe(outcome);
    expect(opened.verified).toBe(outcome === 'matched');
    expect(opened.documents.map(({ name }) => name)).toEqual(names);
    expect(opened.note).toBe(text);
  });

  test.each([
    ['a sum that differs', [{ ...a, content: 'changed' }, sums(sumsOf(a))]],
    [
      'a sum that differs beside one of what is not there',
      [{ ...a, content: 'changed' }, sums(sumsOf(a, b))],
    ],
    ['a note that differs', [{ ...note, content: 'changed' }, a, sums(sumsOf(note, a))]],
  ] as const)('%s is damage, and nothing is left', async (_what, entries) => {
    const folder = temporaryFolder();
    for (const target of [folder, join(folder, 'new')])
      await expect(openPayloadInto(tarOf(...entries), target)).rejects.toMatchObject({
        code: 'bundle-damaged',
        data: { part: 'checksums', damage: 'mismatch' },
      });
    expect(stateOf(folder)).toEqual({});
  });

  test.each([
    [
      'a ZIP whose names lie open',
      'contents',
      sealedDocuments,
      async () => without('a.txt', await sealedDocuments()),
    ],
    [
      'a ZIP that nothing locks',
      'nothing',
      () => zipOf([a, b, sums(sumsOf(a, b))]),
      () => zipOf([b, sums(sumsOf(a, b))]),
    ],
  ] as const)(
    'a listed document that is missing from %s may have been taken out, and is damage',
    async (_what, authenticated, whole, lacking) => {
      const path = join(temporaryFolder(), 'b.zip');
      const open = (zip: Uint8Array): Promise<OpenedBundle> => {
        writeFileSync(path, zip);
        return openBundle({ path, passphrase: ZIP_PASSPHRASE }, {});
      };
      expect(await open(await whole())).toMatchObject({ authenticated, sums: 'matched' });
      await expect(open(await lacking())).rejects.toMatchObject({
        code: 'bundle-damaged',
        data: { part: 'checksums', damage: 'mismatch', name: 'a.txt' },
      });
    },
  );
});

async function sealedDocuments(): Promise<Buffer> {
  const documents = ['a.txt', 'b.txt'].map((name) => documentSource(name, `content of ${name}`));
  return Buffer.from((await sealedZip({ documents })).zip);
}

/** What anybody on the way can do to a ZIP whose names lie open: a document under another name is gone under its own. */
function without(name: string, zip: Buffer): Buffer {
  const text = zip.toString('latin1').replaceAll(name, 'x'.repeat(name.length));
  return Buffer.from(text, 'latin1');
}

test('a bundle with more entries than anybody would send is opened only by who asks for it', async () => {
  const limit = 100_000;
  // Folders, because nothing in them takes time.
  const folders = Array.from({ length: limit }, (_unused, index) => ({
    name: `${String(index)}/`,
    type: '5',
  }));
  const tar = tarOf(...folders, { name: 'last' });
  const path = await writeBundle(join(temporaryFolder(), 'b.age'), tar);
  const request = { path, identities: [testKey.identity] };
  await expect(openBundle(request, {})).rejects.toMatchObject({
    code: 'too-many-entries',
    data: { limit },
  });
  const { documents } = await openBundle({ ...request, maxEntries: limit + 1 }, {});
  expect(documents).toMatchObject([{ name: 'last', bytes: 0 }]);
});

describe('a payload that is no archive', () => {
  test.each([
    ['report.pdf.age', 'report.pdf'],
    ['REPORT.PDF.AGE', 'REPORT.PDF'],
    ['report', 'report.opened'],
    ['.age', '.age.opened'],
    ['re\u0301sume\u0301.age', 'r\u00e9sum\u00e9'],
  ])('in %s becomes %s', async (bundle, name) => {
    const folder = temporaryFolder();
    const opened = await openPayloadInto(LARGE, folder, { name: bundle });
    expect(opened).toEqual({
      documents: [{ name, bytes: LARGE.byteLength, sha256: sha256(LARGE) }],
      openedBy: 'key',
      authenticated: 'bundle',
      warnings: [],
      verified: false,
      sums: 'absent',
    });
    expect(readFileSync(join(folder, name)).equals(LARGE)).toBe(true);
  });

  test('that has the name of a checksum file or a note is still a document', async () => {
    for (const name of ['SHA256SUMS', 'NOTE.txt']) {
      const text = formatSums([{ name: 'elsewhere', bytes: 0, sha256: sha256(Buffer.from('x')) }]);
      const folder = temporaryFolder();
      const opened = await openPayloadInto(Buffer.from(text), folder, { name: `${name}.age` });
      expect(opened).toMatchObject({ documents: [{ name }], sums: 'absent', verified: false });
      expect(opened.note).toBeUndefined();
      expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
    }
  });

  test('obeys the conflict policy, and refuses a name that is bad elsewhere', async () => {
    const folder = writeDocuments(temporaryFolder(), { doc: 'old' });
    const payload = Buffer.from('new');
    await expect(openPayloadInto(payload, folder, { name: 'doc.age' })).rejects.toMatchObject({
      code: 'output-exists',
    });
    const kept = await openPayloadInto(payload, folder, { name: 'doc.age', onConflict: 'keep' });
    expect(kept.documents).toMatchObject([{ name: 'doc', placedAs: 'doc (2)' }]);
    await expect(openPayloadInto(payload, folder, { name: 'nul.age' })).rejects.toMatchObject({
      code: 'unsafe-entry',
      data: { name: 'nul', problem: 'reserved-on-windows' },
    });
    expect(await namesIn(folder)).toEqual(['doc', 'doc (2)']);
  });

  test('may be empty', async () => {
    const folder = temporaryFolder();
    await openPayloadInto(Buffer.alloc(0), folder, { name: 'nothing.age' });
    expect(statSync(join(folder, 'nothing')).size).toBe(0);
  });
});
