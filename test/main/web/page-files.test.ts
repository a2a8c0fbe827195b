import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPageFiles } from '../../../main/web/page-files.ts';
import { writeDocuments } from '../../support/documents.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { ask, rawStatus, sendRaw, testHost } from '../../support/web-client.ts';

test('the page and its files are served by their exact paths, with their media types', async () => {
  const host = await testHost();
  const page = await ask(host, 'GET', '/');
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.body.toString()).toContain('<title>Signet</title>');
  const script = await ask(host, 'GET', '/assets/main.js');
  expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(script.body.toString()).toBe('export {};\n');
  const head = await ask(host, 'HEAD', '/');
  expect([head.status, head.headers['content-length'], head.body.byteLength]).toEqual([
    200,
    String(page.body.byteLength),
    0,
  ]);
});

test.each([
  '/../secret.html',
  '/assets/../../secret.html',
  '/..%2fsecret.html',
  '/%2e%2e/secret.html',
  '/..\\secret.html',
  '//secret.html',
  '/./index.html',
  '/assets/',
  '/assets',
  '/index.html?x',
  '/?x',
  '/INDEX.HTML',
  '/index.html%00.js',
  '/assets/main.js.map',
  '/etc/passwd',
  '/favicon.ico',
])('%s is not there', async (path) => {
  const host = await testHost();
  const answer = await sendRaw(
    host,
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${String(host.port)}\r\nConnection: close\r\n\r\n`,
  );
  expect(rawStatus(answer)).toBe(404);
  expect(answer).not.toContain('outside');
});

test('what was not there at the start, or is not a part of a page, is not served', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    'page/index.html': 'page',
    'page/notes.md': 'x',
    'page/no-ending': 'x',
    'secret.js': 'outside',
  });
  symlinkSync(join(folder, 'secret.js'), join(folder, 'page', 'link.js'));
  const files = await readPageFiles(join(folder, 'page'));
  writeFileSync(join(folder, 'page', 'later.js'), 'x');
  expect([...files.keys()].sort()).toEqual(['/', '/index.html']);
});

test('where nothing was built, there are no files', async () => {
  expect(await readPageFiles(join(temporaryFolder(), 'nothing'))).toEqual(new Map());
});
