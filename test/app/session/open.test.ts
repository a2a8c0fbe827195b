import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { Encrypter } from 'age-encryption';
import { expect, test } from 'vitest';
import { createApp } from '../../../app/app.ts';
import { writeDocuments } from '../../support/documents.ts';
import { held } from '../../support/held.ts';
import { TestSession } from '../../support/sessions.ts';
import { namesIn, temporaryFolder } from '../../support/temporary.ts';
import {
  CONTENTS,
  OTHER_PASSPHRASE,
  PASSPHRASE,
  sealIn,
  workspace,
} from '../../support/workspace.ts';

/** A session with a bundle on its Open screen, and a folder to save into. */
async function taken(passphrase = true, screen?: TestSession) {
  const folder = workspace();
  await sealIn(folder, 'bundle.age', { passphrase, note: 'for you' });
  const own = screen ?? (await TestSession.start());
  const bundle = await own.run('takeBundle', {
    grants: [await own.choose(join(folder, 'bundle.age'))],
  });
  const out = join(folder, 'out');
  mkdirSync(out);
  return { screen: own, folder, bundle, id: bundle.id, out, target: await own.choose(out) };
}

test('a bundle says how it is locked before it is opened', async () => {
  const { screen, bundle } = await taken();
  expect(bundle).toMatchObject({
    name: 'bundle.age',
    format: 'age',
    lockedWith: 'passphrase',
    derivation: { kind: 'scrypt', logN: 4 },
    names: 'sealed',
  });
  expect(bundle.opensWith).toContain('age');
  expect((await screen.snapshot()).bundle).toEqual(bundle);
  const { bundle: keys } = await taken(false, screen);
  expect(keys.lockedWith).toBe('keys');
  expect(keys.derivation).toEqual({ kind: 'keys' });
  expect((await screen.snapshot()).bundle!.id).toBe(keys.id);
});

test('opened, it is listed and verified, and nothing is written; saved, every document is there', async () => {
  const { screen, id, out, target } = await taken();
  const typed = ` ${PASSPHRASE.toUpperCase().replaceAll('-', ' ')}\n`;
  const unlocked = await screen.done('unlock', { bundle: id, with: { passphrase: typed } });
  expect(unlocked).toMatchObject({ kind: 'unlock', outcome: { kind: 'opened', bundle: id } });
  expect((await screen.snapshot()).bundle!.opened).toEqual({
    documents: 2,
    bytes: 300_007,
    note: 'for you',
    verified: true,
    sums: 'matched',
    openedBy: 'passphrase',
    authenticated: 'bundle',
    warnings: [],
  });
  const documents = await screen.run('listOpened', { bundle: id });
  expect(documents.map(({ name, bytes }) => [name, bytes])).toEqual([
    ['passport.jpg', 300_000],
    ['degree.pdf', 7],
  ]);
  expect(readdirSync(out)).toEqual([]);
  const saved = await screen.done('save', { bundle: id, folder: target, onConflict: 'fail' });
  expect(saved.outcome).toEqual({ kind: 'saved', bundle: id, folder: out, placed: 2, skipped: 0 });
  expect(readFileSync(join(out, 'passport.jpg'))).toEqual(CONTENTS['passport.jpg']);
  await screen.run('showInFolder', { job: saved.id });
  expect(screen.host.calls).toContainEqual(['showInFolder', out]);
});

test('a wrong passphrase says so, and the next one may be right', async () => {
  const { screen, id } = await taken();
  const wrong = { passphrase: OTHER_PASSPHRASE };
  expect(await screen.failed('unlock', { bundle: id, with: wrong })).toBe('wrong-passphrase');
  expect((await screen.snapshot()).bundle).not.toHaveProperty('opened');
  await screen.done('unlock', { bundle: id, with: { passphrase: PASSPHRASE } });
});

