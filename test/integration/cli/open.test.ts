import { hash } from 'node:crypto';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateKey } from '../../../app/envelope/keys.ts';
import { writeBundle } from '../../support/bundles.ts';
import { jsonErrorOf, jsonOf, signet } from '../../support/cli.ts';
import { stateOf } from '../../support/folder-state.ts';
import { tarOf } from '../../support/tars.ts';
import { namesIn } from '../../support/temporary.ts';
import { CONTENTS, PASSPHRASE, sealIn, workspace, writeKeyFile } from '../../support/workspace.ts';

const WITH_KEY = ['-i', 'key.txt'];

async function withBundle(sealing = {}): Promise<string> {
  const cwd = workspace();
  await sealIn(cwd, 'b.age', sealing);
  return cwd;
}

test('open restores the documents and says that each equals what its sender recorded', async () => {
  const cwd = await withBundle({ note: 'Dear Ben,\r\nbest wishes\n' });
  const run = await signet(['open', 'b.age', '-d', 'out', ...WITH_KEY], { cwd });
  expect(run).toEqual({
    code: 0,
    stdout: [
      `Restored 2 documents (293 KiB) to '${join(cwd, 'out')}'.`,
      '',
      '  293 KiB  passport.jpg',
      '  7 bytes  degree.pdf',
      '',
      'Note from the sender:',
      '  | Dear Ben,',
      '  | best wishes',
      '',
      'Verified: the bundle is whole, and every document equals the SHA-256 that its',
      'sender recorded. It does not say who sealed it: anyone who has your public key',
      'can.',
      '',
    ].join('\n'),
    stderr: expect.stringMatching(/^Preparing the key\nOpening \(29\d KiB\)\nSaving\n$/) as string,
  });
  for (const [name, content] of Object.entries(CONTENTS))
    expect(readFileSync(join(cwd, 'out', name))).toEqual(Buffer.from(content));
});

test('--json gives what scripts rely on', async () => {
  const cwd = await withBundle();
  const run = await signet(['open', 'b.age', '-d', 'out', ...WITH_KEY, '--json', '-q'], { cwd });
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  const hex = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
  expect(jsonOf(run)).toEqual({
    documents: [
      { name: 'passport.jpg', bytes: 300_000, sha256: hex },
      { name: 'degree.pdf', bytes: 7, sha256: hex },
    ],
    openedBy: 'key',
    authenticated: 'bundle',
    warnings: [],
    verified: true,
    sums: 'matched',
  });
});

test('--list verifies everything and writes nothing', async () => {
  const cwd = await withBundle();
  const before = stateOf(cwd);
  const { code, stdout } = await signet(['open', 'b.age', '--list', ...WITH_KEY], { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^The bundle holds 2 documents \(293 KiB\)\.\n[^]*\nVerified: /);
  expect(stateOf(cwd)).toEqual(before);
});

test('of a bundle that Signet did not make, it is said what is known', async () => {
  const cwd = workspace();
  await writeBundle(join(cwd, 'b.age'), tarOf({ name: 'a.txt', content: 'a' }));
  const { code, stdout } = await signet(['open', 'b.age', '-d', 'out', ...WITH_KEY], { cwd });
  expect(code).toBe(0);
  expect(stdout.replaceAll('\n', ' ')).toContain(
    'Intact: the bundle is whole, and its sender recorded no SHA-256 sums. It does not say who sealed it',
  );
});

test.each([
  ['more', ['a.txt', 'never.txt']],
  ['fewer', []],
])(
  'of a list of sums that names %s documents than there are, it is said so',
  async (_how, names) => {
    const cwd = workspace();
    const sums = names.map((name) => `${hash('sha256', 'a')}  ${name}\n`).join('');
    const tar = tarOf({ name: 'a.txt', content: 'a' }, { name: 'SHA256SUMS', content: sums });
    await writeBundle(join(cwd, 'b.age'), tar);
    const { code, stdout } = await signet(['open', 'b.age', '-d', 'out', ...WITH_KEY], { cwd });
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, 'out', 'a.txt'), 'utf8')).toBe('a');
    expect(stdout.replaceAll('\n', ' ')).toContain(
      'Intact: the bundle is whole, and the list of SHA-256 sums that its sender recorded does not name exactly the documents that are here; those of them that it names equal their sums.',
    );
  },
);

test('a ZIP whose names were exchanged, and its list of sums with them, is not said to be unchanged', async () => {
  const cwd = workspace();
  const sealing = ['--format', 'zip', '--passphrase-file', 'secret.txt', '--out-dir', '.'];
  for (const name of ['ana.pdf', 'bob.pdf']) writeFileSync(join(cwd, name), name);
  const made = await signet(['seal', 'ana.pdf', 'bob.pdf', ...sealing, '--name', 'b'], { cwd });
  expect(made.code).toBe(0);
  // What anybody on the way can do: the names lie open, twice each.
  const path = join(cwd, 'b.zip');
  const exchanged: Record<string, string> = {
    'ana.pdf': 'bob.pdf',
    'bob.pdf': 'ana.pdf',
    SHA256SUMS: 'curriculum',
  };
  const text = readFileSync(path, 'latin1');
  const tampered = text.replaceAll(/ana\.pdf|bob\.pdf|SHA256SUMS/g, (name) => exchanged[name]!);
  writeFileSync(path, tampered, 'latin1');
  const args = ['open', 'b.zip', '-d', 'out', '--passphrase-file', 'secret.txt'];
  const { stdout } = await signet(args, { cwd });
  expect(readFileSync(join(cwd, 'out', 'ana.pdf'), 'utf8')).toBe('bob.pdf');
  expect(stdout.replaceAll('\n', ' ')).toContain(
    'What is in each document was not changed on the way (a ZIP protects neither their names nor their number), and its sender recorded no SHA-256 sums.',
  );
  expect(stdout).not.toMatch(/Verified|Intact/);
});

