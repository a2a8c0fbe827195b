import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appears, PARTIAL } from '../../support/appears.ts';
import { writeBundle } from '../../support/bundles.ts';
import { jsonErrorOf, signet, startSignet } from '../../support/cli.ts';
import { writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { END_OF_TAR, tarEntry } from '../../support/tars.ts';
import { namesIn } from '../../support/temporary.ts';
import { TO_KEY, workspace } from '../../support/workspace.ts';

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
