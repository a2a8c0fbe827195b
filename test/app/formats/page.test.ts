import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Contents } from '../../../app/archive/pack.ts';
import type { Progress } from '../../../app/contract/job.ts';
import { sealEnvelope, type Lock } from '../../../app/envelope/envelope.ts';
import { loadEngine } from '../../../app/envelope/load-engine.ts';
import { sealPage } from '../../../app/envelope/page.ts';
import { openBundleFile } from '../../../app/files/bundle-file.ts';
import type { FormatOpenRequest, FormatSealRequest, Sealing } from '../../../app/formats/format.ts';
import { pageFormat } from '../../../app/formats/page.ts';
import { testKey } from '../../support/bundles.ts';
import { patternBytes } from '../../support/documents.ts';
import { documentSource } from '../../support/sources.ts';
import { collect, pieces } from '../../support/streams.ts';
import { tarOf } from '../../support/tars.ts';
import { TEMPLATE } from '../../support/templates.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { failure } from '../envelope/watched.ts';

const PASSPHRASE = 'clambake-pretended-deface-sapling-finishing-zombie';
const LOCK: Lock = { kind: 'passphrase', passphrase: PASSPHRASE, logN: 4 };
const PASSPORT = patternBytes(700_000);
const CONTENTS: Contents = {
  documents: [
    documentSource('passport.jpg', PASSPORT, { pieceBytes: 100_000 }),
    documentSource('degree/Zeugnis.pdf', 'degree'),
  ],
  emptyFolders: ['none'],
  note: 'For the interview',
};
const EXPECTED = CONTENTS.documents.map(({ name, bytes }) => ({ name, bytes }));
const RECORDS = [
  { name: 'passport.jpg', bytes: 700_000, sha256: sha256(PASSPORT) },
  { name: 'degree/Zeugnis.pdf', bytes: 6, sha256: sha256('degree') },
];

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function request(more: Partial<FormatSealRequest> = {}): FormatSealRequest {
  return {
    contents: CONTENTS,
    bytes: 700_006,
    lock: LOCK,
    hideNames: false,
    pageTemplate: () => Promise.resolve(TEMPLATE),
    ...more,
  };
}

async function sealed(): Promise<{ page: Buffer; sealing: Sealing }> {
  const sealing = await pageFormat.seal(request(), {});
  return { page: await collect(sealing.bytes), sealing };
}

/** A page around any payload, however hostile. */
async function pageAround(
  payload: Uint8Array,
  lock: Lock = LOCK,
  onFileKey?: (fileKey: Uint8Array) => void,
): Promise<Buffer> {
  const envelope = await sealEnvelope(await loadEngine(), lock, pieces(payload), onFileKey);
  return await collect(sealPage(TEMPLATE, envelope));
}

function fileWith(page: Uint8Array): string {
  const path = join(temporaryFolder(), 'bundle.html');
  writeFileSync(path, page);
  return path;
}

function unlock(...passphrases: string[]): FormatOpenRequest {
  return {
    unlock: { passphrases, identities: [] },
    maxEntries: 100,
    limits: { maxBytes: 1e9, maxRatio: 100, harmlessBytes: 0 },
  };
}

/** The files in a page, with the way they were opened by. */
async function opened(page: Uint8Array, how: FormatOpenRequest): Promise<unknown> {
  const file = await openBundleFile(fileWith(page));
  try {
    const opening = await pageFormat.open(file, how, {});
    const { payload, openedBy, warnings } = opening;
    if (payload.kind !== 'archive') throw new Error('no archive');
    const files: Record<string, string> = {};
    for await (const entry of payload.entries)
      if (entry.kind === 'file') files[entry.name] = sha256(await collect(entry.content));
      else files[`${entry.name}/`] = '';
    await opening.close();
    await opening.close();
    return { files, openedBy, warnings };
  } finally {
    await file.close();
  }
}

test('what is sealed is opened with the passphrase', async () => {
  const { page, sealing } = await sealed();
  expect(sealing.documents).toEqual(RECORDS);
  expect(pageFormat.recognise(page.subarray(0, 512))).toBe(true);
  expect(await opened(page, unlock('wrong', PASSPHRASE))).toMatchObject({
    files: {
      'NOTE.txt': sha256('For the interview'),
      'none/': '',
      'passport.jpg': RECORDS[0]!.sha256,
      'degree/Zeugnis.pdf': RECORDS[1]!.sha256,
    },
    openedBy: 'passphrase',
    warnings: [],
  });
});

test('the size is known beforehand, a little too large rather than too small', async () => {
  const { page, sealing } = await sealed();
  expect(sealing.expectedBytes).toBeGreaterThanOrEqual(page.byteLength);
  expect(sealing.expectedBytes).toBeLessThan(page.byteLength + 40_000);
});

test('sealing reports the bytes of the documents', async () => {
  const seen: Progress[] = [];
  const { bytes } = await pageFormat.seal(request(), { onProgress: (one) => seen.push(one) });
  await collect(bytes);
  expect(seen.at(-1)).toEqual({ stage: 'seal', bytes: 700_006, total: 700_006 });
});

test('a wrong passphrase, and none, are told apart', async () => {
  const { page } = await sealed();
  expect((await failure(opened(page, unlock('wrong')))).code).toBe('wrong-passphrase');
  expect((await failure(opened(page, unlock()))).code).toBe('passphrase-needed');
});