test('words that are not on the list are named, with what they may have been', async () => {
  const screen = await TestSession.start();
  const typed = PASSPHRASE.replace('zombie', 'zombi');
  const { unknown, words } = await screen.run('checkWords', { typed });
  expect(words).toBe(6);
  expect(unknown).toMatchObject([{ typed: 'zombi' }]);
  expect(unknown[0]!.nearest).toContain('zombie');
  expect(await screen.run('checkWords', { typed: PASSPHRASE.replaceAll('-', '') })).toEqual({
    unknown: [],
    words: 6,
  });
  expect(await screen.run('checkWords', { typed: '' })).toEqual({ unknown: [], words: 0 });
});

test('a bundle for keys is opened with a file of identities', async () => {
  const { screen, folder, id } = await taken(false);
  const key = await screen.choose(join(folder, 'key.txt'));
  const text = await screen.choose(join(folder, 'secret.txt'));
  expect(await screen.failed('unlock', { bundle: id, with: { identity: text } })).toBe(
    'identity-invalid',
  );
  const passphrase = { passphrase: PASSPHRASE };
  expect(await screen.failed('unlock', { bundle: id, with: passphrase })).toBe('key-needed');
  await screen.done('unlock', { bundle: id, with: { identity: key } });
  expect((await screen.snapshot()).bundle!.opened!.openedBy).toBe('key');
  const unknown = await screen.refusal('unlock', { bundle: id, with: { identity: 'nothing' } });
  expect(unknown).toEqual({ code: 'reference-unknown', data: { kind: 'file' } });
});

test('what is in the way of saving is the person’s to decide', async () => {
  const { screen, id, out, target } = await taken();
  writeFileSync(join(out, 'degree.pdf'), 'mine');
  await screen.done('unlock', { bundle: id, with: { passphrase: PASSPHRASE } });
  const save = { bundle: id, folder: target } as const;
  expect(await screen.failed('save', { ...save, onConflict: 'fail' })).toBe('output-exists');
  expect(await namesIn(out)).toEqual(['degree.pdf']);
  const skipped = await screen.done('save', { ...save, onConflict: 'skip' });
  expect(skipped.outcome).toMatchObject({ placed: 1, skipped: 1 });
  expect(readFileSync(join(out, 'degree.pdf'), 'utf8')).toBe('mine');
  await screen.done('save', { ...save, onConflict: 'keep' });
  expect(await namesIn(out)).toContain('degree (2).pdf');
  await screen.done('save', { ...save, onConflict: 'replace' });
  expect(readFileSync(join(out, 'degree.pdf'), 'utf8')).toBe('degree\n');
});

test('what was not opened cannot be saved or listed', async () => {
  const { screen, id, target } = await taken();
  const save = { bundle: id, folder: target, onConflict: 'fail' } as const;
  expect((await screen.refusal('save', save)).code).toBe('passphrase-needed');
  expect((await screen.refusal('listOpened', { bundle: id })).code).toBe('passphrase-needed');
  const { id: keys } = (await taken(false, screen)).bundle;
  expect((await screen.refusal('save', { ...save, bundle: keys })).code).toBe('key-needed');
});

test('what is no bundle is refused, and what is on the screen stays', async () => {
  const { screen, folder, bundle } = await taken();
  writeDocuments(folder, { empty: '', 'text.age': 'no bundle', 'sub/': '' });
  const refusals = [];
  for (const name of ['text.age', 'empty', 'sub', 'gone.age']) {
    const grant = await screen.choose(join(folder, name));
    refusals.push(await screen.refusal('takeBundle', { grants: [grant] }));
  }
  expect(
    refusals.map(({ code, data }) => [code, 'found' in data ? data.found : undefined]),
  ).toEqual([
    ['not-a-bundle', 'other'],
    ['not-a-bundle', 'empty'],
    ['not-a-bundle', 'folder'],
    ['bundle-missing', undefined],
  ]);
  expect((await screen.snapshot()).bundle).toEqual(bundle);
});

