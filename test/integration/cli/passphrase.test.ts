import { expect, test } from 'vitest';
import { jsonErrorOf, jsonOf, signet } from '../../support/cli.ts';
import { PASSPHRASE } from '../../support/workspace.ts';

test('passphrase prints seven words, and their strength apart from them', async () => {
  const run = await signet(['passphrase']);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/^[a-z]{3,9}(?:-[a-z]{3,9}){6}\n$/);
  expect(run.stderr).toBe('Strength: 90.5 bits.\n');
});

test('passphrase --json gives both as data', async () => {
  const { passphrase, bits, ...others } = jsonOf(
    await signet(['passphrase', '--words', '5', '--json']),
  );
  expect(others).toEqual({});
  expect(String(passphrase).split('-')).toHaveLength(5);
  expect(bits).toBeCloseTo(64.6, 1);
});

test.each(['4', '13'])('a passphrase of %s words is wrong usage', async (words) => {
  const run = await signet(['passphrase', '--words', words, '--json']);
  expect(run.code).toBe(2);
  expect(jsonErrorOf(run)['code']).toBe('passphrase-words');
});

test.each([
  [PASSPHRASE, /^Strong enough: about 1\d\d bits; Signet asks for 50\.\n$/],
  ['hunter2', /^Too weak: about 1\d bits; Signet asks for 50\.\n$/],
])('passphrase --check measures %s without repeating it', async (passphrase, verdict) => {
  const run = await signet(['passphrase', '--check', '--passphrase-stdin'], { input: passphrase });
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  expect(run.stdout).toMatch(verdict);
});

test('passphrase --check --json gives the measure as data', async () => {
  const run = await signet(['passphrase', '--check', '--passphrase-stdin', '--json'], {
    input: 'hunter2',
  });
  expect(jsonOf(run)).toEqual({ bits: expect.any(Number) as number, enough: false, floor: 50 });
});
