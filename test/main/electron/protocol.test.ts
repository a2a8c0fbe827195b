import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PAGE_SCHEME, pageHandler } from '../../../main/electron/protocol.ts';
import { CONTENT_SECURITY_POLICY } from '../../../main/node/page-policy.ts';
import { temporaryFolder } from '../../support/temporary.ts';

function screen() {
  const root = temporaryFolder();
  const folder = join(root, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(root, 'secret.html'), 'outside');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'app.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'app.js.map'), '{}');
  return { folder, handle: pageHandler(folder) };
}
const get = (url: string) => new Request(url);

test('the page and its files are served with their types', async () => {
  const { handle } = screen();
  const page = await handle(get('app://ui/index.html'));
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await page.text()).toBe('<!doctype html>');
  const script = await handle(get('app://ui/assets/app.js?v=1#x'));
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
});

test('every answer carries the policy of the page, a refusal too', async () => {
  const { handle } = screen();
  for (const url of ['app://ui/index.html', 'app://ui/nothing.js']) {
    const { headers } = await handle(get(url));
    expect(headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  }
});

test.each([
  'app://ui/',
  'app://ui/../secret.html',
  'app://ui/..%2fsecret.html',
  'app://ui/%2e%2e/secret.html',
  'app://ui/assets/..%5c..%5csecret.html',
  'app://ui//etc/passwd',
  'app://ui/assets',
  'app://ui/assets/app.js.map',
  'app://ui/__proto__',
  'app://other/index.html',
  'app://ui:80/index.html',
  'https://ui/index.html',
])('%s is not found', async (url) => {
  const { handle } = screen();
  const answer = await handle(get(url));
  expect(answer.status).toBe(404);
  expect(await answer.text()).toBe('');
});

test('a file that came after the start is not served', async () => {
  const { folder, handle } = screen();
  writeFileSync(join(folder, 'later.js'), 'alert(1)');
  expect((await handle(get('app://ui/later.js'))).status).toBe(404);
});

test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('%s is refused', async (method) => {
  const { handle } = screen();
  const answer = await handle(new Request('app://ui/index.html', { method }));
  expect(answer.status).toBe(405);
});

test('the scheme is standard and secure, and has no way round the policy', () => {
  expect(PAGE_SCHEME).toEqual({ scheme: 'app', privileges: { standard: true, secure: true } });
});
