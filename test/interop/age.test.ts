import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonOf, signet, start, type Run } from '../support/cli.ts';
import { writeDocuments } from '../support/documents.ts';
import { hasCommand } from '../support/peers.ts';
import { hasTerminal, inTerminal } from '../support/pty.ts';
import { namesIn } from '../support/temporary.ts';
import { CONTENTS, PASSPHRASE, workspace } from '../support/workspace.ts';

const ENTER = '\r';
const NOTE = 'For the interview on Monday.';

/** Runs a line of shell; any command in a pipe that fails makes it fail. */
function shell(line: string, cwd: string): Promise<Run> {
  return start('bash', ['-c', `set -o pipefail; ${line}`], { cwd }).ended;
}

/** A workspace with a key that age-keygen made, in `age.txt`; its recipient. */
async function withAgeKey(): Promise<{ cwd: string; recipient: string }> {
  const cwd = workspace();
  await shell('age-keygen -o age.txt', cwd);
  const { stdout } = await shell('age-keygen -y age.txt', cwd);
  return { cwd, recipient: stdout.trim() };
}

function expectDocuments(folder: string): void {
  for (const [name, content] of Object.entries(CONTENTS))
    expect(readFileSync(join(folder, name))).toEqual(Buffer.from(content));
}

async function signetOpens(cwd: string, bundle: string, ...unlock: string[]): Promise<unknown> {
  const run = await signet(['open', bundle, '-d', 'out', ...unlock, '--json', '-q'], { cwd });
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  return jsonOf(run)['documents'];
}

describe.skipIf(!hasCommand('age'))('what Signet seals, other tools open', () => {
  test('to a key of age-keygen: age and tar restore it, and sha256sum finds every document right', async () => {
    const { cwd, recipient } = await withAgeKey();
    const documents = ['passport.jpg', 'degree.pdf', '--note', NOTE];
    await signet(['seal', ...documents, '-r', recipient, '-o', 'b.age'], { cwd });
    writeDocuments(cwd, { 'out/': '' });
    const run = await shell('age -d -i age.txt b.age | tar xf - -C out', cwd);
    expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
    expectDocuments(join(cwd, 'out'));
    expect(readFileSync(join(cwd, 'out/NOTE.txt'), 'utf8')).toContain(NOTE);
    const checked = await shell('sha256sum --strict -c SHA256SUMS', join(cwd, 'out'));
    expect(checked).toEqual({
      code: 0,
      stdout: 'NOTE.txt: OK\npassport.jpg: OK\ndegree.pdf: OK\n',
      stderr: '',
    });
  });

  test('a folder with names beyond ASCII, long paths and an empty folder comes out as it went in', async () => {
    const { cwd, recipient } = await withAgeKey();
    const long = `${'deep folder/'.repeat(20)}${'n'.repeat(200)}.pdf`;
    writeDocuments(cwd, { 'me/Zoë 履歴書.pdf': 'cv', [`me/${long}`]: 'long', 'me/none/': '' });
    await signet(['seal', 'me', '-r', recipient, '-o', 'b.age'], { cwd });
    writeDocuments(cwd, { 'out/': '' });
    expect((await shell('age -d -i age.txt b.age | tar xf - -C out', cwd)).code).toBe(0);
    expect((await shell('diff -r me out/me', cwd)).code).toBe(0);
    expect((await shell('sha256sum --strict -c SHA256SUMS', join(cwd, 'out'))).code).toBe(0);
  });

  test('to a key of its own: age opens it with the file that signet key new wrote', async () => {
    const cwd = workspace();
    const { stdout } = await signet(['key', 'new', '-o', 'signet.txt'], { cwd });
    await signet(['seal', 'degree.pdf', '-r', stdout.trim(), '-o', 'b.age'], { cwd });
    const run = await shell('age -d -i signet.txt b.age | tar xOf - degree.pdf', cwd);
    expect(run).toEqual({ code: 0, stdout: 'degree\n', stderr: '' });
    expect((await shell('age-keygen -y signet.txt', cwd)).stdout).toBe(stdout);
  });

  test.skipIf(!hasTerminal)(
    'to a passphrase: age opens it when the passphrase is typed',
    async () => {
      const cwd = workspace();
      const seal = ['seal', 'degree.pdf', '--passphrase-file', 'secret.txt', '-o', 'b.age'];
      await signet(seal, { cwd });
      const age = inTerminal('age', ['-d', '-o', 'b.tar', 'b.age'], { cwd });
      await age.shows('Enter passphrase:');
      age.type(`${PASSPHRASE}${ENTER}`);
      expect((await age.ended).code).toBe(0);
      expect((await shell('tar xOf b.tar degree.pdf', cwd)).stdout).toBe('degree\n');
    },
  );

  test('a receipt has the SHA-256 that sha256sum finds', async () => {
    const { cwd, recipient } = await withAgeKey();
    const args = ['seal', 'degree.pdf', '-r', recipient, '-o', 'b.age', '--json'];
    const { sha256 } = jsonOf(await signet(args, { cwd }));
    expect((await shell('sha256sum b.age', cwd)).stdout).toBe(`${String(sha256)}  b.age\n`);
  });
});

