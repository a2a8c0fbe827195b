import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonErrorOf, jsonOf, signet } from '../../support/cli.ts';
import { writeDocuments } from '../../support/documents.ts';
import { attached, parsed } from '../../support/emails.ts';
import { filesIn, namesIn, temporaryFolder } from '../../support/temporary.ts';
import { CONTENTS, PASSPHRASE, TO_KEY, workspace } from '../../support/workspace.ts';

const OWN = ['--passphrase-file', 'secret.txt'];

interface Draft {
  readonly path: string;
  readonly attachment: string;
}

test('email writes the bundle and a draft, and the attachment opens with the passphrase', async () => {
  const cwd = workspace();
  const { code, stdout, stderr } = await signet(
    ['email', 'passport.jpg', 'degree.pdf', '--name', 'ana', '--to', 'Lee <lee@example.org>'],
    // Nothing may be needed, not even a place for settings: there can be none in a file.
    { cwd, env: { SIGNET_DATA: join(cwd, 'degree.pdf') } },
  );
  expect(code).toBe(0);
  expect(stdout).toContain('Sealed 2 documents (293 KiB) and wrote 1 draft.\n');
  expect(stdout).toContain(`\n  Draft       ${join(cwd, 'ana.tar.age.eml')}\n`);
  expect(stdout).toContain('\nOpen ana.tar.age.eml in your mail program and send it.');
  const passphrase = /^ {4}(\S+)$/m.exec(stderr)?.[1] ?? '';
  expect(passphrase.split('-')).toHaveLength(7);
  const source = readFileSync(join(cwd, 'ana.tar.age.eml'));
  const message = await parsed(source);
  expect(message.to).toEqual([{ name: 'Lee', address: 'lee@example.org' }]);
  expect(message.headers).toContainEqual(expect.objectContaining({ key: 'x-unsent', value: '1' }));
  expect(attached(message).equals(readFileSync(join(cwd, 'ana.tar.age')))).toBe(true);
  for (const name of Object.keys(CONTENTS)) expect(String(source)).not.toContain(name);
  const received = writeDocuments(temporaryFolder(), { 'ana.tar.age': attached(message) });
  const args = ['open', 'ana.tar.age', '-d', 'out', '--passphrase-stdin'];
  expect((await signet(args, { cwd: received, input: passphrase })).code).toBe(0);
  expect(readFileSync(join(received, 'out', 'degree.pdf'), 'utf8')).toBe('degree\n');
});

test('a passphrase of your own is neither in what is printed nor in what is written', async () => {
  const cwd = workspace();
  const out = temporaryFolder();
  const run = await signet(
    ['email', 'degree.pdf', ...OWN, '--format', 'zip', '--out-dir', out, '--json'],
    { cwd: writeDocuments(cwd, { 'secret.txt': `${PASSPHRASE}-unmade-raft\n` }) },
  );
  expect(run.code).toBe(0);
  expect(run.stdout + run.stderr).not.toContain(PASSPHRASE);
  const files = await filesIn(out);
  expect([...files.keys()].sort()).toEqual([
    expect.stringMatching(/^bundle-\w{6}\.zip$/),
    expect.stringMatching(/^bundle-\w{6}\.zip\.eml$/),
  ]);
  for (const [name, content] of files) expect(content.includes(PASSPHRASE), name).toBe(false);
});

test('above --limit it goes in volumes, one draft each, which open puts together', async () => {
  const cwd = workspace();
  const run = await signet(
    ['email', 'passport.jpg', ...TO_KEY, '--name', 'ana', '--limit', '150kB', '--json', '-q'],
    { cwd },
  );
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  const drafts = jsonOf(run)['drafts'] as Draft[];
  expect(drafts.map(({ attachment }) => attachment)).toEqual(
    ['001', '002', '003'].map((number) => join(cwd, `ana.tar.age.${number}`)),
  );
  const received = temporaryFolder();
  for (const { path } of drafts) {
    const source = readFileSync(path);
    expect(source.byteLength).toBeLessThanOrEqual(150_000);
    const message = await parsed(source);
    writeFileSync(join(received, message.attachments[0]!.filename!), attached(message));
    expect(attached(message).equals(readFileSync(path.slice(0, -'.eml'.length)))).toBe(true);
  }
  writeFileSync(join(received, 'key.txt'), readFileSync(join(cwd, 'key.txt')));
  const args = ['open', 'ana.tar.age.001', '-d', 'out', '-i', 'key.txt'];
  expect((await signet(args, { cwd: received })).code).toBe(0);
  const restored = readFileSync(join(received, 'out', 'passport.jpg'));
  expect(restored.equals(CONTENTS['passport.jpg'])).toBe(true);
});

test('the email speaks the language that was chosen, below the words of the sender', async () => {
  const cwd = workspace();
  const options = ['--language', 'de', '--greeting', 'Guten Tag Frau Lee,', '--name', 'ana'];
  await signet(['email', 'degree.pdf', ...TO_KEY, ...options], { cwd });
  const message = await parsed(readFileSync(join(cwd, 'ana.tar.age.eml')));
  expect(message.subject).toBe('Verschlüsselte Dokumente für Sie');
  expect(message.text).toMatch(/^Guten Tag Frau Lee,\n\nIm Anhang /);
});

