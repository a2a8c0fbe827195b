import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CommandInput } from '../../../app/contract/commands.ts';
import type { RightsReport } from '../../../app/contract/views.ts';
import { useAwsEnvironment } from '../../support/aws-environment.ts';
import { connect, connectionInput, SECRET } from '../../support/screen-s3.ts';
import { ScriptedS3 } from '../../support/scripted-s3.ts';
import { FakeHost, TestSession } from '../../support/sessions.ts';
import { filesIn, temporaryFolder } from '../../support/temporary.ts';

type Given = CommandInput<'saveConnection'>;

const GOOD: Given = {
  name: 'Applications',
  bucket: 'job-applications',
  prefix: '/home//'.replace('//', '/'),
  region: 'eu-central-1',
  endpoint: 'https://s3.example.org/',
  credentials: { kind: 'keys', accessKeyId: 'AKIAEXAMPLE', secretAccessKey: SECRET },
};

test('a connection is brought into one form, and its secret is never seen again', async () => {
  const screen = await TestSession.start();
  const view = await screen.run('saveConnection', GOOD);
  expect(view).toEqual({
    id: view.id,
    name: 'Applications',
    bucket: 'job-applications',
    prefix: 'home/',
    region: 'eu-central-1',
    endpoint: 'https://s3.example.org',
    credentials: { kind: 'keys', accessKeyId: 'AKIAEXAMPLE', secret: 'kept' },
  });
  expect((await screen.snapshot()).connections).toEqual([view]);
  expect(screen.host.secrets).toEqual(new Map([[`connection:${view.id}`, SECRET]]));
});

const REFUSED: readonly (readonly [string, Partial<Given>, string])[] = [
  ['no name', { name: ' ' }, 'name'],
  ['a name with a line break', { name: 'a\nb' }, 'name'],
  ['a bucket in capitals', { bucket: 'Applications' }, 'bucket'],
  ['a bucket that is a path', { bucket: 'a/../b' }, 'bucket'],
  ['a bucket with two dots', { bucket: 'a..b' }, 'bucket'],
  ['a short bucket', { bucket: 'ab' }, 'bucket'],
  ['a prefix that goes up', { prefix: 'home/../other' }, 'prefix'],
  ['a prefix with an empty part', { prefix: 'home//ana' }, 'prefix'],
  ['a prefix with a control', { prefix: 'home\u0000' }, 'prefix'],
  ['a prefix that is no Unicode', { prefix: '\ud800' }, 'prefix'],
  ['a long prefix', { prefix: 'x'.repeat(800) }, 'prefix'],
  ['a region with a host in it', { region: 'x.evil.example/' }, 'region'],
  ['an endpoint without a protocol', { endpoint: 's3.example.org' }, 'endpoint'],
  ['an endpoint over plain http', { endpoint: 'http://s3.example.org' }, 'endpoint'],
  ['an endpoint with a password', { endpoint: 'https://a:b@s3.example.org' }, 'endpoint'],
  ['an endpoint with a question', { endpoint: 'https://s3.example.org/?x' }, 'endpoint'],
  ['a file as an endpoint', { endpoint: 'file:///etc/passwd' }, 'endpoint'],
  ['a profile with brackets', { credentials: { kind: 'profile', profile: 'a]\n[b' } }, 'profile'],
  ['no secret', { credentials: { kind: 'keys', accessKeyId: 'AKIA' } }, 'keys'],
  [
    'a secret with a space',
    { credentials: { kind: 'keys', accessKeyId: 'AKIA', secretAccessKey: 'a b' } },
    'keys',
  ],
];

test.each(REFUSED)('%s is refused, and nothing is kept', async (_, given, field) => {
  const screen = await TestSession.start();
  expect(await screen.refusal('saveConnection', { ...GOOD, ...given })).toEqual({
    code: 'connection-invalid',
    data: { field },
  });
  expect((await screen.snapshot()).connections).toEqual([]);
  expect(screen.host.secrets.size).toBe(0);
  expect(existsSync(join(screen.folder, 'data/connections.json'))).toBe(false);
});

