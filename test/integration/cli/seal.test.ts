import { readFileSync, rmSync, statSync } from 'node:fs';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonErrorOf, jsonOf, signet } from '../../support/cli.ts';
import { writeDocuments } from '../../support/documents.ts';
import { namesIn } from '../../support/temporary.ts';
import { CONTENTS, PASSPHRASE, TO_KEY, workspace } from '../../support/workspace.ts';

const GENERATED = /^ {4}([a-z]{3,9}(?:-[a-z]{3,9}){4,})$/m;

function sha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

test('seal shows a receipt, and the passphrase apart from it, once, with the words tell it another way', async () => {
  const cwd = workspace();
  const { code, stdout, stderr } = await signet(
    ['seal', 'passport.jpg', 'degree.pdf', '--name', 'application'],
    { cwd },
  );
  expect(code).toBe(0);
  const bundle = join(cwd, 'application.tar.age');
  const { size } = statSync(bundle);
  expect(stdout).toBe(
    [
      'Sealed 2 documents (293 KiB).',
      '',
      `  Bundle      ${bundle}`,
      `  Size        297 KiB (${size.toLocaleString('en')} bytes)`,
      `  SHA-256     ${sha256(readFileSync(bundle))}`,
      '  Re-opened   every document came out as it went in',
      '  Checked by  the size on disk, after flushing',
      '',
    ].join('\n'),
  );
  const passphrase = GENERATED.exec(stderr)?.[1] ?? '';
  expect(passphrase.split('-')).toHaveLength(7);
  expect(stderr.split(passphrase)).toHaveLength(2);
  expect(stderr).toContain('tell it another way');
  const opened = await signet(['open', 'application.tar.age', '-d', 'out', '--passphrase-stdin'], {
    cwd,
    input: passphrase,
  });
  expect(opened.code).toBe(0);
  expect(readFileSync(join(cwd, 'out', 'degree.pdf'), 'utf8')).toBe('degree\n');
});

test('progress is one plain line for each stage where standard error is no terminal', async () => {
  const { stderr } = await signet(['seal', 'passport.jpg', ...TO_KEY], { cwd: workspace() });
  expect(stderr).toBe('Looking at the documents\nPreparing the key\nSealing (293 KiB)\n');
});

test('--quiet leaves the receipt and the passphrase, and nothing else', async () => {
  const cwd = workspace();
  const { stdout, stderr } = await signet(['seal', 'degree.pdf', '--words', '5', '-q'], { cwd });
  expect(stdout).toMatch(/^Sealed 1 document \(7 bytes\)\.\n/);
  expect(stderr).toMatch(/^\nThe passphrase\. /);
  expect(GENERATED.exec(stderr)?.[1]?.split('-')).toHaveLength(5);
});

test('--json gives what scripts rely on, the passphrase that Signet made included', async () => {
  const cwd = workspace();
  const run = await signet(['seal', 'passport.jpg', 'degree.pdf', '--json', '-q'], { cwd });
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  const { bundle, bytes, sha256: sum, documents, passphrase, ...more } = jsonOf(run);
  expect(more).toEqual({ format: 'age' });
  expect(bundle).toMatch(/^\/.*\/bundle-[a-z2-9]{6}\.tar\.age$/);
  const content = readFileSync(String(bundle));
  expect({ bytes, sum }).toEqual({ bytes: content.byteLength, sum: sha256(content) });
  expect(documents).toEqual(
    Object.entries(CONTENTS).map(([name, each]) => ({
      name,
      bytes: each.length,
      sha256: sha256(each),
    })),
  );
  expect(String(passphrase).split('-')).toHaveLength(7);
});

test('sealed to keys or to a passphrase of your own, no passphrase is in the JSON', async () => {
  const cwd = workspace();
  for (const lock of [TO_KEY, ['--passphrase-file', 'secret.txt']]) {
    const run = await signet(['seal', 'degree.pdf', ...lock, '--json'], { cwd });
    expect(Object.keys(jsonOf(run))).toEqual(['bundle', 'format', 'bytes', 'sha256', 'documents']);
    expect(run.stdout + run.stderr).not.toContain(PASSPHRASE);
  }
});

