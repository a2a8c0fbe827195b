import { expect, test } from 'vitest';
import { jsonErrorOf, jsonOf, signet } from '../../support/cli.ts';
import { writeDocuments } from '../../support/documents.ts';
import { temporaryFolder } from '../../support/temporary.ts';

test('doctor tries every implementation of the cipher and says which is in use', async () => {
  const { code, stdout, stderr } = await signet(['doctor']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`Node.js          ${process.version}\n`);
  // Everything that Signet runs on can do at least WebAssembly.
  expect(stdout).toContain('Cipher: wasm     good: the known answer came out\n');
  expect(stdout).toMatch(/\nIn use {11}(?:openssl|sodium|wasm)\n$/);
});

test('doctor FOLDER says whether it can be listed', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'a.age': 'a', 'b.age': 'b' });
  const { stdout } = await signet(['doctor', '.'], { cwd: folder });
  expect(stdout).toMatch(/\n\. {16}can be listed; holds 2 bundles\n$/);
});

test('doctor --json gives the same as data', async () => {
  const run = await signet(['doctor', '.', '--json', '-q'], { cwd: temporaryFolder() });
  expect(run.stderr).toBe('');
  expect(jsonOf(run)).toEqual({
    node: process.version,
    engines: ['openssl', 'sodium', 'wasm'].map((name) => ({
      name,
      state: expect.stringMatching(/^(?:good|absent)$/) as string,
    })),
    preferred: expect.stringMatching(/^(?:openssl|sodium|wasm)$/) as string,
    place: { url: '.', listed: 0 },
  });
});

test('doctor of a place that cannot be reached fails', async () => {
  const run = await signet(['doctor', '/nonexistent/inbox', '--json']);
  expect(run.code).toBe(1);
  expect(jsonErrorOf(run)['code']).toBe('bundle-missing');
});
