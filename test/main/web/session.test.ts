import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AppError } from '../../../app/contract/errors.ts';
import type { SessionOptions } from '../../../app/contract/host.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { IDLE_LIFE, LAUNCH_LIFE } from '../../../main/web/door.ts';
import {
  ask,
  begin,
  enter,
  exchange,
  pageHeaders,
  secretIn,
  testHost,
  type TestHost,
} from '../../support/web-client.ts';

async function callStatus(host: TestHost, token: string | undefined): Promise<number> {
  return (await ask(host, 'POST', '/api/getSnapshot', pageHeaders(host, token), '{}')).status;
}

test('the secret of a link is exchanged for a token, once', async () => {
  const host = await testHost();
  const link = host.host.newLink();
  expect(link).toMatch(new RegExp(`^${host.host.origin}/#[A-Za-z0-9_-]{43}$`));
  const answer = await exchange(host, secretIn(link));
  expect(answer.status).toBe(200);
  const { token, ...others } = JSON.parse(answer.body.toString()) as { token: string };
  expect(others).toEqual({});
  expect(await callStatus(host, token)).toBe(200);
  expect((await exchange(host, secretIn(link))).status).toBe(401);
});

test('a link that is older than a minute leads nowhere', async () => {
  const host = await testHost();
  const link = host.host.newLink();
  host.clock.now += LAUNCH_LIFE;
  expect((await exchange(host, secretIn(link))).status).toBe(401);
});

test.each([
  ['nothing', '{}'],
  ['null', 'null'],
  ['a list', '["secret"]'],
  ['a number', '{"secret":1}'],
  ['a guess', `{"secret":"${'A'.repeat(43)}"}`],
])('%s is no launch secret', async (_which, body) => {
  const host = await testHost();
  host.host.newLink();
  expect((await ask(host, 'POST', '/session', pageHeaders(host), body)).status).toBe(401);
});

test('without the very token nothing is answered', async () => {
  const host = await testHost();
  const token = await enter(host);
  const statusFor = async (authorization: string | undefined): Promise<number[]> => {
    const headers = {
      ...pageHeaders(host),
      ...(authorization === undefined ? {} : { authorization }),
    };
    const file = { ...headers, 'content-type': 'application/octet-stream', 'x-signet-name': 'a' };
    return [
      (await ask(host, 'POST', '/api/getSnapshot', headers, '{}')).status,
      (await ask(host, 'POST', '/events', headers, '{}')).status,
      (await ask(host, 'POST', '/files', file, 'x')).status,
    ];
  };
  for (const wrong of [
    undefined,
    '',
    token,
    `Basic ${token}`,
    `Bearer ${token}A`,
    `Bearer ${token.slice(1)}`,
    `Bearer ${'A'.repeat(43)}`,
    `Bearer  ${token}`,
  ])
    expect(await statusFor(wrong), wrong).toEqual([401, 401, 401]);
  expect(host.session.invoked).toEqual([]);
  expect(readdirSync(host.stagingFolder)).toEqual([]);
});

test('a second page that comes in ends the first one', async () => {
  const host = await testHost();
  const first = await enter(host);
  const events = await begin(host, 'POST', '/events', pageHeaders(host, first), '{}');
  const second = await enter(host);
  // Its stream ends, and asking again is refused: the page knows.
  await new Promise((resolve) => events.once('end', resolve).resume());
  expect(await callStatus(host, first)).toBe(401);
  expect(await callStatus(host, second)).toBe(200);
  // The same person in another tab: what was typed and made is still there.
  expect(host.session.invoked.map(({ command }) => command)).not.toContain('forgetSecrets');
});

test('a session without requests for 30 minutes is over, and its secrets are forgotten', async () => {
  const host = await testHost();
  const token = await enter(host);
  host.clock.now += IDLE_LIFE + 1;
  expect(await callStatus(host, token)).toBe(401);
  expect(host.session.invoked).toEqual([{ command: 'forgetSecrets', input: {} }]);
  expect(await callStatus(host, await enter(host))).toBe(200);
});

test('a job that runs, or a page that listens, keeps the session alive', async () => {
  const host = await testHost();
  const token = await enter(host);
  host.session.jobs = 1;
  host.clock.now += IDLE_LIFE + 1;
  expect(await callStatus(host, token)).toBe(200);
  host.session.jobs = 0;
  const events = await begin(host, 'POST', '/events', pageHeaders(host, token), '{}');
  host.clock.now += IDLE_LIFE + 1;
  expect(await callStatus(host, token)).toBe(200);
  events.destroy();
});

