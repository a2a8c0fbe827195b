import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Progress } from '../../app/contract/job.ts';
import { folderDestination } from '../../app/destinations/folder.ts';
import { sha256 } from '../../app/digest/digest.ts';
import { generateKey } from '../../app/envelope/keys.ts';
import { folderInbox } from '../../app/inbox/folder.ts';
import { fetchBundle, inspectBundle, listInbox, openBundle } from '../../app/receive.ts';
import { send, type LockRequest } from '../../app/send.ts';
import { testKey, writeBundle } from '../support/bundles.ts';
import { patternBytes, writeDocuments } from '../support/documents.ts';
import { stateOf } from '../support/folder-state.ts';
import { openFilesUnder } from '../support/open-files.ts';
import { filesIn, temporaryFolder } from '../support/temporary.ts';

const KEYS: LockRequest = { kind: 'keys', recipients: [testKey.recipient] };
const FAIL = 'fail' as const;
const LARGE = patternBytes(900_001);

/** A folder with a sealed bundle, `x.tar.age`, of `client`. */
async function sealed(
  lock: LockRequest,
  note?: string,
): Promise<{ folder: string; path: string; passphrase: string }> {
  const folder = temporaryFolder();
  writeDocuments(join(folder, 'client'), {
    'passport.pdf': 'scan',
    'deep/er/large.bin': LARGE,
    'empty/': '',
    '履歴書 Ü.txt': 'résumé',
  });
  for (const [index, name] of ['passport.pdf', 'deep/er/large.bin'].entries())
    utimesSync(join(folder, 'client', name), 1_500_000_000.9 + index, 1_500_000_000.9 + index);
  const request = { paths: [join(folder, 'client')], name: 'x.tar.age', lock, logN: 4, note };
  const receipt = await send(request, folderDestination(folder), {});
  return { folder, path: receipt.location, passphrase: receipt.generated?.passphrase ?? '' };
}

test('documents come out with the same bytes, structure and times, and are verified', async () => {
  const { folder, path } = await sealed(KEYS, 'Dear Sir or Madam');
  const out = join(folder, 'out');
  const into = { directory: out, onConflict: FAIL };
  const opened = await openBundle({ path, identities: [testKey.identity], into }, {});
  expect(opened).toMatchObject({ note: 'Dear Sir or Madam', verified: true, sums: 'matched' });
  expect(opened.documents.map(({ name }) => name)).toEqual([
    'client/deep/er/large.bin',
    'client/passport.pdf',
    'client/履歴書 Ü.txt',
  ]);
  const before = await filesIn(join(folder, 'client'));
  const after = await filesIn(join(out, 'client'));
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  for (const [name, content] of before) expect(after.get(name)?.equals(content)).toBe(true);
  expect(statSync(join(out, 'client/empty')).isDirectory()).toBe(true);
  expect(statSync(join(out, 'client/passport.pdf')).mtimeMs).toBe(1_500_000_000_000);
  expect(statSync(join(out, 'client/deep/er/large.bin')).mtimeMs).toBe(1_500_000_001_000);
  // The note and the sums come along, so that a check needs nothing but sha256sum.
  expect(readdirSync(out).sort()).toEqual(['NOTE.txt', 'SHA256SUMS', 'client']);
  expect(openFilesUnder(folder)).toEqual([]);
});

test('a listing tells the same and writes nothing', async () => {
  const { folder, path } = await sealed(KEYS, 'hello');
  const before = stateOf(folder);
  const listed = await openBundle({ path, identities: [testKey.identity] }, {});
  expect(stateOf(folder)).toEqual(before);
  const into = { directory: join(folder, 'out'), onConflict: FAIL };
  const opened = await openBundle({ path, identities: [testKey.identity], into }, {});
  expect(listed).toEqual(opened);
});

test('progress goes through its stages, and the bytes add up to the bundle', async () => {
  const { folder, path } = await sealed(KEYS);
  const heard: Progress[] = [];
  const job = { onProgress: (progress: Progress) => heard.push(progress) };
  const into = { directory: join(folder, 'out'), onConflict: FAIL };
  await openBundle({ path, identities: [testKey.identity], into }, job);
  expect([...new Set(heard.map(({ stage }) => stage))]).toEqual(['derive', 'open', 'place']);
  const total = statSync(path).size;
  expect(heard.filter(({ stage }) => stage === 'open').at(-1)).toEqual({
    stage: 'open',
    bytes: total,
    total,
  });
});

test('a document from before 1970 or after 2038 keeps its time, too', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'old.txt': 'old', 'new.txt': 'new' });
  const times = { 'old.txt': -300_000_000, 'new.txt': 4_102_444_800 };
  const paths = Object.entries(times).map(([name, seconds]) => {
    const time = new Date(seconds * 1000);
    utimesSync(join(folder, name), time, time);
    return join(folder, name);
  });
  const request = { paths, name: 'x', lock: KEYS };
  const { location: path } = await send(request, folderDestination(folder), {});
  const into = { directory: join(folder, 'out'), onConflict: FAIL };
  await openBundle({ path, identities: [testKey.identity], into }, {});
  for (const [name, seconds] of Object.entries(times))
    expect(statSync(join(folder, 'out', name)).mtimeMs).toBe(seconds * 1000);
});