test('loopback needs no https, and an empty profile is the machine’s own choice', async () => {
  const screen = await TestSession.start();
  const endpoint = 'http://127.0.0.1:9000';
  const credentials = { kind: 'profile', profile: '' } as const;
  const given = { ...GOOD, endpoint, region: '', prefix: '', credentials };
  const view = await screen.run('saveConnection', given);
  expect(view).toMatchObject({ endpoint, prefix: '', credentials });
  expect(view).not.toHaveProperty('region');
});

test('a restart keeps the connections, and the secret where the keychain is', async () => {
  const folder = temporaryFolder();
  const host = new FakeHost();
  const first = await TestSession.start({ folder, host });
  const saved = await first.run('saveConnection', GOOD);
  await first.session.close();
  const second = await TestSession.start({ folder, host });
  expect((await second.snapshot()).connections).toEqual([saved]);
});

test('the keychain is not asked before a secret is needed', async () => {
  const folder = temporaryFolder();
  const host = new FakeHost();
  const first = await TestSession.start({ folder, host });
  const { id: connection } = await first.run('saveConnection', GOOD);
  await first.session.close();
  host.calls.length = 0;
  const second = await TestSession.start({ folder, host });
  expect(host.calls).toEqual([]);
  // Somebody has emptied it meanwhile.
  host.secrets.clear();
  expect((await second.refusal('listInbox', { connection })).code).toBe('secret-missing');
  const [found] = (await second.snapshot()).connections;
  expect(found!.credentials).toMatchObject({ secret: 'missing' });
});

test('a secret that cannot be kept leaves no connection, and no other in its place', async () => {
  const screen = await TestSession.start();
  screen.host.failing.add('writeSecret');
  expect((await screen.refusal('saveConnection', GOOD)).code).toBe('host-failed');
  expect((await screen.snapshot()).connections).toEqual([]);
  screen.host.failing.clear();
  const { id } = await screen.run('saveConnection', GOOD);
  const data = join(screen.folder, 'data');
  rmSync(data, { recursive: true });
  writeFileSync(data, 'in the way');
  const keys = { kind: 'keys', accessKeyId: 'AKIAOTHER', secretAccessKey: 'other' } as const;
  const changed = { ...GOOD, id, credentials: keys };
  expect((await screen.refusal('saveConnection', changed)).code).toBe('settings-unwritable');
  expect(screen.host.secrets.get(`connection:${id}`)).toBe(SECRET);
  const [still] = (await screen.snapshot()).connections;
  expect(still!.credentials).toMatchObject({ accessKeyId: 'AKIAEXAMPLE', secret: 'kept' });
});

test('no secret is ever on disk, and only the owner may look into the folder', async () => {
  const screen = await TestSession.start();
  await screen.run('saveConnection', GOOD);
  screen.host.keeps = false;
  await screen.run('saveConnection', { ...GOOD, name: 'Another' });
  for (const [name, content] of await filesIn(screen.folder))
    expect(content.includes(SECRET), name).toBe(false);
  const data = join(screen.folder, 'data');
  expect(statSync(data).mode & 0o777).toBe(0o700);
  expect(statSync(join(data, 'connections.json')).mode & 0o777).toBe(0o600);
  expect(JSON.stringify([await screen.snapshot(), screen.events])).not.toContain(SECRET);
});

test('without a keychain a secret is there for this run only', async () => {
  const folder = temporaryFolder();
  const host = new FakeHost();
  host.keeps = false;
  const first = await TestSession.start({ folder, host });
  const { id, credentials } = await first.run('saveConnection', GOOD);
  expect(credentials).toMatchObject({ secret: 'this-run' });
  await first.session.close();
  const second = await TestSession.start({ folder, host });
  const [found] = (await second.snapshot()).connections;
  expect(found!.credentials).toMatchObject({ secret: 'missing' });
  expect(await second.refusal('listInbox', { connection: id })).toEqual({
    code: 'secret-missing',
    data: { connection: 'Applications' },
  });
});

