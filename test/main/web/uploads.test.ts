import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, watch } from 'node:fs';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { appears } from '../../support/appears.ts';
import { patternBytes } from '../../support/documents.ts';
import {
  ask,
  enter,
  pageHeaders,
  sendRaw,
  rawStatus,
  testHost,
  type TestHost,
} from '../../support/web-client.ts';

function fileHeaders(host: TestHost, token: string, name: string): Record<string, string> {
  return {
    ...pageHeaders(host, token),
    'content-type': 'application/octet-stream',
    'x-signet-name': encodeURIComponent(name),
  };
}

test('a document arrives in the staging folder, for its owner alone, with its time, under a name of ours', async () => {
  const host = await testHost();
  const content = patternBytes(3_000_001);
  const headers = {
    ...fileHeaders(host, await enter(host), 'Urlaub/Paß (1).jpg'),
    'x-signet-modified': '1700000000123',
  };
  const answer = await ask(host, 'POST', '/files', headers, content);
  expect(answer.status).toBe(200);
  const [granted] = host.session.granted;
  const path = granted!.path;
  expect(granted).toEqual({ path, name: 'Urlaub/Paß (1).jpg', staged: true });
  expect(dirname(path)).toBe(host.stagingFolder);
  expect(path.slice(host.stagingFolder.length)).toMatch(/^\/upload-[0-9a-f]{32}$/);
  expect(readFileSync(path).equals(content)).toBe(true);
  const { mode, mtimeMs } = statSync(path);
  expect([mode & 0o777, mtimeMs]).toEqual([0o600, 1_700_000_000_123]);
  expect(JSON.parse(answer.body.toString())).toMatchObject({
    ok: true,
    value: { id: 'grant-0', kind: 'file' },
  });
});

test('an empty document is one too', async () => {
  const host = await testHost();
  const headers = fileHeaders(host, await enter(host), 'empty.txt');
  expect((await ask(host, 'POST', '/files', headers, '')).status).toBe(200);
  expect(statSync(host.session.granted[0]!.path).size).toBe(0);
});

test.each([
  '',
  '/etc/passwd',
  '../outside.txt',
  'a/../../outside.txt',
  'a/./b',
  'a//b',
  'a/',
  '.',
  '..',
  'nul\0.txt',
  'ä'.repeat(2049),
])('%j is no name for a document', async (name) => {
  const host = await testHost();
  const headers = fileHeaders(host, await enter(host), name);
  expect((await ask(host, 'POST', '/files', headers, 'x')).status).toBe(400);
  expect(host.session.granted).toEqual([]);
  expect(readdirSync(host.stagingFolder)).toEqual([]);
});

test.each([
  ['x-signet-name', ''],
  ['x-signet-name', 'two words'],
  ['x-signet-name', 'a.txt, b.txt'],
  ['x-signet-name', '%'],
  ['x-signet-name', '%ff'],
  ['x-signet-modified', 'yesterday'],
  ['x-signet-modified', '1e3'],
  ['x-signet-modified', '9999999999999999'],
])('a document whose %s is %s is refused', async (header, value) => {
  const host = await testHost();
  const headers = { ...fileHeaders(host, await enter(host), 'a.txt'), [header]: value };
  expect((await ask(host, 'POST', '/files', headers, 'x')).status).toBe(400);
  expect(readdirSync(host.stagingFolder)).toEqual([]);
});

test('whatever the name, the core is the judge of what may be in a bundle', async () => {
  const host = await testHost();
  const token = await enter(host);
  const names = ['CON', 'a\\b', 'C:x', 'trailing. ', '%2e%2e', '..%2f', 'line\nbreak', '-rf'];
  for (const name of names) await ask(host, 'POST', '/files', fileHeaders(host, token, name), 'x');
  expect(host.session.granted.map(({ name }) => name)).toEqual(names);
  for (const { path } of host.session.granted) expect(dirname(path)).toBe(host.stagingFolder);
});

/** Begins to hand over a document of 1,000 bytes, and stops after the first. */
function beginUpload(host: TestHost, token: string) {
  const sending = request({
    host: '127.0.0.1',
    port: host.port,
    method: 'POST',
    path: '/files',
    headers: { ...fileHeaders(host, token, 'a.txt'), 'content-length': '1000' },
    agent: false,
  });
  sending.on('error', () => undefined);
  sending.write('x');
  return sending;
}

