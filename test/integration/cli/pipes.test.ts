import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROGRAM, start, startSignet, type Run } from '../../support/cli.ts';
import { namesIn } from '../../support/temporary.ts';
import { TO_KEY, workspace } from '../../support/workspace.ts';

/** Runs a line of shell in which `signet` is Signet. */
function shell(line: string, cwd: string): Promise<Run> {
  const script = `signet() { "$NODE" "$PROGRAM" "$@"; }\n${line}`;
  return start('bash', ['-c', script], { cwd, env: { NODE: process.execPath, PROGRAM } }).ended;
}

test('a reader that has seen enough is no reason to complain', async () => {
  const run = await shell('signet --help | head -0; exit ${PIPESTATUS[0]}', '.');
  expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('a bundle is made even though nobody reads the receipt or the progress', async () => {
  const cwd = workspace();
  const { child, ended } = startSignet(['seal', 'passport.jpg', ...TO_KEY, '-o', 'b.age'], { cwd });
  child.stdout.destroy();
  child.stderr.destroy();
  expect((await ended).code).toBe(0);
  expect(existsSync(join(cwd, 'b.age'))).toBe(true);
  expect((await namesIn(cwd)).filter((name) => name.startsWith('.'))).toEqual([]);
});

test.skipIf(!existsSync('/dev/full'))(
  'an answer that cannot be written is a failure, said on standard error',
  async () => {
    const run = await shell('signet passphrase --json > /dev/full', '.');
    expect(run.code).toBe(1);
    expect(run.stderr).toBe(
      [
        'Error: Standard output cannot be written.',
        '  The command was carried out, but its answer is lost.',
        '  Make sure that there is room for the file that it goes to.',
        '  Code: output-unwritable',
        '',
      ].join('\n'),
    );
  },
);

test('a passphrase may come through a pipe and a receipt go into a file', async () => {
  const cwd = workspace();
  const run = await shell(
    [
      'cat secret.txt | signet seal degree.pdf --passphrase-stdin -o b.age -q > receipt.txt',
      'signet open b.age --list --passphrase-stdin -q < secret.txt',
    ].join(' && '),
    cwd,
  );
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  expect(run.stdout).toContain('The bundle holds 1 document (7 bytes).');
});
