import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonOf, signet } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { workspace } from '../../support/workspace.ts';

test('advise says what to make, why, what to watch for and what to run', async () => {
  const run = await signet(
    ['advise', 'passport.jpg', 'degree.pdf', '--recipient', 'archiver', '--mail', 'gmail'],
    { cwd: workspace() },
  );
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  expect(run.stdout).toContain(
    'Make a ZIP with AES-256.\n  7-Zip, Keka and WinZip each open it.\n',
  );
  expect(run.stdout).toContain('Sent by email (Gmail), it opens.\n');
  expect(run.stdout).toContain('\nWatch for\n  - Windows Explorer');
  expect(run.stdout).toContain(
    '\nRun\n  signet seal --format zip --words 8 passport.jpg degree.pdf\n',
  );
  expect(run.stdout).not.toContain('Sources');
  expect(run.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('advise measures what it is given, folders too, and leaves everything as it is', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'papers', 'more'), { recursive: true });
  writeFileSync(join(cwd, 'papers', 'a.pdf'), 'x'.repeat(1000));
  writeFileSync(join(cwd, 'papers', 'more', 'b.pdf'), 'x'.repeat(2000));
  const before = readdirSync(cwd, { recursive: true });
  const run = await signet(['advise', 'papers', '--by', 's3', '--json'], { cwd });
  expect(jsonOf(run)).toMatchObject({
    question: { has: 'unknown', route: 's3', bytes: 3000, documents: 2, hideNames: false },
    format: 'html',
    choice: 'nothing-to-install',
    verdict: 'opens',
    command: ['signet', 'seal', '--format', 'html', 'papers'],
  });
  expect(readdirSync(cwd, { recursive: true })).toEqual(before);
});

test('advise takes a size instead of documents', async () => {
  const run = await signet(
    ['advise', '--recipient', 'browser', '--by', 'folder', '--size', '300MB', '--json'],
    { cwd: temporaryFolder() },
  );
  expect(jsonOf(run)).toMatchObject({
    question: { bytes: 300_000_000 },
    format: 'zip',
    choice: 'best-alternative',
    command: ['signet', 'seal', '--format', 'zip', '--words', '8', 'DOCUMENT'],
  });
});

test('advise without documents and size claims no size', async () => {
  const cwd = temporaryFolder();
  const [text, json] = await Promise.all([
    signet(['advise'], { cwd }),
    signet(['advise', '--json'], { cwd }),
  ]);
  expect(text.stdout).toContain('Its size is unknown');
  expect(jsonOf(json)).toMatchObject({ question: { bytes: null, documents: null } });
});

test('advise says where its knowledge comes from, when asked', async () => {
  const args = ['advise', '--recipient', 'archiver', '--mail', 'gmail', '--sources'];
  const cwd = temporaryFolder();
  const [text, json] = await Promise.all([
    signet(args, { cwd }),
    signet([...args, '--json'], { cwd }),
  ]);
  expect(text.stdout).toContain('\nSources\n');
  expect(text.stdout).toContain('    https://support.google.com/mail/answer/6590\n');
  expect(jsonOf(json)['sources']).toContainEqual(
    expect.objectContaining({ kind: 'published', url: 'https://www.7-zip.org/' }),
  );
});

test('the line to run survives names that mean something to a shell', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "it's $(touch x).pdf"), 'x');
  writeFileSync(join(cwd, '-r'), 'x');
  const { code, stdout } = await signet(
    ['advise', '--recipient', 'signet', '--by', 'folder', '--', "it's $(touch x).pdf", '-r'],
    { cwd },
  );
  expect(code).toBe(0);
  expect(stdout).toContain(`\n  signet seal --format age -- 'it'\\''s $(touch x).pdf' -r\n`);
});

test('--hide-names is passed on where it is needed', async () => {
  const args = ['advise', '--recipient', 'archiver', '--hide-names', '--size', '1MB', '--json'];
  const cwd = temporaryFolder();
  const [storage, gmail] = await Promise.all([
    signet([...args, '--by', 's3'], { cwd }),
    signet([...args, '--mail', 'gmail'], { cwd }),
  ]);
  expect(jsonOf(storage)['command']).toEqual([
    'signet',
    'seal',
    '--format',
    'zip',
    '--hide-names',
    '--words',
    '8',
    'DOCUMENT',
  ]);
  expect(jsonOf(gmail)['command']).toEqual(['signet', 'seal', '--format', '7z', 'DOCUMENT']);
});

test.each([
  [['--mail', 'gmail', '--by', 's3'], '--mail goes only with --by email.'],
  [['--size', '1MB', 'passport.jpg'], '--size cannot go together with documents.'],
  [['--size', 'much'], 'It has to be a number with a unit, such as 30MB.'],
  [['--recipient', 'grandma'], 'Allowed choices are signet, archiver, browser, unknown.'],
  [['--by', 'pigeon'], 'Allowed choices are email, s3, folder.'],
])('advise %j is wrong usage', async (args, says) => {
  const { code, stdout, stderr } = await signet(['advise', ...args], { cwd: workspace() });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(says);
});

test('advise about a document that is not there ends with 1 and names it', async () => {
  const { code, stderr } = await signet(['advise', 'gone.pdf'], { cwd: workspace() });
  expect(code).toBe(1);
  expect(stderr).toContain("Error: 'gone.pdf' does not exist.");
});

test.each([
  [['--recipient', 'signet', '--by', 's3'], 'age'],
  [['--recipient', 'archiver', '--by', 's3', '--hide-names'], 'zip'],
  [['--recipient', 'archiver', '--mail', 'gmail', '--hide-names'], '7z'],
])('what advise %j says to run makes what it says', async (args, format) => {
  const cwd = workspace();
  const { command } = jsonOf(await signet(['advise', 'degree.pdf', ...args, '--json'], { cwd }));
  const [, ...seal] = command as string[];
  const { bundle } = jsonOf(await signet([...seal, '--json', '-q'], { cwd }));
  const summary = jsonOf(await signet(['inspect', bundle as string, '--json', '-q'], { cwd }));
  expect(summary).toMatchObject({ format, names: 'sealed' });
});
