import { armor } from 'age-encryption';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { packArchive, type Contents } from '../../../app/archive/pack.ts';
import { sealEnvelope, type Lock } from '../../../app/envelope/envelope.ts';
import { generateKey } from '../../../app/envelope/keys.ts';
import { loadEngine } from '../../../app/envelope/load-engine.ts';
import { findCarried, type Carried } from '../../../renderer/page/reader/armor.ts';
import {
  openBundle,
  type OpenedBundle,
  type OpenProgress,
} from '../../../renderer/page/reader/open.ts';
import { patternBytes } from '../../support/documents.ts';
import { documentSource } from '../../support/sources.ts';
import { collect, pieces } from '../../support/streams.ts';
import { tarOf, type RawEntry } from '../../support/tars.ts';
import { BROWSERS, failureOf, useBrowser } from './outcomes.ts';

const PASSPHRASE = 'clambake-pretended-deface-sapling-finishing-zombie';
const LARGE = patternBytes(3_000_000);
const CONTENTS: Contents = {
  documents: [
    documentSource('passport.jpg', LARGE, { pieceBytes: 100_000 }),
    documentSource('degree/Zeugnis für Zoë.pdf', 'degree'),
    documentSource('empty.txt', ''),
  ],
  emptyFolders: ['none'],
  note: 'For the interview',
};

afterEach(() => {
  vi.restoreAllMocks();
});

async function sealed(payload: AsyncIterable<Uint8Array>, lock?: Lock): Promise<Carried> {
  const locked = lock ?? { kind: 'passphrase', passphrase: PASSPHRASE, logN: 4 };
  const file = await collect(await sealEnvelope(await loadEngine(), locked, payload));
  return findCarried([armor.encode(file)]);
}

function tarred(...entries: readonly RawEntry[]): Promise<Carried> {
  return sealed(pieces(tarOf(...entries)));
}

function open(
  carried: Carried,
  typed = PASSPHRASE,
  onProgress: (progress: OpenProgress) => void = () => undefined,
): Promise<OpenedBundle> {
  return openBundle(carried, typed, { signal: new AbortController().signal, onProgress });
}

describe.each(BROWSERS)('in %s', (browser) => {
  test('what Signet seals comes out, verified', async () => {
    const archive = packArchive(CONTENTS, {});
    const carried = await sealed(archive.bytes);
    useBrowser(browser);
    const bundle = await open(carried);
    expect(bundle).toMatchObject({
      note: 'For the interview',
      sums: 'matched',
      emptyFolders: ['none'],
    });
    expect(bundle.documents.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }))).toEqual(
      archive.documents,
    );
    const [passport] = bundle.documents;
    expect(Buffer.from(await passport!.content.arrayBuffer()).equals(LARGE)).toBe(true);
    expect(passport!.content.type).toBe('application/octet-stream');
  });

  test('a changed byte is found wherever it is, and nothing is given out', async () => {
    const file = await collect(
      await sealEnvelope(
        await loadEngine(),
        { kind: 'passphrase', passphrase: PASSPHRASE, logN: 4 },
        packArchive(CONTENTS, {}).bytes,
      ),
    );
    useBrowser(browser);
    for (const position of [60, 140, 200, 100_000, file.byteLength - 20, file.byteLength - 1]) {
      const changed = Buffer.from(file);
      changed[position]! ^= 1;
      const failure = await failureOf(open(findCarried([armor.encode(changed)])));
      expect(failure).toMatch(/^bundle-damaged (?:header|payload)|^wrong-passphrase/);
    }
    for (const length of [100, 160, 65_000, file.byteLength - 1]) {
      const cut = findCarried([armor.encode(file.subarray(0, length))]);
      expect(await failureOf(open(cut))).toMatch(/^bundle-damaged/);
    }
  });
});

test.each([
  PASSPHRASE.toUpperCase(),
  PASSPHRASE.replaceAll('-', ' '),
  `  ${PASSPHRASE.replaceAll('-', '\n')}\n`,
  PASSPHRASE.replaceAll('-', ''),
  PASSPHRASE.replaceAll('-', '\u2011'),
  PASSPHRASE.replace('clambake', '\uff43\uff4cambake'),
])('the passphrase may be typed as %j', async (typed) => {
  const carried = await tarred({ name: 'a', content: '1' });
  expect((await open(carried, typed)).documents).toHaveLength(1);
});