test('what is larger than mail servers usually take is warned of before it is sealed', async () => {
  const cwd = writeDocuments(workspace(), { 'large.bin': Buffer.alloc(9_000_000) });
  const run = await signet(['email', 'large.bin', ...TO_KEY, '-q', '--json'], { cwd });
  expect(run.code).toBe(0);
  expect(run.stderr).toMatch(/^Warning: As an attachment it has 12 MB, [^W]*--limit\s10MB\.\n$/);
  expect(jsonOf(run)['notices']).toEqual([expect.objectContaining({ code: 'mail-split' })]);
  const limited = ['email', 'large.bin', ...TO_KEY, '--limit', '10MB', '-q'];
  const { stderr, stdout } = await signet(limited, { cwd });
  expect(stderr).toBe('');
  expect(stdout).toContain('wrote 2 drafts.');
});

test('how large it will be is said beforehand, against what the mail of the recipient takes', async () => {
  const cwd = writeDocuments(workspace(), { 'large.bin': Buffer.alloc(9_000_000) });
  const email = ['email', 'large.bin', ...TO_KEY];
  const size = /^As an attachment it has at most about 12 MB; the limit of Gmail is\s25 MB\.\n/;
  expect((await signet([...email, '--mail', 'gmail'], { cwd })).stderr).toMatch(size);
  const company = await signet([...email, '--mail', 'company'], { cwd });
  expect(company.stderr).toMatch(
    /^Warning: As an attachment it has 12 MB, and the limit of many\s/,
  );
  const small = await signet(['email', 'degree.pdf', ...TO_KEY], { cwd });
  expect(small.stderr).toMatch(/^As an attachment it has at most about [\d.]+ kB;/);
  for (const silent of ['-q', '--json']) {
    const { code, stderr } = await signet([...email, '--mail', 'gmail', silent], { cwd });
    expect(code).toBe(0);
    expect(stderr).not.toContain('As an attachment');
  }
  // What does not come to be says nothing of its size.
  const missing = await signet(['email', 'nowhere.pdf', ...TO_KEY], { cwd });
  expect(missing.stderr).not.toContain('As an attachment');
});

test.each([
  ['an address that is none', ['--to', 'lee@'], 2, 'email-address'],
  ['a greeting that is too long', ['--greeting', 'x'.repeat(5000)], 1, 'note-too-long'],
  [
    'the passphrase in the greeting',
    ['--greeting', PASSPHRASE, ...OWN],
    1,
    'email-passphrase-inside',
  ],
  ['the passphrase in the name', ['--name', PASSPHRASE, ...OWN], 1, 'email-passphrase-inside'],
  ['a document that is not there', ['nowhere.pdf'], 1, 'document-missing'],
  ['a limit that nothing fits into', ['--limit', '1kB', ...TO_KEY], 1, 'email-too-large'],
])('%s is refused, and nothing is left', async (_what, args, exit, error) => {
  const cwd = workspace();
  const before = await namesIn(cwd);
  const run = await signet(['email', 'degree.pdf', ...args, '--json', '-q'], { cwd });
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: exit, stderr: '' });
  expect(jsonErrorOf(run)['code']).toBe(error);
  expect(run.stdout).not.toContain(PASSPHRASE);
  expect(await namesIn(cwd)).toEqual(before);
});

test.each([
  ['a draft', [], 'ana.tar.age.eml'],
  ['the draft of a volume', ['--limit', '150kB'], 'ana.tar.age.002.eml'],
  ['a volume', ['--limit', '150kB'], 'ana.tar.age.003'],
])('where %s of that name is there, nothing else is left behind', async (_what, args, name) => {
  const cwd = writeDocuments(workspace(), { [name]: 'mine' });
  const before = await namesIn(cwd);
  const run = await signet(['email', 'passport.jpg', ...TO_KEY, '--name', 'ana', ...args], { cwd });
  expect(run.code).toBe(5);
  expect(run.stderr).toContain('Code: output-exists');
  expect(await namesIn(cwd)).toEqual(before);
  expect(readFileSync(join(cwd, name), 'utf8')).toBe('mine');
});

test.each([
  [['--from', 'ana@example.org'], '--from goes only with --smtp.'],
  [['--smtp-token-file', 'x'], '--smtp-token-file goes only with --smtp.'],
  [['--smtp', 'smtps://ana@smtp.example.org'], '--smtp needs to know who gets it.'],
  [['--smtp', 'https://hunter2'], 'That is not the address of a mail server.'],
  [['--smtp', 'smtps://ana:hunter2@smtp.example.org'], 'A password may not be in the address'],
  [['--smtp-password=hunter2'], "Unknown option '--smtp-password'"],
  [['--smtp-password', 'hunter2'], "Unknown option '--smtp-password'"],
  [
    ['--smtp', 'smtps://ana@smtp.example.org', '--to', 'lee@example.org'],
    "The user 'ana' is no email address.",
  ],
  [
    ['--smtp', 'smtps://ana@a.example@smtp.example.org', '--to', 'lee@example.org'],
    'There is no terminal to ask for the password',
  ],
  [['--limit', 'little'], 'It has to be a number with a unit'],
  [['--language', 'fr'], 'Allowed choices are en, de.'],
  [['--mail', 'pigeon'], 'Allowed choices are gmail, outlook, company, unknown.'],
])('email %j is wrong usage', async (args, says) => {
  const cwd = workspace();
  const before = await namesIn(cwd);
  for (const form of [[], ['--json']]) {
    const run = await signet(['email', 'degree.pdf', ...TO_KEY, ...args, ...form], { cwd });
    expect(run.code).toBe(2);
    expect(run.stdout + run.stderr).toContain(says);
    expect(run.stdout + run.stderr).not.toContain('hunter2');
  }
  expect(await namesIn(cwd)).toEqual(before);
});