test('a change keeps the secret that is not given, unless it is for another key', async () => {
  const screen = await TestSession.start();
  const { id } = await screen.run('saveConnection', GOOD);
  const keys = { kind: 'keys', accessKeyId: 'AKIAEXAMPLE' } as const;
  const renamed = { ...GOOD, id, name: 'Renamed', credentials: keys };
  expect(await screen.run('saveConnection', renamed)).toMatchObject({
    id,
    name: 'Renamed',
    credentials: { secret: 'kept' },
  });
  expect(screen.host.secrets.get(`connection:${id}`)).toBe(SECRET);
  const other = { ...renamed, credentials: { ...keys, accessKeyId: 'AKIAOTHER' } };
  expect((await screen.refusal('saveConnection', other)).data).toEqual({ field: 'keys' });
  const profile = { kind: 'profile', profile: 'work' } as const;
  await screen.run('saveConnection', { ...renamed, credentials: profile });
  expect(screen.host.secrets.size).toBe(0);
  expect((await screen.snapshot()).connections).toHaveLength(1);
  expect(await screen.refusal('saveConnection', { ...GOOD, id: 'nobody' })).toEqual({
    code: 'reference-unknown',
    data: { kind: 'connection' },
  });
});

test('a connection is removed with its secret, or not at all', async () => {
  const screen = await TestSession.start();
  const { id: connection } = await screen.run('saveConnection', GOOD);
  screen.host.failing.add('removeSecret');
  expect((await screen.refusal('removeConnection', { connection })).code).toBe('host-failed');
  expect((await screen.snapshot()).connections).toHaveLength(1);
  screen.host.failing.clear();
  await screen.run('removeConnection', { connection });
  expect((await screen.snapshot()).connections).toEqual([]);
  expect(screen.host.secrets.size).toBe(0);
  const text = readFileSync(join(screen.folder, 'data/connections.json'), 'utf8');
  expect(text).not.toContain(connection);
  expect((await screen.refusal('removeConnection', { connection })).code).toBe('reference-unknown');
});

test('a file that is broken is kept aside, and what is good in it is used', async () => {
  const folder = temporaryFolder();
  const first = await TestSession.start({ folder });
  const good = await first.run('saveConnection', GOOD);
  await first.session.close();
  const path = join(folder, 'data/connections.json');
  const content = JSON.parse(readFileSync(path, 'utf8')) as { connections: object[] };
  const [entry] = content.connections;
  const hostile = [
    { ...entry, id: 'other', bucket: '../..' },
    { ...entry, id: '../../etc' },
    { ...entry, id: 'x', endpoint: 'http://evil.example' },
    { ...entry, id: 'y', more: 1 },
    entry,
    null,
    'x',
  ];
  const text = JSON.stringify({ connections: [...content.connections, ...hostile] });
  writeFileSync(path, text);
  const second = await TestSession.start({ folder, host: first.host });
  expect((await second.snapshot()).connections).toEqual([good]);
  expect(readFileSync(`${path}.broken`, 'utf8')).toBe(text);
});

test.each(['{', '', 'null', '[]', '{"connections":{}}', '"x"', '\0'])(
  'a file that holds %j is no reason not to start',
  async (text) => {
    const folder = temporaryFolder();
    const first = await TestSession.start({ folder });
    await first.run('saveConnection', GOOD);
    await first.session.close();
    const path = join(folder, 'data/connections.json');
    writeFileSync(path, text);
    const second = await TestSession.start({ folder });
    expect((await second.snapshot()).connections).toEqual([]);
    expect(readFileSync(`${path}.broken`, 'utf8')).toBe(text);
    await second.run('saveConnection', GOOD);
    expect((await second.snapshot()).connections).toHaveLength(1);
  },
);

test('what cannot be written is said, and is not there afterwards', async () => {
  const screen = await TestSession.start();
  const data = join(screen.folder, 'data');
  chmodSync(data, 0o700);
  rmSync(data, { recursive: true });
  writeFileSync(data, 'in the way');
  expect(await screen.refusal('saveConnection', GOOD)).toEqual({
    code: 'settings-unwritable',
    data: { path: data },
  });
  expect(await screen.refusal('saveSettings', { theme: 'dark' })).toMatchObject({
    code: 'settings-unwritable',
  });
  const { connections, settings } = await screen.snapshot();
  expect(connections).toEqual([]);
  expect(settings.theme).toBe('system');
  expect(screen.host.secrets.size).toBe(0);
});