test("somebody's own passphrase of list words with spaces opens, too", async () => {
  const passphrase = 'clambake Pretended deface';
  const lock: Lock = { kind: 'passphrase', passphrase, logN: 4 };
  const carried = await sealed(pieces(tarOf({ name: 'a' })), lock);
  expect((await open(carried, passphrase)).documents).toHaveLength(1);
  expect(await failureOf(open(carried, passphrase.toLowerCase()))).toBe('wrong-passphrase');
});

test('progress leads through both stages to the end', async () => {
  const seen: OpenProgress[] = [];
  await open(await sealed(packArchive(CONTENTS, {}).bytes), PASSPHRASE, (one) => seen.push(one));
  expect([...new Set(seen.map(({ stage }) => stage))]).toEqual(['derive', 'open']);
  expect(seen.at(-1)).toEqual({ stage: 'open', share: 1 });
});

test('it can be cancelled while the key is derived, and while the payload is opened', async () => {
  const carried = await sealed(packArchive(CONTENTS, {}).bytes);
  for (const stage of ['derive', 'open'] as const) {
    const stop = new AbortController();
    const onProgress = (progress: OpenProgress): void => {
      if (progress.stage === stage) stop.abort();
    };
    const opening = openBundle(carried, PASSPHRASE, { signal: stop.signal, onProgress });
    expect(await failureOf(opening)).toBe('cancelled');
  }
});

test.each<[string, RawEntry[], string]>([
  ['a way out of the folder', [{ name: '../a' }], 'unsafe-entry'],
  ['an absolute name', [{ name: '/etc/passwd' }], 'unsafe-entry'],
  ['a name of Windows', [{ name: 'CON.txt' }], 'unsafe-entry'],
  ['a name that reads backwards', [{ name: 'a\u202efdp.exe' }], 'unsafe-entry'],
  ['an empty name', [{ name: '' }], 'unsafe-entry'],
  ['a folder with a hostile name', [{ name: 'a/../b', type: '5' }], 'unsafe-entry'],
  ['the same name twice', [{ name: 'a' }, { name: 'a' }], 'duplicate-entry'],
  [
    'names that differ in letter case only',
    [{ name: 'A.pdf' }, { name: 'a.PDF' }],
    'duplicate-entry',
  ],
  ['a file in the place of a folder', [{ name: 'a' }, { name: 'a/b' }], 'duplicate-entry'],
  [
    'a sum that differs',
    [
      { name: 'a', content: '1' },
      { name: 'SHA256SUMS', content: `${'0'.repeat(64)}  a\n` },
    ],
    'bundle-damaged checksums mismatch',
  ],
  [
    'a sum of what is missing',
    [{ name: 'a' }, { name: 'SHA256SUMS', content: `${'0'.repeat(64)}  b\n` }],
    'bundle-damaged checksums mismatch',
  ],
])('%s is refused', async (_what, entries, expected) => {
  expect(await failureOf(open(await tarred(...entries)))).toBe(expected);
});

test('more than 60,000 names are refused', async () => {
  const folder = Array.from({ length: 60_001 }, (_unused, index) => ({
    name: `f${String(index)}`,
    type: '5',
  }));
  expect(await failureOf(open(await tarred(...folder)))).toBe('too-many-entries');
});

test('without checksums the documents are listed as what they are', async () => {
  const bundle = await open(await tarred({ name: 'a', content: '1' }));
  expect(bundle).toMatchObject({ sums: 'absent', documents: [{ name: 'a', bytes: 1 }] });
});

test('a note that is too long, or not the first, is a document', async () => {
  const long = await open(await tarred({ name: 'NOTE.txt', content: 'x'.repeat(70_000) }));
  expect(long.note).toBeUndefined();
  const second = await open(await tarred({ name: 'a' }, { name: 'NOTE.txt', content: 'x' }));
  expect(second.documents).toHaveLength(2);
});

test('what is locked for a key cannot be opened in a page', async () => {
  const { recipient } = await generateKey('x25519');
  const carried = await sealed(pieces(tarOf({ name: 'a' })), {
    kind: 'keys',
    recipients: [recipient],
  });
  expect(await failureOf(open(carried))).toBe('key-needed');
});

test('what is no tar is damaged', async () => {
  expect(await failureOf(open(await sealed(pieces(Buffer.alloc(2000, 'x')))))).toBe(
    'bundle-damaged archive malformed',
  );
});
