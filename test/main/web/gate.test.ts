import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { PAGE_HEADERS } from '../../../main/node/page-policy.ts';
import {
  ask,
  enter,
  pageHeaders,
  rawStatus,
  sendRaw,
  testHost,
  type Answer,
} from '../../support/web-client.ts';

function withoutBody(answer: Answer): { status: number; bytes: number } {
  return { status: answer.status, bytes: answer.body.byteLength };
}

test.each([
  ['another name, as after DNS rebinding', (port: number) => `attacker.example:${String(port)}`],
  ['localhost', (port: number) => `localhost:${String(port)}`],
  ['another port', (port: number) => `127.0.0.1:${String(port + 1)}`],
  ['no port', () => '127.0.0.1'],
  ['a name with credentials in front', (port: number) => `x@127.0.0.1:${String(port)}`],
  ['another notation of the address', (port: number) => `127.1:${String(port)}`],
])('a request whose Host is %s is misdirected', async (_which, hostOf) => {
  const host = await testHost();
  const answer = await ask(host, 'GET', '/', { host: hostOf(host.port) });
  expect(withoutBody(answer)).toEqual({ status: 421, bytes: 0 });
});

test('a request with two Host headers is misdirected, whichever comes first and even when they are the same', async () => {
  const host = await testHost();
  const right = `Host: 127.0.0.1:${String(host.port)}\r\n`;
  const wrong = 'Host: attacker.example\r\n';
  for (const hosts of [right + wrong, wrong + right, right + right])
    expect(rawStatus(await sendRaw(host, `GET / HTTP/1.1\r\n${hosts}\r\n`))).toBe(421);
});

test('a request without Host, or with an empty one, is misdirected, in HTTP/1.1 as in HTTP/1.0', async () => {
  const host = await testHost();
  for (const version of ['1.1', '1.0'])
    for (const named of ['', 'Host:\r\n'])
      expect(rawStatus(await sendRaw(host, `GET / HTTP/${version}\r\n${named}\r\n`))).toBe(421);
});

test('a target that names a host of its own is refused', async () => {
  const host = await testHost();
  const answer = await sendRaw(
    host,
    `GET http://attacker.example/ HTTP/1.1\r\nHost: 127.0.0.1:${String(host.port)}\r\n\r\n`,
  );
  expect(rawStatus(answer)).toBe(400);
});

const CALLS = ['/session', '/api/getSnapshot', '/events', '/files', '/open'];

test.each(CALLS)('%s answers nobody but its own page', async (path) => {
  const host = await testHost();
  const good = pageHeaders(host, await enter(host));
  if (path === '/files') good['content-type'] = 'application/octet-stream';
  const status = async (headers: Record<string, string | undefined>): Promise<number> => {
    const all = Object.entries({ ...good, ...headers }).filter(([, value]) => value !== undefined);
    return (await ask(host, 'POST', path, Object.fromEntries(all), '{}')).status;
  };
  for (const origin of [
    undefined,
    'null',
    'http://attacker.example',
    `http://127.0.0.1:${String(host.port + 1)}`,
    `http://localhost:${String(host.port)}`,
    `https://127.0.0.1:${String(host.port)}`,
    `${host.host.origin}/`,
    `${host.host.origin}, ${host.host.origin}`,
  ])
    expect(await status({ origin }), `Origin ${String(origin)}`).toBe(403);
  for (const site of [undefined, 'cross-site', 'same-site', 'none', 'same-origin, cross-site'])
    expect(await status({ 'sec-fetch-site': site }), `site ${String(site)}`).toBe(403);
  for (const type of [
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    `${good['content-type'] ?? ''}; charset=utf-8`,
    path === '/files' ? 'application/json' : 'application/octet-stream',
  ])
    expect(await status({ 'content-type': type }), `type ${String(type)}`).toBe(415);
  expect(host.session.invoked).toEqual([]);
  expect(host.session.granted).toEqual([]);
  expect(host.opened).toEqual([]);
});

test('an Origin that is sent twice does not count', async () => {
  const host = await testHost();
  const token = await enter(host);
  const { origin } = host.host;
  const answer = await sendRaw(
    host,
    [
      'POST /api/getSnapshot HTTP/1.1',
      `Host: 127.0.0.1:${String(host.port)}`,
      `Origin: ${origin}`,
      `Origin: ${origin}`,
      'Sec-Fetch-Site: same-origin',
      'Content-Type: application/json',
      `Authorization: Bearer ${token}`,
      'Content-Length: 2',
      '',
      '{}',
    ].join('\r\n'),
  );
  expect(rawStatus(answer)).toBe(403);
});