test('a document that breaks off on its way leaves nothing', async () => {
  const host = await testHost();
  const sending = beginUpload(host, await enter(host));
  const name = await appears(host.stagingFolder, /^upload-/);
  sending.destroy();
  await removed(join(host.stagingFolder, name));
  expect(host.session.granted).toEqual([]);
});

test('a document that does not go on is given up and leaves nothing', async () => {
  const host = await testHost({ times: { upload: { idle: 100 } } });
  const sending = beginUpload(host, await enter(host));
  const status = await new Promise((resolve) => {
    sending.once('response', (response) => {
      resolve(response.statusCode);
    });
  });
  expect(status).toBe(408);
  expect(readdirSync(host.stagingFolder)).toEqual([]);
});

test('a document that the core does not take is removed', async () => {
  const host = await testHost();
  const error = { code: 'host-gone', data: {} } as const;
  host.session.grantAnswer = { ok: false, error };
  const headers = fileHeaders(host, await enter(host), 'a.txt');
  const answer = await ask(host, 'POST', '/files', headers, 'x');
  expect(JSON.parse(answer.body.toString())).toEqual({ ok: false, error });
  expect(readdirSync(host.stagingFolder)).toEqual([]);
});

test('a document that cannot be written is a result, not a broken connection', async () => {
  const host = await testHost();
  rmSync(host.stagingFolder, { recursive: true });
  const headers = fileHeaders(host, await enter(host), 'a.txt');
  const answer = await ask(host, 'POST', '/files', headers, 'x');
  expect(JSON.parse(answer.body.toString())).toEqual({
    ok: false,
    error: { code: 'host-failed', data: {} },
  });
});

test('sixty documents at once arrive whole', async () => {
  const host = await testHost();
  const token = await enter(host);
  const contents = Array.from({ length: 60 }, (_none, index) => patternBytes(100_000, index));
  await Promise.all(
    contents.map((content, index) =>
      ask(host, 'POST', '/files', fileHeaders(host, token, `${String(index)}.bin`), content),
    ),
  );
  const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const arrived = host.session.granted.map(({ path, name }) => [name, digest(readFileSync(path))]);
  expect(Object.fromEntries(arrived)).toEqual(
    Object.fromEntries(contents.map((content, index) => [`${String(index)}.bin`, digest(content)])),
  );
});

test('a large document is not held in memory', async () => {
  const host = await testHost();
  const token = await enter(host);
  const size = 200 * 2 ** 20;
  const piece = Buffer.alloc(2 ** 20);
  const before = process.memoryUsage();
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().arrayBuffers)), 5);
  const status = await new Promise((resolve, reject) => {
    const sending = request({
      host: '127.0.0.1',
      port: host.port,
      method: 'POST',
      path: '/files',
      headers: { ...fileHeaders(host, token, 'large.bin'), 'content-length': String(size) },
      agent: false,
    });
    sending.once('error', reject).once('response', (response) => {
      response.resume().once('end', () => {
        resolve(response.statusCode);
      });
    });
    let left = size / piece.byteLength;
    const more = (): void => {
      while (left > 0) {
        left -= 1;
        if (!sending.write(piece)) {
          sending.once('drain', more);
          return;
        }
      }
      sending.end();
    };
    more();
  });
  clearInterval(watch);
  expect(status).toBe(200);
  expect(statSync(host.session.granted[0]!.path).size).toBe(size);
  expect(peak - before.arrayBuffers).toBeLessThan(64 * 2 ** 20);
});

test('a name that is announced twice is no name', async () => {
  const host = await testHost();
  const headers = Object.entries(fileHeaders(host, await enter(host), 'a.txt'));
  const answer = await sendRaw(
    host,
    [
      'POST /files HTTP/1.1',
      `Host: 127.0.0.1:${String(host.port)}`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
      'x-signet-name: ../b.txt',
      'Content-Length: 1',
      'Connection: close',
      '',
      'x',
    ].join('\r\n'),
  );
  expect(rawStatus(answer)).toBe(400);
});

/** Resolves when the file is no more. */
function removed(path: string): Promise<void> {
  return new Promise<void>((resolve) => {
    const watcher = watch(dirname(path), () => {
      if (existsSync(path)) return;
      watcher.close();
      resolve();
    });
    if (!existsSync(path)) {
      watcher.close();
      resolve();
    }
  });
}
