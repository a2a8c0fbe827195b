import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonErrorOf, jsonOf, PROJECT, signet, start, type Run } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { TO_KEY, workspace } from '../../support/workspace.ts';

/** Runs Signet as its README says, from another folder. */
function npmRun(args: readonly string[], cwd: string): Promise<Run> {
  const npm = ['run', '--silent', '--prefix', PROJECT, 'signet', '--', ...args];
  return start('npm', npm, { cwd, env: { HOME: temporaryFolder() } }).ended;
}

test('npm run signet takes paths from where the person stands', async () => {
  const cwd = workspace();
  const run = await npmRun(['seal', 'degree.pdf', ...TO_KEY, '--name', 'b', '--json'], cwd);
  expect(run.code).toBe(0);
  expect(jsonOf(run)['bundle']).toBe(join(cwd, 'b.tar.age'));
});

test('npm run signet hands on the exit code', async () => {
  const run = await npmRun(['open', 'passport.jpg', '--list', '--json'], workspace());
  expect(run.code).toBe(4);
  expect(jsonErrorOf(run)['code']).toBe('not-a-bundle');
});

test('where another script of npm runs Signet, paths are taken from where it stands', async () => {
  const cwd = workspace();
  const env = { npm_lifecycle_event: 'build', INIT_CWD: '/nonexistent' };
  const run = await signet(['seal', 'degree.pdf', ...TO_KEY, '-o', 'b.age', '--json'], {
    cwd,
    env,
  });
  expect(jsonOf(run)['bundle']).toBe(join(cwd, 'b.age'));
});