test('a double click puts a bundle on the screen, or says why not', async () => {
  const { screen, folder } = await taken();
  const path = join(folder, 'bundle.age');
  expect(await screen.session.openFile(path)).toEqual({ ok: true, value: null });
  expect((await screen.snapshot()).bundle!.name).toBe('bundle.age');
  const gone = join(folder, 'gone.age');
  expect(await screen.session.openFile(gone)).toEqual({
    ok: false,
    error: { code: 'bundle-missing', data: { path: gone } },
  });
  const relative = await screen.session.openFile('bundle.age');
  expect(relative).toMatchObject({ ok: false, error: { code: 'input-invalid' } });
});

test('a bundle that was closed is forgotten', async () => {
  const { screen, id, target } = await taken();
  await screen.done('unlock', { bundle: id, with: { passphrase: PASSPHRASE } });
  await screen.run('closeBundle', { bundle: id });
  expect((await screen.snapshot()).bundle).toBeNull();
  const unknown = { code: 'reference-unknown', data: { kind: 'bundle' } };
  const save = { bundle: id, folder: target, onConflict: 'fail' } as const;
  expect(await screen.refusal('save', save)).toEqual(unknown);
  expect(await screen.refusal('listOpened', { bundle: id })).toEqual(unknown);
  expect(await screen.refusal('closeBundle', { bundle: id })).toEqual(unknown);
  const unlock = { bundle: id, with: { passphrase: PASSPHRASE } };
  expect(await screen.refusal('unlock', unlock)).toEqual(unknown);
});

test('a copy of Signet’s own goes away with its bundle, but not before a job that needs it', async () => {
  const folder = workspace();
  await sealIn(folder, 'bundle.age', { passphrase: true });
  const { app, release, begun } = held('open');
  const screen = await TestSession.start({ kind: 'web', app });
  const copy = join(screen.folder, 'staging/upload.age');
  writeFileSync(copy, readFileSync(join(folder, 'bundle.age')));
  const grant = await screen.choose(copy, { staged: true });
  const { id: bundle } = await screen.run('takeBundle', { grants: [grant] });
  release();
  await screen.done('unlock', { bundle, with: { passphrase: PASSPHRASE } });
  const out = join(temporaryFolder(), 'out');
  mkdirSync(out);
  const target = await screen.choose(out);
  const { job } = await screen.run('save', { bundle, folder: target, onConflict: 'fail' });
  await screen.run('closeBundle', { bundle });
  expect((await screen.ended(job)).state).toBe('done');
  expect(begun()).toBe(2);
  expect(await namesIn(out)).toEqual(['SHA256SUMS', 'degree.pdf', 'passport.jpg']);
  expect(existsSync(copy)).toBe(false);
});

test('whoever tries again does not wait for the attempt before', async () => {
  const folder = workspace();
  await sealIn(folder, 'bundle.age', { passphrase: true });
  const { app, release } = held('open');
  const screen = await TestSession.start({ app });
  const grant = await screen.choose(join(folder, 'bundle.age'));
  const { id: bundle } = await screen.run('takeBundle', { grants: [grant] });
  const first = await screen.run('unlock', { bundle, with: { passphrase: OTHER_PASSPHRASE } });
  const second = await screen.run('unlock', { bundle, with: { passphrase: PASSPHRASE } });
  release();
  expect((await screen.ended(first.job)).state).toBe('cancelled');
  expect((await screen.ended(second.job)).state).toBe('done');
  expect((await screen.snapshot()).bundle!.opened).toBeDefined();
});

test('a copy of Signet’s own goes by the name that it came with, whatever is said of it', async () => {
  const folder = workspace();
  await sealIn(folder, 'bundle.age', { passphrase: false });
  const screen = await TestSession.start({ kind: 'web' });
  const stage = (content: Buffer | string, name: string): Promise<string> => {
    const copy = join(screen.folder, 'staging', `upload-${name.length.toString()}`);
    writeFileSync(copy, content);
    return screen.choose(copy, { name, staged: true });
  };
  const letter = await stage('Dear Ana', 'letter.txt');
  expect(await screen.refusal('takeBundle', { grants: [letter] })).toEqual({
    code: 'not-a-bundle',
    data: { path: 'letter.txt', found: 'other' },
  });
  const grant = await stage(readFileSync(join(folder, 'bundle.age')), 'from Ana.age');
  const { id, name } = await screen.run('takeBundle', { grants: [grant] });
  expect(name).toBe('from Ana.age');
  const { job } = await screen.run('unlock', { bundle: id, with: { identity: letter } });
  const { about, error } = await screen.ended(job);
  expect(about).toEqual([id]);
  expect(error).toEqual({ code: 'identity-invalid', data: { path: 'letter.txt' } });
});

