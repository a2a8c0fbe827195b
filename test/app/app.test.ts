import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp, type SendRequest } from '../../app/app.ts';
import { AppError } from '../../app/contract/errors.ts';
import { writeDocuments } from '../support/documents.ts';
import { namesIn, temporaryFolder } from '../support/temporary.ts';

const app = createApp({ logN: 4 });

function workplace(): { folder: string; out: string; request: SendRequest } {
  const folder = writeDocuments(temporaryFolder(), { 'in/a.txt': 'content', 'out/': '' });
  const request = { paths: [join(folder, 'in')], lock: { kind: 'generate' } } as const;
  return { folder, out: join(folder, 'out'), request };
}

test('what is sealed into a folder is inspected, listed and opened again', async () => {
  const { folder, out, request } = workplace();
  const receipt = await app.seal({ ...request, note: 'hello' }, { directory: out });
  expect(receipt.bundle).toMatch(/^bundle-.{6}\.tar\.age$/);
  const { location: path, generated } = receipt;
  expect(await app.inspect(path)).toMatchObject({
    derivation: { kind: 'scrypt', logN: 4 },
    bytes: receipt.bytes,
    sha256: receipt.sha256,
  });
  const passphrase = generated?.passphrase;
  const listed = await app.open({ path, passphrase });
  expect(listed).toMatchObject({ note: 'hello', documents: [{ name: 'in/a.txt' }] });
  const directory = join(folder, 'opened');
  await app.open({ path, passphrase, into: { directory, onConflict: 'fail' } });
  expect(readFileSync(join(directory, 'in/a.txt'), 'utf8')).toBe('content');
});

test('a name gets its ending in a folder, and a path is taken as it is', async () => {
  const { out, request } = workplace();
  await app.seal({ ...request, name: 'by name' }, { directory: out });
  await app.seal({ ...request, name: 'not used' }, { path: join(out, 'by-path.bin') });
  expect(readdirSync(out).sort()).toEqual(['by name.tar.age', 'by-path.bin']);
});

test('a request’s own work factor and engine come before the app’s', async () => {
  const { out, request } = workplace();
  const engines = (await app.checkEngines()).filter(({ state }) => state === 'good');
  expect(engines.length).toBeGreaterThan(0);
  for (const { name: engine } of engines) {
    const receipt = await app.seal({ ...request, logN: 5, engine }, { directory: out });
    expect(await app.inspect(receipt.location)).toMatchObject({
      derivation: { kind: 'scrypt', logN: 5 },
    });
    const passphrase = receipt.generated?.passphrase;
    expect((await app.open({ path: receipt.location, passphrase, engine })).verified).toBe(true);
  }
});

test('a bundle goes to a folder, is listed there, fetched and deleted', async () => {
  const { folder, out, request } = workplace();
  const receipt = await app.send({ ...request, name: 'x' }, { url: out });
  expect(receipt.location).toBe(join(out, 'x.tar.age'));
  expect((await app.listInbox({ url: out })).map(({ location }) => location)).toEqual([
    receipt.location,
  ]);
  const fetched = join(folder, 'fetched');
  mkdirSync(fetched);
  const placement = await app.fetch({ url: receipt.location }, fetched);
  expect(placement).toMatchObject({ location: join(fetched, 'x.tar.age'), sha256: receipt.sha256 });
  await app.deleteFromInbox({ url: receipt.location });
  expect(await app.listInbox({ url: out })).toEqual([]);
  expect(readdirSync(fetched)).toEqual(['x.tar.age']);
});

test('keys are made, read, sealed to and opened with', async () => {
  const { folder, out, request } = workplace();
  for (const kind of ['x25519', 'hybrid'] as const) {
    const { path, recipient } = await app.createKey(kind, join(folder, `${kind}.key`));
    const pairs = await app.readIdentities(path);
    expect(pairs.map((pair) => pair.recipient)).toEqual([recipient]);
    const lock = { kind: 'keys', recipients: [recipient] } as const;
    const receipt = await app.seal({ ...request, lock }, { directory: out });
    expect(receipt.generated).toBeUndefined();
    const identities = pairs.map(({ identity }) => identity);
    expect((await app.open({ path: receipt.location, identities })).verified).toBe(true);
  }
});

