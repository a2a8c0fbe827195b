import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testKey, writeBundle } from '../../support/bundles.ts';
import { jsonErrorOf, jsonOf, signet, type Run } from '../../support/cli.ts';
import { writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { tarOf } from '../../support/tars.ts';
import { TO_KEY, workspace } from '../../support/workspace.ts';

/** Turns the text red, renames the window, goes back to the start of the line, and does the same with eight-bit controls. */
const EVIL = 'a\u001b[31mb\u001b]0;owned\u0007c\rd\u009b31me\u202efdp.exe';
const SHOWN = 'a\\u{1b}[31mb\\u{1b}]0;owned\\u{7}c\\u{d}d\\u{9b}31me\\u{202e}fdp.exe';
/** What could steer a terminal or deceive the eye; a line break is all that may be printed. */
const UNSAFE = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u;

function expectSafe(run: Run): void {
  expect(run.stdout).not.toMatch(UNSAFE);
  expect(run.stderr).not.toMatch(UNSAFE);
}

test('a note that tries to steer the terminal is shown with its controls as codes', async () => {
  const cwd = workspace();
  const payload = tarOf({ name: 'NOTE.txt', content: EVIL }, { name: 'a.pdf', content: 'a' });
  await writeBundle(join(cwd, 'b.age'), payload);
  const args = ['open', 'b.age', '--list', '-i', 'key.txt'];
  const human = await signet(args, { cwd });
  expect(human.stdout).toContain(`\n  | ${SHOWN}\n`);
  expectSafe(human);
  const json = await signet([...args, '--json'], { cwd });
  expectSafe(json);
  expect(jsonOf(json)['note']).toBe(EVIL);
});

test('a document whose name holds control characters is refused and named safely', async () => {
  const cwd = writeDocuments(workspace(), { [EVIL]: 'x' });
  const before = stateOf(cwd);
  const run = await signet(['seal', EVIL, ...TO_KEY], { cwd });
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 1, stdout: '' });
  expect(run.stderr).toContain(`Error: '${SHOWN}' contains a control character`);
  expectSafe(run);
  const json = await signet(['seal', EVIL, ...TO_KEY, '--json'], { cwd });
  expectSafe(json);
  expect(jsonErrorOf(json)).toMatchObject({ code: 'document-name', data: { name: EVIL } });
  expect(stateOf(cwd)).toEqual(before);
});

test('a bundle with such a name in it is not restored, and the name is shown safely', async () => {
  const cwd = workspace();
  await writeBundle(join(cwd, 'b.age'), tarOf({ name: EVIL, content: 'x' }));
  const before = stateOf(cwd);
  const run = await signet(['open', 'b.age', '-d', 'out', '-i', 'key.txt'], { cwd });
  expect(run.code).toBe(4);
  expect(run.stderr).toContain(`may not be restored: '${SHOWN}' contains a control character`);
  expectSafe(run);
  expect(stateOf(cwd)).toEqual(before);
});

test.each([
  ['../escaped.txt', "contains '.' or '..' as a folder"],
  ['/etc/cron.d/x', 'is an absolute path'],
  ['C:x', 'begins with a drive letter'],
])('a bundle with the name %s ends with 4 and says why', async (name, why) => {
  const cwd = workspace();
  await writeBundle(join(cwd, 'b.age'), tarOf({ name, content: 'x' }));
  const before = stateOf(cwd);
  const run = await signet(['open', 'b.age', '-d', 'out', '-i', 'key.txt'], { cwd });
  expect(run.code).toBe(4);
  expect(run.stderr).toContain(`'${name}' ${why}`);
  expect(stateOf(cwd)).toEqual(before);
});

test('an inbox with a hostile file name in it is listed safely, and what was fetched is named safely', async () => {
  const cwd = writeDocuments(workspace(), { [`in/${EVIL}.age`]: 'x', 'to/': '' });
  const human = await signet(['inbox', 'list', 'in'], { cwd });
  expect(human.stdout).toContain(`  ${SHOWN}.age\n`);
  expectSafe(human);
  const json = await signet(['inbox', 'list', 'in', '--json'], { cwd });
  expectSafe(json);
  expect(jsonOf(json)['items']).toMatchObject([{ name: `${EVIL}.age` }]);
  for (const command of [
    ['inbox', 'get', `in/${EVIL}.age`, '-d', 'to'],
    ['inbox', 'get', `in/${EVIL}.age`, '-d', 'to'],
    ['inspect', `in/${EVIL}.age`],
    ['inbox', 'delete', `in/${EVIL}.age`],
  ])
    expectSafe(await signet(command, { cwd }));
  expect(readdirSync(join(cwd, 'in'))).toEqual([]);
});

test.each([
  [['seal', EVIL]],
  [[EVIL]],
  [['seal', 'passport.jpg', `--${EVIL}`]],
  [['seal', 'passport.jpg', '-r', EVIL]],
  [['seal', 'passport.jpg', '--name', EVIL, ...TO_KEY]],
  [['seal', 'passport.jpg', '--out-dir', EVIL, ...TO_KEY]],
  [['seal', 'passport.jpg', '--words', EVIL]],
  [['open', EVIL, '--list']],
  [['open', 'x', '--list', '--passphrase-file', EVIL]],
  [['open', 'x', '--list', '-i', EVIL]],
  [['send', 'passport.jpg', '--to', `s3://${EVIL}/`]],
  [['send', 'passport.jpg', '--to', 's3://bucket/', '--endpoint', EVIL]],
  [['doctor', EVIL]],
])('what was typed is never printed raw: %j', async (args) => {
  const cwd = workspace();
  for (const run of await Promise.all([
    signet(args, { cwd }),
    signet([...args, '--json'], { cwd }),
  ])) {
    expect(run.code).toBeGreaterThan(0);
    expectSafe(run);
  }
});

test('a key file with a hostile comment prints only its public half', async () => {
  const cwd = workspace();
  writeFileSync(join(cwd, 'evil.txt'), `# ${EVIL}\n${testKey.identity}\n`);
  expect(await signet(['key', 'public', 'evil.txt'], { cwd })).toEqual({
    code: 0,
    stdout: `${testKey.recipient}\n`,
    stderr: '',
  });
});