test('a payload that is no archive becomes a document with the name of its bundle, not of the copy', async () => {
  const screen = await TestSession.start({ kind: 'web' });
  const { recipient } = await createApp().createKey('x25519', join(screen.folder, 'key.txt'));
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const copy = join(screen.folder, 'staging/upload');
  writeFileSync(copy, await encrypter.encrypt('Dear Ana'));
  const grant = await screen.choose(copy, { name: 'letter.txt.age', staged: true });
  const { id } = await screen.run('takeBundle', { grants: [grant] });
  const identity = await screen.choose(join(screen.folder, 'key.txt'));
  await screen.done('unlock', { bundle: id, with: { identity } });
  const [only] = await screen.run('listOpened', { bundle: id });
  expect(only!.name).toBe('letter.txt');
});

/** A ZIP that nothing locks, as any program makes it: one document of zeros that are compressed. */
function plainZip(bytes: number): Buffer {
  const content = Buffer.alloc(bytes);
  const packed = deflateRawSync(content);
  const name = Buffer.from('zeros.bin');
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(0x21_00_00, 6);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(packed.byteLength, 14);
  common.writeUInt32LE(bytes, 18);
  common.writeUInt16LE(name.byteLength, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    common,
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.byteLength, 12);
  end.writeUInt32LE(local.byteLength, 16);
  return Buffer.concat([local, central, end]);
}

test('a bundle that nothing locks is opened without anything, and said to be open to all', async () => {
  const { screen, folder, id } = await taken();
  writeFileSync(join(folder, 'plain.zip'), plainZip(5000));
  expect(await screen.refusal('unlock', { bundle: id, with: { nothing: true } })).toEqual({
    code: 'passphrase-needed',
    data: {},
  });
  const grant = await screen.choose(join(folder, 'plain.zip'));
  const bundle = await screen.run('takeBundle', { grants: [grant] });
  expect(bundle).toMatchObject({
    format: 'zip',
    lockedWith: 'nothing',
    derivation: { kind: 'none' },
    names: 'visible',
  });
  await screen.done('unlock', { bundle: bundle.id, with: { nothing: true } });
  expect((await screen.snapshot()).bundle!.opened).toMatchObject({
    documents: 1,
    openedBy: 'nothing',
    warnings: ['not-encrypted'],
    verified: false,
  });
});

test('a bundle for keys is not opened with nothing', async () => {
  const { screen, id } = await taken(false);
  const refused = await screen.refusal('unlock', { bundle: id, with: { nothing: true } });
  expect(refused.code).toBe('key-needed');
});

test('much more than a bundle seems to hold comes out of it only for somebody who wants it', async () => {
  const { screen, folder, out, target } = await taken();
  writeFileSync(join(folder, 'bomb.zip'), plainZip(280_000_000));
  const grant = await screen.choose(join(folder, 'bomb.zip'));
  const { id: bundle } = await screen.run('takeBundle', { grants: [grant] });
  const nothing = { nothing: true } as const;
  expect(await screen.failed('unlock', { bundle, with: nothing })).toBe('expands-too-much');
  await screen.done('unlock', { bundle, with: nothing, unlimited: true });
  // Saving it is part of what was wanted.
  await screen.done('save', { bundle, folder: target, onConflict: 'fail' });
  expect(await namesIn(out)).toEqual(['zeros.bin']);
  // Another attempt is for the person to decide anew.
  expect(await screen.failed('unlock', { bundle, with: nothing })).toBe('expands-too-much');
});