test('the browser is led in by a private file, not by an argument', async () => {
  const host = await testHost();
  expect(await host.host.openBrowser()).toBe(true);
  const [path = ''] = host.opened;
  expect(host.opened).toEqual([path]);
  expect(path.startsWith(host.stagingFolder)).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(host.stagingFolder).mode & 0o777).toBe(0o700);
  const page = readFileSync(path, 'utf8');
  const link = /url=([^"]+)"/.exec(page)?.[1] ?? '';
  expect(path).not.toContain(secretIn(link));
  expect((await exchange(host, secretIn(link))).status).toBe(200);
  expect(existsSync(path)).toBe(false);
});

test('the private file goes away when it leads nowhere any more', async () => {
  const host = await testHost();
  await host.host.openBrowser();
  host.host.newLink();
  expect(readdirSync(host.stagingFolder)).toEqual([]);
  host.opens = false;
  expect(await host.host.openBrowser()).toBe(false);
  expect(readdirSync(host.stagingFolder)).toEqual([]);
});

test('a page that has lost its token gets the browser led to a new link, and learns no secret itself', async () => {
  const host = await testHost();
  const answer = await ask(host, 'POST', '/open', pageHeaders(host), '{}');
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body.toString())).toEqual({ opened: true });
  const [path = ''] = host.opened;
  const link = /url=([^"]+)"/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  expect((await exchange(host, secretIn(link))).status).toBe(200);
});

test('asking for the browser over and over opens it once in ten seconds', async () => {
  const host = await testHost();
  const open = async (): Promise<number> =>
    (await ask(host, 'POST', '/open', pageHeaders(host), '{}')).status;
  expect(await open()).toBe(200);
  host.clock.now += 9_999;
  expect(await open()).toBe(429);
  host.clock.now += 1;
  expect(await open()).toBe(200);
  expect(host.opened).toHaveLength(2);
});

test('while a page listens, nobody makes the browser open another one', async () => {
  const host = await testHost();
  const events = await begin(host, 'POST', '/events', pageHeaders(host, await enter(host)), '{}');
  expect((await ask(host, 'POST', '/open', pageHeaders(host), '{}')).status).toBe(409);
  expect(host.opened).toEqual([]);
  events.destroy();
});

test('a host that is closed closes its session and leaves nothing private behind', async () => {
  const host = await testHost();
  const token = await enter(host);
  const events = await begin(host, 'POST', '/events', pageHeaders(host, token), '{}');
  const ended = new Promise((resolve) => events.once('close', resolve).resume());
  await host.host.openBrowser();
  await host.host.close();
  await ended;
  expect(host.session.closed).toBe(true);
  expect(existsSync(host.stagingFolder)).toBe(false);
  expect(await host.host.ended).toBe('closed');
  await expect(ask(host, 'GET', '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a host whose core has died ends too, and leaves nothing private behind', async () => {
  const death = Promise.withResolvers<'died'>();
  const options: SessionOptions[] = [];
  const host = await testHost({
    startSession: (given) => {
      options.push(given);
      return Promise.resolve({ ...fakeSession(), ended: death.promise });
    },
  });
  const token = await enter(host);
  const events = await begin(host, 'POST', '/events', pageHeaders(host, token), '{}');
  const broken = new Promise((resolve) => events.once('close', resolve).resume());
  death.resolve('died');
  expect(await host.host.ended).toBe('died');
  await broken;
  expect(existsSync(options[0]!.stagingFolder)).toBe(false);
});

test('a session that cannot be closed properly does not keep private files alive', async () => {
  const options: SessionOptions[] = [];
  const host = await testHost({
    startSession: (given) => {
      options.push(given);
      const close = (): Promise<void> => Promise.reject(new Error('a defect'));
      return Promise.resolve({ ...fakeSession(), close });
    },
  });
  await Promise.all([host.host.close(), host.host.close()]);
  expect(existsSync(options[0]!.stagingFolder)).toBe(false);
});

test('a session that cannot be started leaves nothing behind', async () => {
  const options: SessionOptions[] = [];
  const starting = testHost({
    startSession: (given) => {
      options.push(given);
      return Promise.reject(new AppError('internal', {}));
    },
  });
  await expect(starting).rejects.toMatchObject({ code: 'internal' });
  expect(existsSync(options[0]!.stagingFolder)).toBe(false);
});