describe('what does not fit', () => {
  test('a wrong, a missing and a useless secret are told apart, and nothing is made', async () => {
    const { folder, path, passphrase } = await sealed({ kind: 'generate' });
    const keyed = await sealed(KEYS);
    const stranger = await generateKey('x25519');
    const into = { directory: join(folder, 'out'), onConflict: FAIL };
    const before = stateOf(folder);
    for (const [unlock, code] of [
      [{ path, passphrase: `${passphrase}-more` }, 'wrong-passphrase'],
      [{ path, passphrase: '' }, 'wrong-passphrase'],
      [{ path }, 'passphrase-needed'],
      [{ path, identities: [testKey.identity] }, 'passphrase-needed'],
      [{ path: keyed.path }, 'key-needed'],
      [{ path: keyed.path, passphrase }, 'key-needed'],
      [{ path: keyed.path, identities: [stranger.identity] }, 'no-matching-key'],
      [{ path, passphrase, maxLogN: 3 }, 'work-factor-too-high'],
    ] as const)
      await expect(openBundle({ ...unlock, into }, {}), code).rejects.toMatchObject({ code });
    expect(stateOf(folder)).toEqual(before);
    expect(openFilesUnder(folder)).toEqual([]);
  });

  test('a generated passphrase is taken however it is typed', async () => {
    const { path, passphrase } = await sealed({ kind: 'generate' });
    for (const typed of [passphrase.toUpperCase(), ` ${passphrase.replaceAll('-', '  ')} `])
      await expect(openBundle({ path, passphrase: typed }, {})).resolves.toMatchObject({
        verified: true,
      });
  });

  test('what is no bundle is told apart, and nothing is made', async () => {
    const folder = writeDocuments(temporaryFolder(), {
      empty: '',
      text: 'Dear Sir or Madam,\n',
      binary: patternBytes(100_000),
      'almost.age': 'age-encryption.org/v2\n',
      'folder/': '',
    });
    const before = stateOf(folder);
    const into = { directory: join(folder, 'out'), onConflict: FAIL };
    for (const [name, found] of [
      ['empty', 'empty'],
      ['folder', 'folder'],
      ['text', 'other'],
      ['binary', 'other'],
      ['almost.age', 'other'],
    ]) {
      const path = join(folder, name!);
      const error = { code: 'not-a-bundle', data: { path, found } };
      await expect(openBundle({ path, passphrase: 'x', into }, {})).rejects.toMatchObject(error);
      await expect(inspectBundle(path, {})).rejects.toMatchObject(error);
    }
    for (const path of [join(folder, 'missing'), join(folder, 'text/below')])
      await expect(openBundle({ path, into }, {})).rejects.toMatchObject({
        code: 'bundle-missing',
        data: { path },
      });
    expect(stateOf(folder)).toEqual(before);
    expect(openFilesUnder(folder)).toEqual([]);
  });
});

test('inspecting tells what is written openly, and nothing that is not', async () => {
  const { path } = await sealed({ kind: 'generate' });
  const bundle = readFileSync(path);
  const summary = await inspectBundle(path, {});
  expect(summary).toMatchObject({
    format: 'age',
    lockedWith: 'passphrase',
    names: 'sealed',
    derivation: { kind: 'scrypt', logN: 4 },
    age: { stanzas: ['scrypt'], armored: false },
    bytes: bundle.byteLength,
    sha256: sha256(bundle),
  });
  const keyed = await sealed(KEYS);
  expect(await inspectBundle(keyed.path, {})).toMatchObject({
    lockedWith: 'keys',
    derivation: { kind: 'keys' },
  });
  expect(openFilesUnder(basename(path))).toEqual([]);
});

test('a bundle is fetched from an inbox as it is, under its name, and can be opened', async () => {
  const { folder, path } = await sealed(KEYS);
  const inbox = folderInbox(folder);
  const items = await listInbox(inbox, {});
  expect(items.map(({ name }) => name)).toEqual(['x.tar.age']);
  const out = writeDocuments(join(folder, 'fetched'), {});
  const heard: Progress[] = [];
  const job = { onProgress: (progress: Progress) => heard.push(progress) };
  const placement = await fetchBundle(inbox, 'x.tar.age', folderDestination(out), job);
  const bundle = readFileSync(path);
  expect(placement).toEqual({
    location: join(out, 'x.tar.age'),
    bytes: bundle.byteLength,
    sha256: sha256(bundle),
    verifiedBy: ['flushed-to-disk'],
  });
  expect(heard.at(-1)).toEqual({
    stage: 'fetch',
    bytes: bundle.byteLength,
    total: bundle.byteLength,
  });
  const opened = await openBundle({ path: placement.location, identities: [testKey.identity] }, {});
  expect(opened.verified).toBe(true);
});

test('fetching never replaces a file, nor leaves one open or half-made', async () => {
  const { folder } = await sealed(KEYS);
  const out = writeDocuments(join(folder, 'fetched'), { 'x.tar.age': 'mine' });
  const before = stateOf(folder);
  const inbox = folderInbox(folder);
  for (const [directory, name, code] of [
    [out, 'x.tar.age', 'output-exists'],
    [join(folder, 'missing'), 'x.tar.age', 'output-missing'],
    [out, 'missing.age', 'bundle-missing'],
  ] as const)
    await expect(fetchBundle(inbox, name, folderDestination(directory), {})).rejects.toMatchObject({
      code,
    });
  expect(stateOf(folder)).toEqual(before);
  expect(openFilesUnder(folder)).toEqual([]);
});

test('an armored bundle opens like any other', async () => {
  const folder = temporaryFolder();
  const path = await writeBundle(join(folder, 'x.age'), Buffer.from('content'));
  const base64 = readFileSync(path)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  writeFileSync(
    path,
    `-----BEGIN AGE ENCRYPTED FILE-----\n${base64}\n-----END AGE ENCRYPTED FILE-----\n`,
  );
  mkdirSync(join(folder, 'out'));
  const into = { directory: join(folder, 'out'), onConflict: FAIL };
  await openBundle({ path, identities: [testKey.identity], into }, {});
  expect(readFileSync(join(folder, 'out/x'), 'utf8')).toBe('content');
});
