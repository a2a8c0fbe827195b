import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonErrorOf, jsonOf, signet } from '../../support/cli.ts';
import { testKey } from '../../support/bundles.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { workspace, writeKeyFile } from '../../support/workspace.ts';

test('key new prints the public half and writes the secret half where only its owner can read it', async () => {
  const cwd = temporaryFolder();
  const run = await signet(['key', 'new', '-o', 'me.txt'], { cwd });
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/^age1[a-z0-9]{58}\n$/);
  const path = join(cwd, 'me.txt');
  expect(run.stderr).toContain(`The secret half is in ${path}.\n`);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(`# public key: ${run.stdout}`);
  expect(text).toMatch(/^AGE-SECRET-KEY-1[A-Z0-9]{58}$/m);
  expect(run.stdout + run.stderr).not.toContain('AGE-SECRET-KEY');
});

test('key new --json names the file and the public half', async () => {
  const cwd = temporaryFolder();
  const run = await signet(['key', 'new', '-o', 'me.txt', '--json'], { cwd });
  expect(jsonOf(run)).toEqual({
    identityFile: join(cwd, 'me.txt'),
    recipient: expect.stringMatching(/^age1/) as string,
  });
  expect(run.stderr).toBe('');
});

test('a post-quantum key seals and opens', async () => {
  const cwd = workspace();
  const made = jsonOf(
    await signet(['key', 'new', '-o', 'pq.txt', '--post-quantum', '--json'], { cwd }),
  );
  expect(made['recipient']).toMatch(/^age1pq1/);
  await signet(['seal', 'degree.pdf', '-r', String(made['recipient']), '-o', 'b.age'], { cwd });
  const run = await signet(['open', 'b.age', '--list', '-i', 'pq.txt', '--json'], { cwd });
  expect(jsonOf(run)['verified']).toBe(true);
});

test('key new never replaces a file', async () => {
  const cwd = workspace();
  const before = readFileSync(join(cwd, 'key.txt'));
  const run = await signet(['key', 'new', '-o', 'key.txt', '--json'], { cwd });
  expect(run.code).toBe(5);
  expect(jsonErrorOf(run)['code']).toBe('output-exists');
  expect(readFileSync(join(cwd, 'key.txt'))).toEqual(before);
});

test('key public prints the public half of each key in a file', async () => {
  const cwd = temporaryFolder();
  writeKeyFile(cwd, 'two.txt', `# mine\n${testKey.identity}\n\n${testKey.identity}`);
  const { recipient } = testKey;
  expect(await signet(['key', 'public', 'two.txt'], { cwd })).toEqual({
    code: 0,
    stdout: `${recipient}\n${recipient}\n`,
    stderr: '',
  });
  const run = await signet(['key', 'public', 'two.txt', '--json'], { cwd });
  expect(jsonOf(run)).toEqual({ recipients: [recipient, recipient] });
});

test.each(['secret.txt', 'nowhere.txt'])('%s is no identity file', async (file) => {
  const run = await signet(['key', 'public', file], { cwd: workspace() });
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 1, stdout: '' });
  expect(run.stderr).toContain(`Error: '${file}' is not an identity file.\n`);
  expect(run.stderr).not.toContain('clambake');
});