test('passphrases are made, measured and looked over', async () => {
  const { passphrase, words, bits } = await app.generatePassphrase(6);
  expect(passphrase.split('-')).toHaveLength(6);
  expect({ words, enough: bits > 75 }).toEqual({ words: 6, enough: true });
  expect((await app.measurePassphrase(passphrase)).enough).toBe(true);
  expect((await app.measurePassphrase('password')).enough).toBe(false);
  expect(await app.unknownWords(passphrase)).toEqual([]);
  expect((await app.unknownWords(`${passphrase}-zzyzzx`)).map(({ typed }) => typed)).toEqual([
    'zzyzzx',
  ]);
  await expect(app.generatePassphrase(4)).rejects.toMatchObject({ code: 'passphrase-words' });
});

test('whatever goes wrong, a host sees an AppError', async () => {
  const { folder, out, request } = workplace();
  writeFileSync(join(folder, 'text'), 'no bundle');
  const missing = join(folder, 'missing');
  // Even a caller that breaks the types.
  const nonsense = { paths: undefined, lock: undefined } as unknown as SendRequest;
  const attempts: readonly (readonly [() => Promise<unknown>, string])[] = [
    [() => app.seal({ ...request, paths: [missing] }, { directory: out }), 'document-missing'],
    [() => app.seal(request, { directory: missing }), 'output-missing'],
    [() => app.seal(request, { path: join(missing, 'x') }), 'output-missing'],
    [() => app.seal(nonsense, { directory: out }), 'internal'],
    [() => app.send(request, { url: missing }), 'output-missing'],
    [() => app.send(request, { url: 's3://' }), 'url-invalid'],
    [() => app.open({ path: missing }), 'bundle-missing'],
    [() => app.open({ path: join(folder, 'text') }), 'not-a-bundle'],
    [() => app.inspect(missing), 'bundle-missing'],
    [() => app.listInbox({ url: missing }), 'bundle-missing'],
    [() => app.fetch({ url: missing }, out), 'bundle-missing'],
    [() => app.fetch({ url: 's3://bucket/' }, out), 'url-invalid'],
    [() => app.deleteFromInbox({ url: missing }), 'bundle-missing'],
    [() => app.createKey('x25519', join(missing, 'x')), 'output-missing'],
    [() => app.readIdentities(missing), 'identity-invalid'],
  ];
  for (const [attempt, code] of attempts) {
    const error: unknown = await attempt().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    // An error that is printed by accident gives nothing away.
    expect(error).toMatchObject({ code, message: code });
  }
  expect(await namesIn(out)).toEqual([]);
});

test('a job that is cancelled before it begins does nothing', async () => {
  const { out, request } = workplace();
  const { location } = await app.seal(request, { directory: out });
  const job = { signal: AbortSignal.abort() };
  const attempts = [
    () => app.seal(request, { directory: out }, job),
    () => app.send(request, { url: out }, job),
    () => app.open({ path: location, passphrase: 'whatever' }, job),
    () => app.inspect(location, job),
    () => app.listInbox({ url: out }, job),
  ];
  for (const attempt of attempts)
    await expect(attempt()).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(out)).toHaveLength(1);
});

test('documents are sealed under names of their own, with a passphrase that was made before', async () => {
  const { folder, out } = workplace();
  const { passphrase } = await app.generatePassphrase(5);
  const documents = [{ path: join(folder, 'in/a.txt'), name: 'b/c.txt', kind: 'file' }] as const;
  const lock = { kind: 'generated', passphrase } as const;
  const { location, generated } = await app.seal({ documents, lock }, { directory: out });
  // It is the caller's already.
  expect(generated).toBeUndefined();
  const opened = await app.open({ path: location, passphrase });
  expect(opened.documents.map(({ name }) => name)).toEqual(['b/c.txt']);
  expect(await app.recognise(location)).toMatchObject({
    format: 'age',
    derivation: { kind: 'scrypt', logN: 4 },
    age: { stanzas: ['scrypt'], armored: false },
  });
});

test('names, notes and keys are refused before anything is begun', async () => {
  expect(app.nameBundle()).toMatch(/^bundle-\w{6}\.tar\.age$/);
  expect(app.nameBundle('x')).toBe('x.tar.age');
  expect(() => app.nameBundle('a/b')).toThrow('bundle-name');
  expect(() => {
    app.checkNote('x'.repeat(65_537));
  }).toThrow('note-too-long');
  await expect(app.checkRecipients(['age1x'])).rejects.toMatchObject({ code: 'recipient-invalid' });
  await expect(app.requireStrong('hunter2')).rejects.toMatchObject({ code: 'passphrase-weak' });
  expect(await app.countWords('Clambake  pretended\ndeface')).toBe(3);
  expect(await app.countWords('my own, two-part')).toBe(4);
});
