import { readFileSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonOf, signet } from '../../support/cli.ts';
import { sealIn, workspace } from '../../support/workspace.ts';

/** The beginning of a file that somebody sealed with age to an SSH key; the rest does not matter here. */
const FOR_SSH = [
  'age-encryption.org/v1',
  '-> ssh-ed25519 Xyg06A fnTuGc6PJ4LkLfmHw5AQLrBHFYeITWpAVTSrvvNzwRo',
  '5Qtxg/WhyEVcLbYzFyhMSJ1yXLmB0x1XhKmfC5dTZ/c',
  '--- C/eQpQR5OdMs6pDuvDAwkKPY9xn7Gjr0iMV6TzqB7Gs',
  'payload',
].join('\n');

test('inspect says what opens a bundle and what does not show, without opening it', async () => {
  const cwd = workspace();
  await sealIn(cwd, 'b.age', { passphrase: true });
  const content = readFileSync(join(cwd, 'b.age'));
  expect(await signet(['inspect', 'b.age'], { cwd })).toEqual({
    code: 0,
    stdout: [
      'Format      age v1',
      'Opened by   a passphrase',
      'Each guess  takes 16 KiB of memory (scrypt, work factor 4)',
      'Opens with  Signet, age, rage, and other tools for age files',
      'Documents   sealed, with their names and their number',
      `Size        297 KiB (${content.byteLength.toLocaleString('en')} bytes)`,
      `SHA-256     ${hash('sha256', content)}`,
      '',
    ].join('\n'),
    stderr: 'Checking (297 KiB)\n',
  });
});

test('inspect --json gives the same as data', async () => {
  const cwd = workspace();
  const sha256 = await sealIn(cwd, 'b.age');
  const { bytes, ...others } = jsonOf(await signet(['inspect', 'b.age', '--json'], { cwd }));
  expect(bytes).toBe(readFileSync(join(cwd, 'b.age')).byteLength);
  expect(others).toEqual({
    format: 'age',
    lockedWith: 'keys',
    derivation: { kind: 'keys' },
    names: 'sealed',
    armored: false,
    stanzas: ['X25519'],
    opensWith: ['signet', 'age'],
    sha256,
  });
});

test.each([
  ['ssh-ed25519', 'ssh-ed25519', '1 SSH key (Ed25519)'],
  ['an unknown stanza', 'frobnicate', '1 recipient of a kind unknown here'],
])('inspect does not promise that Signet opens %s', async (_what, stanza, opens) => {
  const cwd = workspace();
  writeFileSync(join(cwd, 'b.age'), FOR_SSH.replace('ssh-ed25519', stanza));
  const { code, stdout } = await signet(['inspect', 'b.age'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain(`Opened by   ${opens}\n`);
  expect(stdout).toContain('Opens with  age, rage, and other tools');
});

test('inspect of what is no bundle ends with 4', async () => {
  const run = await signet(['inspect', 'passport.jpg'], { cwd: workspace() });
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 4, stdout: '' });
  expect(run.stderr).toContain("Error: 'passport.jpg' is not a bundle that Signet can open.\n");
});
