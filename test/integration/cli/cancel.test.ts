import { execFileSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appears, PARTIAL } from '../../support/appears.ts';
import { writeBundle } from '../../support/bundles.ts';
import { jsonErrorOf, signet, startSignet } from '../../support/cli.ts';
import { writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { hasCommand } from '../../support/peers.ts';
import { END_OF_TAR, tarEntry } from '../../support/tars.ts';
import { namesIn } from '../../support/temporary.ts';
import { sealIn, TO_KEY, workspace } from '../../support/workspace.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Takes a second to read and no room on the disk. */
function withLargeDocument(): string {
  const cwd = writeDocuments(workspace(), { 'large.bin': '', 'to/': '' });
  truncateSync(join(cwd, 'large.bin'), 2 ** 30);
  return cwd;
}

/** Takes a second to open: it holds very many small documents. */
async function withLargeBundle(): Promise<string> {
  const cwd = writeDocuments(workspace(), { 'to/': '' });
  const entries = Array.from({ length: 20_000 }, (_entry, index) =>
    tarEntry({ name: `many/${String(index)}`, content: 'small' }),
  );
  await writeBundle(join(cwd, 'many.age'), Buffer.concat([...entries, END_OF_TAR]));
  return cwd;
}

test.each(SIGNALS)('%s during a large seal leaves nothing and ends with 6', async (signal) => {
  const cwd = withLargeDocument();
  const before = await namesIn(cwd);
  const args = ['seal', 'large.bin', 'degree.pdf', ...TO_KEY, '--out-dir', 'to'];
  const { child, ended } = startSignet(args, { cwd });
  await appears(join(cwd, 'to'), PARTIAL);
  child.kill(signal);
  const { code, stdout, stderr } = await ended;
  expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
  expect(stderr).toContain('Error: Cancelled.\n  Nothing half-made was left');
  expect(await namesIn(cwd)).toEqual(before);
});

test.each(SIGNALS)('%s during a large open leaves nothing and ends with 6', async (signal) => {
  const cwd = await withLargeBundle();
  const before = stateOf(cwd);
  const args = ['open', 'many.age', '-d', 'to', '-i', 'key.txt'];
  const { child, ended } = startSignet(args, { cwd });
  await appears(join(cwd, 'to'), PARTIAL);
  child.kill(signal);
  const { code, stdout, stderr } = await ended;
  expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
  expect(stderr).toContain('Error: Cancelled.\n');
  expect(stateOf(cwd)).toEqual(before);
});

test('a folder that open had to make goes away again when it is cancelled', async () => {
  const cwd = await withLargeBundle();
  const before = stateOf(cwd);
  const args = ['open', 'many.age', '-d', 'to/new/deep', '-i', 'key.txt', '--json'];
  const { child, ended } = startSignet(args, { cwd });
  await appears(join(cwd, 'to'), /^new$/);
  child.kill('SIGINT');
  const run = await ended;
  expect(run.code).toBe(6);
  expect(jsonErrorOf(run)['code']).toBe('cancelled');
  expect(stateOf(cwd)).toEqual(before);
});

test('SIGINT while the key is being made leaves nothing and ends with 6', async () => {
  const cwd = workspace();
  const before = stateOf(cwd);
  const { child, ended, saysOnStderr } = startSignet(['seal', 'degree.pdf'], { cwd });
  await saysOnStderr('Preparing the key');
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 6, stdout: '' });
  expect(stateOf(cwd)).toEqual(before);
});

/** Has the program say on standard error that it waits for its standard input, which nothing else shows. */
const SAYS_WHEN_IT_READS = `--import data:text/javascript,${encodeURIComponent(
  "process.stdin.on('newListener', (name) => name === 'readable' && console.error('waiting'))",
)}`;

test.each(
  (['SIGINT', 'SIGTERM'] as const).flatMap((signal) => [
    [signal, 'passphrase --check', ['passphrase', '--check']] as const,
    [signal, 'open', ['open', 'b.age', '--list']] as const,
    [signal, 'seal', ['seal', 'degree.pdf', '-o', 'new.age']] as const,
  ]),
)(
  '%s while %s waits for a passphrase on standard input ends it with 6',
  async (signal, _what, args) => {
    const cwd = workspace();
    await sealIn(cwd, 'b.age', { passphrase: true });
    const before = stateOf(cwd);
    const env = { NODE_OPTIONS: SAYS_WHEN_IT_READS };
    const running = startSignet([...args, '--passphrase-stdin'], { cwd, env, interactive: true });
    running.child.stdin.write('half a pass');
    await running.saysOnStderr('waiting');
    running.child.kill(signal);
    const { code, stdout, stderr } = await running.ended;
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toContain('Error: Cancelled.\n');
    expect(stateOf(cwd)).toEqual(before);
  },
);

test.skipIf(!hasCommand('mkfifo')).each([
  ['open', ['open', 'pipe.age', '-d', 'to', '-i', 'key.txt']],
  ['inspect', ['inspect', 'pipe.age']],
  ['inbox get', ['inbox', 'get', 'pipe.age', '-d', 'to']],
])('%s does not wait for a pipe in the place of a bundle', async (_what, args) => {
  const cwd = writeDocuments(workspace(), { 'to/': '' });
  execFileSync('mkfifo', [join(cwd, 'pipe.age')]);
  const before = stateOf(join(cwd, 'to'));
  const { code, stdout, stderr } = await signet(args, { cwd });
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  expect(stderr).toContain('is not a bundle that Signet can open.');
  expect(stateOf(join(cwd, 'to'))).toEqual(before);
});

test('what a killed run left behind is cleared away by the next one', async () => {
  const cwd = withLargeDocument();
  const seal = ['seal', 'large.bin', ...TO_KEY, '--out-dir', 'to'];
  const { child, ended } = startSignet(seal, { cwd });
  const partial = await appears(join(cwd, 'to'), PARTIAL);
  child.kill('SIGKILL');
  expect((await ended).code).toBeNull();
  expect(Object.keys(stateOf(join(cwd, 'to')))).toEqual([partial]);
  const next = ['seal', 'degree.pdf', ...TO_KEY, '-o', 'to/b.age'];
  expect((await signet(next, { cwd })).code).toBe(0);
  expect(Object.keys(stateOf(join(cwd, 'to')))).toEqual(['b.age']);
});