test('a check finds the rights, leaves nothing behind, and is remembered', async () => {
  const server = await ScriptedS3.start();
  const screen = await TestSession.start();
  const connection = await connect(screen, server);
  const rights = await screen.run('checkConnection', { connection });
  expect(rights).toMatchObject({
    list: 'granted',
    put: 'granted',
    read: 'granted',
    remove: 'granted',
  });
  expect(server.model.objects.size + server.model.uploads.size).toBe(0);
  for (const { key, query } of server.asked)
    expect(key === '' ? query.get('prefix') : key).toMatch(/^home\//);
  const [view] = (await screen.snapshot()).connections;
  expect(view!.rights).toEqual(rights);
  // Of another place nothing is known.
  const moved = connectionInput(server, { id: connection, prefix: 'elsewhere' });
  expect(await screen.run('saveConnection', moved)).not.toHaveProperty('rights');
});

test('what the rights are is found as far as the server’s answers tell', async () => {
  const server = await ScriptedS3.start();
  const { model } = server;
  const screen = await TestSession.start();
  const connection = await connect(screen, server);
  const check = (): Promise<RightsReport> => screen.run('checkConnection', { connection });
  model.denied.add('s3:ListBucket').add('s3:GetObject').add('s3:DeleteObject');
  expect(await check()).toMatchObject({
    list: 'denied',
    put: 'granted',
    // Whether reading failed for want of a right or of an object, the answer does not say.
    read: 'unknown',
    remove: 'denied',
  });
  model.denied.clear();
  model.prefixOnly = true;
  expect(await check()).toMatchObject({ list: 'granted', read: 'unknown', remove: 'granted' });
  model.place('home/ana/bundle.age', Buffer.from('x'));
  expect(await check()).toMatchObject({ list: 'granted', read: 'granted', remove: 'granted' });
  model.denied.add('s3:GetObject').add('s3:PutObject');
  expect(await check()).toMatchObject({ put: 'denied', read: 'denied', remove: 'unknown' });
  expect([...model.objects.keys()]).toEqual(['home/ana/bundle.age']);
  expect(model.uploads.size).toBe(0);
});

test('an upload that may not be aborted is no reason to fail', async () => {
  const server = await ScriptedS3.start();
  server.model.denied.add('s3:AbortMultipartUpload');
  const screen = await TestSession.start();
  const connection = await connect(screen, server);
  expect(await screen.run('checkConnection', { connection })).toMatchObject({ put: 'granted' });
  expect(server.model.objects.size).toBe(0);
});

test('what is wrong with the connection itself is said', async () => {
  const server = await ScriptedS3.start();
  const screen = await TestSession.start();
  const connection = await connect(screen, server);
  server.accessKeyId = 'ANOTHER';
  expect((await screen.refusal('checkConnection', { connection })).code).toBe('s3-bad-credentials');
  server.accessKeyId = 'SCRIPTEDACCESSKEY';
  const elsewhere = connectionInput(server, { id: connection, bucket: 'another-bucket' });
  await screen.run('saveConnection', elsewhere);
  expect(await screen.refusal('checkConnection', { connection })).toEqual({
    code: 's3-no-bucket',
    data: { bucket: 'another-bucket' },
  });
  expect((await screen.snapshot()).connections[0]).not.toHaveProperty('rights');
});

test('with keys of its own, a connection looks for no others', async () => {
  const server = await ScriptedS3.start();
  const screen = await TestSession.start();
  const connection = await connect(screen, server);
  // These the server would refuse.
  useAwsEnvironment({ AWS_ACCESS_KEY_ID: 'OTHER', AWS_SECRET_ACCESS_KEY: 'other' });
  expect(await screen.run('listInbox', { connection })).toEqual([]);
  const profile = connectionInput(server, {
    id: connection,
    credentials: { kind: 'profile', profile: '' },
  });
  await screen.run('saveConnection', profile);
  expect((await screen.refusal('listInbox', { connection })).code).toBe('s3-bad-credentials');
  expect(readdirSync(join(screen.folder, 'staging'))).toEqual([]);
});
