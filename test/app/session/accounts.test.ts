import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CommandInput } from '../../../app/contract/commands.ts';
import { FakeHost, TestSession } from '../../support/sessions.ts';
import { temporaryFolder } from '../../support/temporary.ts';

type Input = CommandInput<'saveAccount'>;

const SECRET = 'correct horse';
const BARE: Input = {
  name: 'Work',
  host: 'smtp.example.test',
  port: 465,
  security: 'tls',
  user: 'ana',
  from: 'Ana <ana@example.test>',
  method: 'password',
};
const ACCOUNT: Input = { ...BARE, secret: SECRET };

function fileOf(screen: TestSession): string {
  return join(screen.folder, 'data/accounts.json');
}

test('an account is kept without its secret, which is in the keychain under a name of its own', async () => {
  const screen = await TestSession.start();
  const view = await screen.run('saveAccount', {
    ...ACCOUNT,
    name: ' Work ',
    host: ' smtp.Example.test ',
  });
  expect(view).toEqual({ ...BARE, id: view.id, secret: 'kept' });
  expect((await screen.snapshot()).accounts).toEqual([view]);
  expect([...screen.host.secrets]).toEqual([[`account:${view.id}`, SECRET]]);
  const text = readFileSync(fileOf(screen), 'utf8');
  expect(text).not.toContain(SECRET);
  expect(statSync(fileOf(screen)).mode & 0o777).toBe(0o600);
  await screen.session.close();
  const next = await TestSession.start({ folder: screen.folder, host: screen.host });
  expect((await next.snapshot()).accounts).toEqual([view]);
});

test('without a keychain the secret is there for this run', async () => {
  const host = new FakeHost();
  host.keeps = false;
  const screen = await TestSession.start({ host });
  const { id } = await screen.run('saveAccount', ACCOUNT);
  expect((await screen.snapshot()).accounts).toMatchObject([{ secret: 'this-run' }]);
  await screen.session.close();
  const next = await TestSession.start({ folder: screen.folder, host });
  expect((await next.snapshot()).accounts).toMatchObject([{ id, secret: 'missing' }]);
  expect(await next.refusal('checkAccount', { account: id })).toEqual({
    code: 'secret-missing',
    data: { connection: 'Work' },
  });
});

test('a secret that is not given again stays, but goes to no other server and no other user', async () => {
  const screen = await TestSession.start();
  const { id } = await screen.run('saveAccount', ACCOUNT);
  const kept = await screen.run('saveAccount', {
    ...BARE,
    id,
    name: 'Office',
    port: 587,
    security: 'starttls',
  });
  expect(kept).toMatchObject({ name: 'Office', port: 587, security: 'starttls', secret: 'kept' });
  const other = await screen.run('saveAccount', { ...BARE, id, host: 'smtp.elsewhere.test' });
  expect(other.secret).toBe('missing');
  expect([...screen.host.secrets]).toEqual([]);
  const again = await screen.run('saveAccount', { ...ACCOUNT, id, secret: 'pasted\n' });
  expect(again.secret).toBe('kept');
  expect([...screen.host.secrets.values()]).toEqual(['pasted']);
  expect((await screen.run('saveAccount', { ...BARE, id, method: 'token' })).secret).toBe(
    'missing',
  );
  expect((await screen.snapshot()).accounts).toHaveLength(1);
});

test('a removed account takes its secret along', async () => {
  const screen = await TestSession.start();
  const { id: account } = await screen.run('saveAccount', ACCOUNT);
  await screen.run('removeAccount', { account });
  expect((await screen.snapshot()).accounts).toEqual([]);
  expect([...screen.host.secrets]).toEqual([]);
  const unknown = { code: 'reference-unknown', data: { kind: 'account' } };
  expect(await screen.refusal('removeAccount', { account })).toEqual(unknown);
  expect(await screen.refusal('checkAccount', { account })).toEqual(unknown);
  expect(await screen.refusal('saveAccount', { ...ACCOUNT, id: account })).toEqual(unknown);
});

test.each<[string, Partial<Input>, string]>([
  ['no name', { name: '  ' }, 'name'],
  ['a name with controls', { name: 'a\nb' }, 'name'],
  ['no host', { host: '' }, 'host'],
  ['an address of the web', { host: 'https://smtp.example.test' }, 'host'],
  ['a host with a port', { host: 'smtp.example.test:25' }, 'host'],
  ['a host with a path', { host: 'smtp.example.test/x' }, 'host'],
  ['no user', { user: ' ' }, 'user'],
  ['a user with controls', { user: 'a\r\nb' }, 'user'],
  ['no sender', { from: '' }, 'from'],
  ['two senders', { from: 'a@example.test, b@example.test' }, 'from'],
  ['a header smuggled in', { from: 'a@example.test\r\nBcc: b@example.test' }, 'from'],
])('%s is no account', async (_which, parts, field) => {
  const screen = await TestSession.start();
  expect(await screen.refusal('saveAccount', { ...ACCOUNT, ...parts })).toEqual({
    code: 'email-account-invalid',
    data: { field },
  });
  expect((await screen.snapshot()).accounts).toEqual([]);
  expect([...screen.host.secrets]).toEqual([]);
});

test('what is wrong in the file is left out, and a copy of it is kept', async () => {
  const folder = temporaryFolder();
  const first = await TestSession.start({ folder });
  const view = await first.run('saveAccount', ACCOUNT);
  await first.session.close();
  const file = fileOf(first);
  const { accounts } = JSON.parse(readFileSync(file, 'utf8')) as { accounts: object[] };
  const [good] = accounts;
  const hostile = [
    good,
    good,
    { ...good, id: 'other', host: 'smtp.example.test/x' },
    { ...good, id: 'more', secret: 'x' },
    { ...good, id: '../x' },
    null,
  ];
  writeFileSync(file, JSON.stringify({ version: 1, accounts: hostile }));
  const next = await TestSession.start({ folder, host: first.host });
  expect((await next.snapshot()).accounts).toEqual([view]);
  expect(existsSync(`${file}.broken`)).toBe(true);
});

test('what cannot be written is not kept, and the secret is as before', async () => {
  const screen = await TestSession.start();
  const { id } = await screen.run('saveAccount', ACCOUNT);
  writeFileSync(join(screen.folder, 'blocked'), '');
  const host = screen.host;
  await screen.session.close();
  const { createSession } = await import('../../../app/session.ts');
  const { createApp } = await import('../../../app/app.ts');
  const options = {
    host: { kind: 'electron', platform: 'linux', keepsSecrets: true, protectsContent: true },
    version: '1',
    dataFolder: join(screen.folder, 'blocked'),
    stagingFolder: join(screen.folder, 'staging'),
    homeFolder: join(screen.folder, 'home'),
  } as const;
  const session = await createSession(options, host, createApp());
  const answer = await session.invoke('saveAccount', ACCOUNT);
  expect(answer).toMatchObject({ ok: false, error: { code: 'settings-unwritable' } });
  await session.close();
  expect([...host.secrets]).toEqual([[`account:${id}`, SECRET]]);
});
