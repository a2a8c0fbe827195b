import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createBuilder } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { PROJECT } from '../support/cli.ts';

const KIBIBYTE = 1024;
const root = mkdtempSync(join(tmpdir(), 'signet-screen-'));
const folder = join(root, 'renderer');
const page = (): string => readFileSync(join(folder, 'index.html'), 'utf8');

beforeAll(async () => {
  // Not as a test: React would be built for its developers.
  vi.stubEnv('NODE_ENV', 'production');
  const builder = await createBuilder({
    configFile: join(PROJECT, 'vite.config.ts'),
    logLevel: 'error',
    environments: { client: { build: { outDir: folder } } },
  });
  await builder.build(builder.environments['client']!);
  vi.unstubAllEnvs();
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test('the script of the first screen is at most 150 KiB, compressed', () => {
  const scripts = [...page().matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(
    ([, path = '']) => path,
  );
  expect(scripts).not.toEqual([]);
  const bytes = scripts
    .map((path) => gzipSync(readFileSync(join(folder, path))).byteLength)
    .reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeLessThanOrEqual(150 * KIBIBYTE);
});

test('nothing in the page is inline, and nothing comes from elsewhere', () => {
  expect(page()).not.toMatch(/<script(?![^>]*\ssrc="\.\/)|<style|\sstyle=|\son\w+=|https?:|\/\//i);
});
