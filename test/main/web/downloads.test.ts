import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentDisposition, TICKET_LIFE } from '../../../main/web/downloads.ts';
import { IDLE_LIFE } from '../../../main/web/door.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { ask, enter, testHost, type TestHost } from '../../support/web-client.ts';

const OWN = { 'sec-fetch-site': 'same-origin' };
const CONTENT = patternBytes(3_000_000);

async function offer(host: TestHost, name = 'bundle.tar.age'): Promise<[string, string]> {
  const file = join(writeDocuments(temporaryFolder(), { bundle: CONTENT }), 'bundle');
  return [await host.ports.offerDownload(file, name), file];
}

test('a file is fetched by its ticket, once', async () => {
  const host = await testHost();
  const [path] = await offer(host);
  expect(path).toMatch(/^\/download\/[A-Za-z0-9_-]{43}$/);
  const answer = await ask(host, 'GET', path, OWN);
  expect(answer.status).toBe(200);
  expect(answer.body.equals(CONTENT)).toBe(true);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': String(CONTENT.byteLength),
    'content-disposition': `attachment; filename="bundle.tar.age"; filename*=UTF-8''bundle.tar.age`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect((await ask(host, 'GET', path, OWN)).status).toBe(404);
});

test('a ticket is good for a minute', async () => {
  const host = await testHost();
  const [inTime] = await offer(host);
  host.clock.now += TICKET_LIFE - 1;
  expect((await ask(host, 'GET', inTime, OWN)).status).toBe(200);
  const [tooLate] = await offer(host);
  host.clock.now += TICKET_LIFE;
  expect((await ask(host, 'GET', tooLate, OWN)).status).toBe(404);
});

test.each([
  '/download/',
  `/download/${'A'.repeat(43)}`,
  '/download/../index.html',
  '/download//etc/passwd',
])('%s is no ticket', async (path) => {
  const host = await testHost();
  await offer(host);
  expect((await ask(host, 'GET', path, OWN)).status).toBe(404);
});

test('another page cannot use a ticket, and does not use it up by trying', async () => {
  const host = await testHost();
  const [path] = await offer(host);
  for (const site of [undefined, 'cross-site', 'same-site', 'none']) {
    const headers = site === undefined ? {} : { 'sec-fetch-site': site };
    expect((await ask(host, 'GET', path, headers)).status).toBe(403);
  }
  for (const method of ['POST', 'HEAD', 'OPTIONS'])
    expect((await ask(host, method, path, OWN)).status).toBe(405);
  expect((await ask(host, 'GET', path, OWN)).status).toBe(200);
});

test('tickets end with the session that they were given to', async () => {
  const host = await testHost();
  await enter(host);
  const [ofFirst] = await offer(host);
  await enter(host);
  expect((await ask(host, 'GET', ofFirst, OWN)).status).toBe(404);
  const [ofSecond] = await offer(host);
  host.clock.now += IDLE_LIFE + 1;
  expect((await ask(host, 'GET', ofSecond, OWN)).status).toBe(404);
});

test('of very many tickets, the newest 64 are good', async () => {
  const host = await testHost();
  const [file] = (await offer(host)).slice(1);
  const paths: string[] = [];
  for (let count = 0; count < 65; count += 1)
    paths.push(await host.ports.offerDownload(file ?? '', 'x'));
  expect((await ask(host, 'GET', paths[0] ?? '', OWN)).status).toBe(404);
  expect((await ask(host, 'GET', paths[1] ?? '', OWN)).status).toBe(200);
});

test('a file that has gone is not there', async () => {
  const host = await testHost();
  const [path, file] = await offer(host);
  rmSync(file);
  expect((await ask(host, 'GET', path, OWN)).status).toBe(404);
});

test.each([
  ['plain.age', `attachment; filename="plain.age"; filename*=UTF-8''plain.age`],
  [
    'a "b"; c=\\d',
    `attachment; filename="a _b__ c__d"; filename*=UTF-8''a%20%22b%22%3B%20c%3D%5Cd`,
  ],
  [
    'Paß 日本.age',
    `attachment; filename="Pa_ __.age"; filename*=UTF-8''Pa%C3%9F%20%E6%97%A5%E6%9C%AC.age`,
  ],
  [
    "it's (1)*.age",
    `attachment; filename="it_s (1)_.age"; filename*=UTF-8''it%27s%20%281%29%2A.age`,
  ],
  [
    'a\r\nSet-Cookie: x',
    `attachment; filename="a__Set-Cookie_ x"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x`,
  ],
  ['half \ud800', `attachment; filename="half _"; filename*=UTF-8''half%20%EF%BF%BD`],
])('%j is told to the browser in a way that cannot be misread', (name, header) => {
  expect(contentDisposition(name)).toBe(header);
});