test('what it is can be said without opening it', async () => {
  const { page } = await sealed();
  const file = await openBundleFile(fileWith(page));
  expect(await pageFormat.inspect(file)).toEqual({
    format: 'html',
    bytes: page.byteLength,
    lockedWith: 'passphrase',
    derivation: { kind: 'scrypt', logN: 4 },
    names: 'sealed',
    age: { stanzas: ['scrypt'], armored: true },
  });
  await file.close();
});

test('a page that somebody else made for a key opens with the key', async () => {
  const lock: Lock = { kind: 'keys', recipients: [testKey.recipient] };
  const page = await pageAround(tarOf({ name: 'a.txt', content: 'a' }), lock);
  const how: FormatOpenRequest = {
    ...unlock(),
    unlock: { passphrases: [], identities: [testKey.identity] },
  };
  expect(await opened(page, how)).toEqual({
    files: { 'a.txt': sha256('a') },
    openedBy: 'key',
    warnings: [],
  });
  const file = await openBundleFile(fileWith(page));
  expect(await pageFormat.inspect(file)).toMatchObject({
    lockedWith: 'keys',
    derivation: { kind: 'keys' },
  });
  await file.close();
});

test('a key is refused, because a page can only ask for a passphrase', async () => {
  const lock: Lock = { kind: 'keys', recipients: [testKey.recipient] };
  const error = await failure(pageFormat.seal(request({ lock }), {}));
  expect(error).toMatchObject({ code: 'format-needs-passphrase', data: { format: 'html' } });
});

test('200 MB are the most', async () => {
  const sealing = await pageFormat.seal(request({ bytes: 200_000_000 }), {});
  await sealing.bytes.return?.();
  const error = await failure(pageFormat.seal(request({ bytes: 200_000_001 }), {}));
  expect(error.code).toBe('page-too-large');
  expect(error.data).toEqual({ bytes: 200_000_001, limit: 200_000_000 });
});

test.each<[string, FormatSealRequest['pageTemplate']]>([
  ['absent', undefined],
  ['unreadable', () => Promise.reject(new Error('no such file'))],
  ['something else', () => Promise.resolve(Buffer.from('<!doctype html>'))],
])('a template that is %s is missing', async (_what, pageTemplate) => {
  const error = await failure(pageFormat.seal(request({ pageTemplate }), {}));
  expect(error.code).toBe('page-template-missing');
});

test('a sealing that nobody reads can be closed', async () => {
  const { bytes } = await pageFormat.seal(request(), {});
  await bytes.return?.();
  expect(await bytes.next()).toEqual({ done: true, value: undefined });
});

test('a job that is cancelled while the key is derived ends so', async () => {
  const signal = AbortSignal.abort();
  expect((await failure(pageFormat.seal(request(), { signal }))).code).toBe('cancelled');
});

test('the proof finds what went in, whatever the pieces', async () => {
  const { page, sealing } = await sealed();
  for (const size of [page.byteLength, 7001]) {
    // The proof wipes the key that it is given.
    const key = structuredClone(sealing.proofKey!);
    const found = await pageFormat.prove(pieces(page, size), key, EXPECTED);
    expect(found).toEqual(RECORDS);
  }
});

test.each<[string, (page: string) => string, object]>([
  ['another reader', (page) => page.replace('start()', 'stop()'), { part: 'page' }],
  ['something behind it', (page) => `${page}<p>`, { part: 'page', damage: 'mismatch' }],
  [
    'a changed line',
    (page) =>
      page.replace(/^[A-Za-z0-9+/]{64}$/gm, (line) =>
        line.startsWith('A') ? `B${line.slice(1)}` : line,
      ),
    { part: 'payload', damage: 'not-authentic' },
  ],
  ['a missing end', (page) => page.slice(0, 500_000), { part: 'page', damage: 'truncated' }],
])('the proof fails for %s', async (_what, change, data) => {
  const { page, sealing } = await sealed();
  const changed = Buffer.from(change(page.toString()));
  expect(changed.equals(page)).toBe(false);
  const error = await failure(pageFormat.prove(pieces(changed), sealing.proofKey!, EXPECTED));
  expect(error.code).toBe('bundle-damaged');
  expect(error.data).toMatchObject(data);
});

test('the proof fails for another file key', async () => {
  const { page } = await sealed();
  const key = { kind: 'file-key', fileKey: new Uint8Array(16), pageTemplate: TEMPLATE } as const;
  const error = await failure(pageFormat.prove(pieces(page), key, EXPECTED));
  expect(error).toMatchObject({ code: 'bundle-damaged', data: { part: 'header' } });
});

test('the proof fails for what is no archive, and for one without checksums', async () => {
  const proof = async (
    payload: Uint8Array,
    expected: typeof EXPECTED,
  ): ReturnType<typeof failure> => {
    let fileKey = new Uint8Array();
    const page = await pageAround(payload, LOCK, (key) => {
      fileKey = Uint8Array.from(key);
    });
    const key = { kind: 'file-key', fileKey, pageTemplate: TEMPLATE } as const;
    return await failure(pageFormat.prove(pieces(page), key, expected));
  };
  expect((await proof(Buffer.from('no archive'), [])).code).toBe('proof-failed');
  const bare = tarOf({ name: 'a', content: 'a' });
  expect((await proof(bare, [{ name: 'a', bytes: 1 }])).code).toBe('proof-failed');
});
