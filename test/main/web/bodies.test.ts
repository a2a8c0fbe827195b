import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import {
  ask,
  enter,
  pageHeaders,
  rawStatus,
  sendRaw,
  testHost,
  type TestHost,
} from '../../support/web-client.ts';

const MIB = 2 ** 20;
const QUICK = { times: { json: { idle: 100, total: 200 }, upload: { idle: 100 }, head: 100 } };

async function call(host: TestHost, token: string, body: string | Buffer) {
  return ask(host, 'POST', '/api/newPassphrase', pageHeaders(host, token), body);
}

test('a command gets its input as it was sent, and the page gets the result', async () => {
  const host = await testHost();
  const answer = await call(host, await enter(host), '{"words":7,"ä":["\\u0000"]}');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  const input = { words: 7, ä: ['\0'] };
  expect(JSON.parse(answer.body.toString())).toEqual({ ok: true, value: input });
  expect(host.session.invoked).toEqual([{ command: 'newPassphrase', input }]);
});

test.each([
  ['nothing', ''],
  ['half of it', '{"words":'],
  ['more than one value', '{}{}'],
  ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
])('%s is refused as input', async (_which, body) => {
  const host = await testHost();
  const answer = await call(host, await enter(host), body);
  expect([answer.status, answer.body.byteLength]).toEqual([400, 0]);
  expect(host.session.invoked).toEqual([]);
});

test('input of 16 MiB is taken, and a byte more is not, whether it was announced or not', async () => {
  const host = await testHost();
  const token = await enter(host);
  const json = (bytes: number): string => `"${'x'.repeat(bytes - 2)}"`;
  expect((await call(host, token, json(16 * MIB))).status).toBe(200);
  expect((await call(host, token, json(16 * MIB + 1))).status).toBe(413);
  const unannounced = await new Promise((resolve, reject) => {
    const sending = request({
      host: '127.0.0.1',
      port: host.port,
      method: 'POST',
      path: '/api/newPassphrase',
      headers: { ...pageHeaders(host, token), 'transfer-encoding': 'chunked' },
    });
    sending.once('response', (response) => {
      sending.off('error', reject).on('error', () => undefined);
      resolve(response.statusCode);
      response.resume();
    });
    sending.once('error', reject);
    sending.end(json(16 * MIB + 1));
  });
  expect(unannounced).toBe(413);
  expect(host.session.invoked).toHaveLength(1);
});

test('what comes from outside the session may hardly say anything', async () => {
  const host = await testHost();
  const long = `{"secret":"${'x'.repeat(1024)}"}`;
  for (const path of ['/session', '/open'])
    expect((await ask(host, 'POST', path, pageHeaders(host), long)).status).toBe(413);
});

function head(host: TestHost, token: string, path: string, more: readonly string[]): string {
  const headers = Object.entries(pageHeaders(host, token));
  return [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${String(host.port)}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...more,
    '',
    '',
  ].join('\r\n');
}

test('a body that does not go on is given up', async () => {
  const host = await testHost(QUICK);
  const token = await enter(host);
  const answer = await sendRaw(host, `${head(host, token, '/api/x', ['Content-Length: 9'])}{`);
  expect(rawStatus(answer)).toBe(408);
});

test('a body that trickles in is given up', async () => {
  const host = await testHost(QUICK);
  const token = await enter(host);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(host.port, '127.0.0.1');
    const trickle = setInterval(() => socket.write('1'), 20);
    let text = '';
    socket.on('data', (piece) => (text += piece.toString('latin1')));
    socket.once('error', reject);
    socket.once('close', () => {
      clearInterval(trickle);
      resolve(text);
    });
    socket.write(head(host, token, '/api/x', ['Content-Length: 9000']));
  });
  expect(rawStatus(answer)).toBe(408);
});

test('a head that does not end is given up', async () => {
  const host = await testHost(QUICK);
  expect(rawStatus(await sendRaw(host, 'GET / HTTP/1.1\r\nHost: 127'))).toBe(408);
});

test('a body with two lengths is not HTTP', async () => {
  const host = await testHost();
  const token = await enter(host);
  for (const lengths of [
    ['Content-Length: 2', 'Content-Length: 3'],
    ['Content-Length: 2', 'Transfer-Encoding: chunked'],
  ])
    expect(rawStatus(await sendRaw(host, `${head(host, token, '/api/x', lengths)}{}`))).toBe(400);
  expect(host.session.invoked).toEqual([]);
});

test('a command whose name is no name at all is the contract’s to refuse', async () => {
  const host = await testHost();
  const headers = pageHeaders(host, await enter(host));
  for (const name of ['', '__proto__', '../session', '%2e%2e%2fsession', 'a/b?c'])
    await ask(host, 'POST', `/api/${name}`, headers, '{}');
  expect(host.session.invoked.map(({ command }) => command)).toEqual([
    '',
    '__proto__',
    '../session',
    '%2e%2e%2fsession',
    'a/b?c',
  ]);
});
