import { chmodSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appears, PARTIAL } from '../../support/appears.ts';
import {
  jsonErrorOf,
  jsonOf,
  PROGRAM,
  signet,
  start,
  startSignet,
  type Run,
} from '../../support/cli.ts';
import { writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { isRoot } from '../../support/peers.ts';
import { namesIn } from '../../support/temporary.ts';
import { sealIn, TO_KEY, workspace } from '../../support/workspace.ts';

const NOBODY = 65_534;

/** Runs Signet where no file may become longer than 100 KiB, as on a disk that is full. */
function signetWithLittleRoom(args: readonly string[], cwd: string): Promise<Run> {
  const script = 'ulimit -f 200 && exec "$0" "$@"';
  return start('sh', ['-c', script, process.execPath, PROGRAM, ...args], { cwd }).ended;
}

function overwrite(path: string): void {
  writeFileSync(path, 'another');
}

test.each([
  ['vanishes', rmSync, 'document-missing'],
  ['changes', overwrite, 'document-changed'],
])(
  'a document that %s during a seal fails with 1 and leaves nothing',
  async (_what, meddle, code) => {
    const cwd = writeDocuments(workspace(), { 'large.bin': '', 'to/': '' });
    // It is read first, which takes a while, and has no room on the disk.
    truncateSync(join(cwd, 'large.bin'), 2 ** 27);
    const args = ['seal', 'large.bin', 'degree.pdf', ...TO_KEY, '--out-dir', 'to', '--json'];
    const { ended } = startSignet([...args, '--engine', 'wasm'], { cwd });
    await appears(join(cwd, 'to'), PARTIAL);
    meddle(join(cwd, 'degree.pdf'));
    const run = await ended;
    expect(run.code).toBe(1);
    expect(jsonErrorOf(run)).toMatchObject({ code, data: { name: 'degree.pdf' } });
    expect(await namesIn(join(cwd, 'to'))).toEqual([]);
  },
);

test.skipIf(process.platform === 'win32')(
  'sealing onto a full disk ends with 5 and leaves nothing',
  async () => {
    const cwd = writeDocuments(workspace(), { 'to/': '' });
    const run = await signetWithLittleRoom(
      ['seal', 'passport.jpg', ...TO_KEY, '-o', 'to/b.age'],
      cwd,
    );
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 5, stdout: '' });
    expect(run.stderr).toContain(`Error: There is no room left for '${join(cwd, 'to/b.age')}'.\n`);
    expect(await namesIn(join(cwd, 'to'))).toEqual([]);
  },
);

test.skipIf(process.platform === 'win32')(
  'opening onto a full disk ends with 5 and leaves nothing',
  async () => {
    const cwd = workspace();
    await sealIn(cwd, 'b.age');
    const before = stateOf(cwd);
    const args = ['open', 'b.age', '-d', 'out', '-i', 'key.txt', '--json'];
    const run = await signetWithLittleRoom(args, cwd);
    expect(run.code).toBe(5);
    expect(jsonErrorOf(run)['code']).toBe('disk-full');
    expect(stateOf(cwd)).toEqual(before);
  },
);

test.each([
  ['seal', ['seal', 'degree.pdf', ...TO_KEY, '--out-dir', 'locked']],
  ['send', ['send', 'degree.pdf', ...TO_KEY, '--to', 'locked']],
  ['open', ['open', 'b.age', '-d', 'locked', '-i', 'key.txt']],
  ['key new', ['key', 'new', '-o', 'locked/new.txt']],
])('%s into a folder that may not be written ends with 5', async (_what, args) => {
  const cwd = writeDocuments(workspace(), { 'locked/': '' });
  await sealIn(cwd, 'b.age');
  chmodSync(cwd, 0o755);
  chmodSync(join(cwd, 'b.age'), 0o644);
  chmodSync(join(cwd, 'locked'), 0o555);
  const run = await signet([...args, '--json'], { cwd, ...(isRoot ? { uid: NOBODY } : {}) });
  expect(run.code).toBe(5);
  expect(jsonErrorOf(run)['code']).toBe('output-unwritable');
  expect(await namesIn(join(cwd, 'locked'))).toEqual([]);
});

test.skipIf(process.platform === 'win32')('a document that may not be read is named', async () => {
  const cwd = writeDocuments(workspace(), { 'me/cv.pdf': 'cv' });
  chmodSync(cwd, 0o777);
  chmodSync(join(cwd, 'me/cv.pdf'), 0o000);
  const run = await signet(['seal', 'me', ...TO_KEY, '--json'], {
    cwd,
    ...(isRoot ? { uid: NOBODY } : {}),
  });
  expect(run.code).toBe(1);
  expect(jsonErrorOf(run)).toMatchObject({
    code: 'document-unreadable',
    data: { name: 'me/cv.pdf' },
  });
});

test.each([
  ['output-exists', ['-o', 'secret.txt']],
  ['output-missing', ['-o', 'nowhere/b.age']],
  ['output-unwritable', ['-o', 'secret.txt/b.age']],
])('an output that cannot be is %s, ends with 5 and changes nothing', async (code, where) => {
  const cwd = workspace();
  const before = stateOf(cwd);
  const run = await signet(['seal', 'degree.pdf', ...TO_KEY, ...where, '--json'], { cwd });
  expect(run.code).toBe(5);
  expect(jsonErrorOf(run)['code']).toBe(code);
  expect(stateOf(cwd)).toEqual(before);
});

test('two seals into one folder at the same time do not disturb each other', async () => {
  const cwd = writeDocuments(workspace(), { 'to/': '' });
  const args = ['seal', 'passport.jpg', ...TO_KEY, '--out-dir', 'to', '--json'];
  const bundles = (await Promise.all([signet(args, { cwd }), signet(args, { cwd })])).map(jsonOf);
  expect(await namesIn(join(cwd, 'to'))).toHaveLength(2);
  for (const { bundle, sha256 } of bundles)
    expect(hash('sha256', readFileSync(String(bundle)))).toBe(sha256);
});

test('of two seals to one name one wins, the other ends with 5, and the bundle is the winner’s', async () => {
  const cwd = writeDocuments(workspace(), { 'to/': '' });
  const args = ['seal', 'passport.jpg', ...TO_KEY, '-o', 'to/b.age', '--json'];
  const runs = await Promise.all([signet(args, { cwd }), signet(args, { cwd })]);
  expect(runs.map(({ code }) => code).sort()).toEqual([0, 5]);
  const winner = runs.find(({ code }) => code === 0)!;
  expect(jsonErrorOf(runs.find(({ code }) => code === 5)!)['code']).toBe('output-exists');
  expect(hash('sha256', readFileSync(join(cwd, 'to/b.age')))).toBe(jsonOf(winner)['sha256']);
  expect(await namesIn(join(cwd, 'to'))).toEqual(['b.age']);
});