test.each(CALLS)('%s is called by POST only', async (path) => {
  const host = await testHost();
  const headers = pageHeaders(host, await enter(host));
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    expect((await ask(host, method, path, headers)).status, method).toBe(405);
  expect(host.session.invoked).toEqual([]);
});

test('a preflight is refused, and nothing in any answer speaks of other origins or of cookies', async () => {
  const host = await testHost();
  const token = await enter(host);
  const answers = [
    await ask(host, 'OPTIONS', '/api/getSnapshot', {
      origin: 'http://attacker.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    }),
    await ask(host, 'OPTIONS', '/'),
    await ask(host, 'GET', '/'),
    await ask(host, 'POST', '/api/getSnapshot', pageHeaders(host, token), '{}'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([405, 405, 200, 200]);
  for (const { headers } of answers) {
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers['set-cookie']).toBeUndefined();
  }
});

test('a cookie opens nothing', async () => {
  const host = await testHost();
  const token = await enter(host);
  const headers = { ...pageHeaders(host), cookie: `token=${token}; authorization=Bearer ${token}` };
  expect((await ask(host, 'POST', '/api/getSnapshot', headers, '{}')).status).toBe(401);
});

test('every answer carries the whole policy of the page, whatever went wrong', async () => {
  const host = await testHost();
  const token = await enter(host);
  const call = pageHeaders(host, token);
  const answers: Record<string, Answer> = {
    page: await ask(host, 'GET', '/'),
    command: await ask(host, 'POST', '/api/getSnapshot', call, '{}'),
    'not found': await ask(host, 'GET', '/nothing'),
    misdirected: await ask(host, 'GET', '/', { host: 'attacker.example' }),
    forbidden: await ask(host, 'POST', '/api/getSnapshot', { ...call, origin: 'null' }, '{}'),
    unauthorised: await ask(host, 'POST', '/api/getSnapshot', pageHeaders(host), '{}'),
    'wrong method': await ask(host, 'DELETE', '/'),
    'wrong type': await ask(host, 'POST', '/events', { ...call, 'content-type': 'text/plain' }),
    'not JSON': await ask(host, 'POST', '/api/getSnapshot', call, '{'),
    'too large': await ask(host, 'POST', '/session', pageHeaders(host), `"${'x'.repeat(2000)}"`),
    'no such ticket': await ask(host, 'GET', '/download/x', { 'sec-fetch-site': 'same-origin' }),
    'an expectation': await ask(host, 'GET', '/nothing', { expect: 'miracles' }),
  };
  for (const [which, { headers }] of Object.entries(answers))
    expect(headers, which).toMatchObject(PAGE_HEADERS);
  const parsedBefore = {
    'not HTTP': await sendRaw(host, 'SSH-2.0-OpenSSH_9.6\r\n\r\n'),
    'a head too long': await sendRaw(host, `GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`),
    'a tunnel': await sendRaw(host, 'CONNECT attacker.example:443 HTTP/1.1\r\n\r\n'),
  };
  for (const [which, answer] of Object.entries(parsedBefore))
    for (const [name, value] of Object.entries(PAGE_HEADERS))
      expect(answer, which).toContain(`\r\n${name}: ${value}\r\n`);
  expect(Object.values(parsedBefore).map(rawStatus)).toEqual([400, 431, 405]);
});

test('the policy is the strict one', () => {
  expect(PAGE_HEADERS).toMatchObject({
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
  });
});

test('parts of the page are not served into other pages, but links lead here', async () => {
  const host = await testHost();
  const status = async (headers: Record<string, string>): Promise<number> =>
    (await ask(host, 'GET', '/assets/main.js', headers)).status;
  expect(await status({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors' })).toBe(200);
  for (const site of ['cross-site', 'same-site'])
    for (const [mode, dest] of [
      ['no-cors', 'script'],
      ['cors', 'empty'],
      ['navigate', 'iframe'],
    ] as const)
      expect(
        await status({
          'sec-fetch-site': site,
          'sec-fetch-mode': mode,
          'sec-fetch-dest': dest,
        }),
      ).toBe(403);
  const link = await ask(host, 'GET', '/', {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  });
  expect(link.status).toBe(200);
});

test('only this machine reaches the port', async () => {
  const host = await testHost();
  // 127.0.0.2 is this machine too, but not the address that is listened on.
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  connect(host.port, '127.0.0.2')
    .once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code);
    })
    .once('connect', () => {
      resolve('connected');
    });
  expect(await promise).toBe('ECONNREFUSED');
});