test.each([
  ['here, under a name that tells nothing', [], /^bundle-[a-z2-9]{6}\.tar\.age$/],
  ['under a name of your own', ['--name', 'Ana'], /^Ana\.tar\.age$/],
  ['under a name that has its ending', ['--name', 'Ana.age'], /^Ana\.age$/],
  ['into another folder', ['--out-dir', 'to', '--name', 'Ana'], /^to\/Ana\.tar\.age$/],
  ['to the very path that was named', ['-o', 'to/Ana.bin'], /^to\/Ana\.bin$/],
])('the bundle goes %s', async (_what, where, path) => {
  const cwd = writeDocuments(workspace(), { 'to/': '' });
  const before = await namesIn(cwd);
  const run = await signet(['seal', 'degree.pdf', ...TO_KEY, ...where, '--json'], { cwd });
  expect(run.code).toBe(0);
  const made = (await namesIn(cwd)).filter((name) => !before.includes(name));
  expect(made).toEqual([expect.stringMatching(path)]);
  expect(jsonOf(run)['bundle']).toBe(join(cwd, made[0]!));
});

test('a folder goes in with all that is in it, and what was left out is said', async () => {
  const cwd = writeDocuments(workspace(), {
    'me/cv.pdf': 'cv',
    'me/old/cv.pdf': 'old cv',
    'me/empty/': '',
    'me/.DS_Store': 'litter',
  });
  const { stdout } = await signet(['seal', 'me', ...TO_KEY, '-o', 'me.age'], { cwd });
  expect(stdout).toContain('Sealed 2 documents (8 bytes).');
  expect(stdout).toContain("\n  Left out    me/.DS_Store (the operating system's)\n");
  rmSync(join(cwd, 'me'), { recursive: true });
  await signet(['open', 'me.age', '-d', '.', '-i', 'key.txt'], { cwd });
  expect(await namesIn(join(cwd, 'me'))).toEqual(['cv.pdf', 'empty', 'old', 'old/cv.pdf']);
});

test('each of several keys opens the bundle', async () => {
  const cwd = workspace();
  const second = jsonOf(await signet(['key', 'new', '-o', 'second.txt', '--json'], { cwd }));
  const recipients = [...TO_KEY, '-r', String(second['recipient'])];
  await signet(['seal', 'degree.pdf', ...recipients, '-o', 'two.age'], { cwd });
  for (const key of ['key.txt', 'second.txt']) {
    const run = await signet(['open', 'two.age', '--list', '-i', key, '--json'], { cwd });
    expect(jsonOf(run)['verified']).toBe(true);
  }
});

test('a weak passphrase of your own is refused with its strength, and is not repeated', async () => {
  const cwd = writeDocuments(workspace(), { 'weak.txt': 'hunter2-hunter2\n' });
  const args = ['seal', 'degree.pdf', '--passphrase-file', 'weak.txt', '-o', 'x.age'];
  const run = await signet(args, { cwd });
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 1, stdout: '' });
  expect(run.stderr).toMatch(/too weak: about \d+ bits of the 50 that it takes/);
  expect(jsonErrorOf(await signet([...args, '--json'], { cwd }))['code']).toBe('passphrase-weak');
  expect(run.stderr).not.toContain('hunter');
  expect(await namesIn(cwd)).not.toContain('x.age');
});

test('a document that does not exist fails with 1 and leaves nothing', async () => {
  const cwd = workspace();
  const before = await namesIn(cwd);
  const run = await signet(['seal', 'degree.pdf', 'visa.pdf', ...TO_KEY], { cwd });
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 1, stdout: '' });
  expect(run.stderr).toContain("Error: 'visa.pdf' does not exist.\n");
  expect(run.stderr).toContain('  Code: document-missing\n');
  expect(await namesIn(cwd)).toEqual(before);
});