test.each([
  ['in a file', ['--passphrase-file', 'secret.txt'], ''],
  ['on standard input', ['--passphrase-stdin'], `${PASSPHRASE}\n`],
  [
    'in capitals, with spaces for hyphens and a line break in it',
    ['--passphrase-stdin'],
    PASSPHRASE.toUpperCase().replace('-', '\n').replaceAll('-', '  '),
  ],
])('the passphrase may come %s', async (_what, options, input) => {
  const cwd = await withBundle({ passphrase: true });
  const run = await signet(['open', 'b.age', '--list', '--json', ...options], { cwd, input });
  expect(run.code).toBe(0);
  expect(jsonOf(run)).toMatchObject({ verified: true, openedBy: 'passphrase' });
});

test.each([
  ['a wrong passphrase', true, ['--passphrase-file', 'other.txt'], 'wrong-passphrase'],
  ['an empty passphrase', true, ['--passphrase-stdin'], 'wrong-passphrase'],
  ['a key for a passphrase', true, WITH_KEY, 'passphrase-needed'],
  ['a key of somebody else', false, ['-i', 'stranger.txt'], 'no-matching-key'],
  ['a passphrase for a key', false, ['--passphrase-file', 'secret.txt'], 'key-needed'],
  ['nothing for a key', false, [], 'key-needed'],
])('%s ends with 3 and leaves no trace', async (_what, passphrase, options, code) => {
  const cwd = await withBundle({ passphrase });
  writeKeyFile(cwd, 'stranger.txt', (await generateKey('x25519')).identity);
  const before = stateOf(cwd);
  const args = ['open', 'b.age', '-d', 'new/out', ...options];
  const run = await signet(args, { cwd });
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 3, stdout: '' });
  expect(run.stderr).toMatch(new RegExp(`Error: .*\\n(?: {2}.*\\n)+ {2}Code: ${code}\\n$`));
  expect(stateOf(cwd)).toEqual(before);
});

function flipBit(path: string): void {
  const bytes = readFileSync(path);
  bytes[250_000]! ^= 1;
  writeFileSync(path, bytes);
}

function cutShort(path: string): void {
  truncateSync(path, 200_000);
}

function append(path: string): void {
  writeFileSync(path, 'x', { flag: 'a' });
}

function replace(path: string): void {
  writeFileSync(path, CONTENTS['passport.jpg']);
}

test.each([
  ['with one bit changed', flipBit, 'bundle-damaged'],
  ['cut short', cutShort, 'bundle-damaged'],
  ['with something behind its end', append, 'bundle-damaged'],
  ['that is empty', truncateSync, 'not-a-bundle'],
  ['that is a photograph', replace, 'not-a-bundle'],
])('a bundle %s ends with 4 and leaves no trace', async (_what, harm, code) => {
  const cwd = await withBundle();
  harm(join(cwd, 'b.age'));
  const before = stateOf(cwd);
  const args = ['open', 'b.age', '-d', 'out', ...WITH_KEY];
  const run = await signet(args, { cwd });
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 4, stdout: '' });
  expect(run.stderr).toContain(`\n  Code: ${code}\n`);
  expect(stateOf(cwd)).toEqual(before);
});

test.each([
  ['fail', 5, { 'degree.pdf': 'mine' }, undefined],
  ['keep', 0, { 'degree.pdf': 'mine', 'degree (2).pdf': 'degree\n' }, '(saved as degree (2).pdf)'],
  ['replace', 0, { 'degree.pdf': 'degree\n' }, '7 bytes  degree.pdf\n'],
  ['skip', 0, { 'degree.pdf': 'mine' }, '(skipped: already there)'],
])('--on-conflict %s does what it says', async (policy, code, after, words) => {
  const cwd = await withBundle({ paths: ['degree.pdf'] });
  rmSync(join(cwd, 'degree.pdf'));
  writeFileSync(join(cwd, 'degree.pdf'), 'mine');
  const run = await signet(['open', 'b.age', '-d', '.', ...WITH_KEY, '--on-conflict', policy], {
    cwd,
  });
  expect(run.code).toBe(code);
  if (words !== undefined) expect(run.stdout).toContain(words);
  for (const [name, content] of Object.entries(after))
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(content);
  const degrees = (await namesIn(cwd)).filter((name) => name.startsWith('degree'));
  expect(degrees).toEqual(Object.keys(after).sort());
});

test('a document that was skipped is not counted as restored', async () => {
  const cwd = await withBundle();
  rmSync(join(cwd, 'passport.jpg'));
  const args = ['open', 'b.age', '-d', '.', ...WITH_KEY, '--on-conflict', 'skip'];
  expect((await signet(args, { cwd })).stdout).toMatch(
    /^Restored 1 document \(293 KiB\) to '\/.*[^/.]'\.\n/,
  );
});

test('a bundle that does not exist fails with 1', async () => {
  const run = await signet(['open', 'nowhere.age', '--list', '--json'], { cwd: workspace() });
  expect(run.code).toBe(1);
  expect(jsonErrorOf(run)).toMatchObject({ code: 'bundle-missing', data: { path: 'nowhere.age' } });
});

test('a bundle with more entries than were asked for is refused, and how to accept it is said', async () => {
  const cwd = await withBundle();
  const args = ['open', 'b.age', '-d', 'out', ...WITH_KEY, '--max-entries', '2'];
  const run = await signet(args, { cwd });
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('raise the limit with --max-entries');
  expect(await namesIn(cwd)).not.toContain('out');
});