describe.skipIf(!hasCommand('age'))('what other tools seal, Signet opens', () => {
  test.each([
    ['GNU tar', 'tar cf - passport.jpg degree.pdf'],
    ['GNU tar from a folder with a dot', 'tar cf - ./passport.jpg ./degree.pdf'],
    ['POSIX tar', 'tar --format=posix -cf - passport.jpg degree.pdf'],
    ['old tar', 'tar --format=ustar -cf - passport.jpg degree.pdf'],
  ])('a tar of %s, sealed by age to a key of its own', async (_what, tar) => {
    const { cwd, recipient } = await withAgeKey();
    expect((await shell(`${tar} | age -r ${recipient} -o b.age`, cwd)).code).toBe(0);
    expect(await signetOpens(cwd, 'b.age', '-i', 'age.txt')).toHaveLength(2);
    expectDocuments(join(cwd, 'out'));
  });

  test('a tar whose SHA256SUMS was made by sha256sum is verified against it', async () => {
    const { cwd, recipient } = await withAgeKey();
    const names = 'passport.jpg degree.pdf';
    await shell(
      `sha256sum ${names} > SHA256SUMS && tar cf - ${names} SHA256SUMS | age -r ${recipient} -o b.age`,
      cwd,
    );
    const args = ['open', 'b.age', '--list', '-i', 'age.txt', '--json'];
    expect(jsonOf(await signet(args, { cwd }))).toMatchObject({ verified: true, sums: 'matched' });
  });

  test('an armored file', async () => {
    const { cwd, recipient } = await withAgeKey();
    await shell(`tar cf - passport.jpg degree.pdf | age -a -r ${recipient} -o b.age`, cwd);
    expect(await signetOpens(cwd, 'b.age', '-i', 'age.txt')).toHaveLength(2);
    expectDocuments(join(cwd, 'out'));
    expect((await signet(['inspect', 'b.age'], { cwd })).stdout).toContain(
      'age v1, as text (armored)\n',
    );
  });

  test('a single file that is no archive is restored under the name of the bundle', async () => {
    const { cwd, recipient } = await withAgeKey();
    await shell(`age -r ${recipient} -o scan.jpg.age passport.jpg`, cwd);
    const documents = await signetOpens(cwd, 'scan.jpg.age', '-i', 'age.txt');
    expect(documents).toMatchObject([{ name: 'scan.jpg', bytes: 300_000 }]);
    expect(await namesIn(join(cwd, 'out'))).toEqual(['scan.jpg']);
    expect(readFileSync(join(cwd, 'out/scan.jpg'))).toEqual(CONTENTS['passport.jpg']);
  });

  test('a file to several keys, with the second of them', async () => {
    const { cwd, recipient } = await withAgeKey();
    const other = (await signet(['key', 'new', '-o', 'signet.txt'], { cwd })).stdout.trim();
    await shell(`tar cf - degree.pdf | age -r ${recipient} -r ${other} -o b.age`, cwd);
    expect(await signetOpens(cwd, 'b.age', '-i', 'signet.txt')).toHaveLength(1);
    expect((await signet(['inspect', 'b.age'], { cwd })).stdout).toContain(
      'any one of 2 keys (age1…)\n',
    );
  });

  test.skipIf(!hasTerminal).each([
    ['as it is', []],
    ['armored', ['-a']],
  ])('a file to a passphrase, %s', async (_what, options) => {
    const cwd = workspace();
    await shell('tar cf b.tar passport.jpg degree.pdf', cwd);
    const age = inTerminal('age', ['-p', ...options, '-o', 'b.age', 'b.tar'], { cwd });
    await age.shows('Enter passphrase');
    age.type(`${PASSPHRASE}${ENTER}`);
    await age.shows('Confirm passphrase');
    age.type(`${PASSPHRASE}${ENTER}`);
    expect((await age.ended).code).toBe(0);
    expect(await signetOpens(cwd, 'b.age', '--passphrase-file', 'secret.txt')).toHaveLength(2);
    expectDocuments(join(cwd, 'out'));
  });

  test('a damaged file ends with 4, as age refuses it too', async () => {
    const { cwd, recipient } = await withAgeKey();
    await shell(`tar cf - passport.jpg | age -r ${recipient} -o b.age`, cwd);
    const bytes = readFileSync(join(cwd, 'b.age'));
    bytes[bytes.byteLength - 1]! ^= 1;
    writeFileSync(join(cwd, 'b.age'), bytes);
    expect((await shell('age -d -i age.txt b.age > b.tar', cwd)).code).not.toBe(0);
    const run = await signet(['open', 'b.age', '-d', 'out', '-i', 'age.txt'], { cwd });
    expect(run.code).toBe(4);
    expect(await namesIn(cwd)).not.toContain('out');
  });

  test('a file to somebody else ends with 3, as age refuses it too', async () => {
    const { cwd } = await withAgeKey();
    const stranger = (await signet(['key', 'new', '-o', 'signet.txt'], { cwd })).stdout.trim();
    await shell(`age -r ${stranger} -o b.age degree.pdf`, cwd);
    expect((await shell('age -d -i age.txt b.age', cwd)).code).not.toBe(0);
    expect((await signet(['open', 'b.age', '--list', '-i', 'age.txt'], { cwd })).code).toBe(3);
  });
});

describe.skipIf(!hasCommand('age'))('keys', () => {
  test('signet key public and age-keygen -y agree on a file of either', async () => {
    const { cwd, recipient } = await withAgeKey();
    const made = await signet(['key', 'new', '-o', 'signet.txt'], { cwd });
    expect((await signet(['key', 'public', 'age.txt'], { cwd })).stdout).toBe(`${recipient}\n`);
    expect((await signet(['key', 'public', 'signet.txt'], { cwd })).stdout).toBe(made.stdout);
    expect((await shell('age-keygen -y signet.txt', cwd)).stdout).toBe(made.stdout);
  });
});
