import { readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appears, PARTIAL } from '../../support/appears.ts';
import { testKey } from '../../support/bundles.ts';
import { signet, startSignet } from '../../support/cli.ts';
import { writeDocuments } from '../../support/documents.ts';
import { filesIn, temporaryFolder } from '../../support/temporary.ts';
import { OTHER_PASSPHRASE, PASSPHRASE, sealIn, workspace } from '../../support/workspace.ts';

const SECRETS = [PASSPHRASE, OTHER_PASSPHRASE, testKey.identity];

/** The process and all that descend from it: their arguments and their environment, as anyone on the machine may read them. */
function visibleOf(pid: number): string {
  const own = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${String(pid)}/${name}`));
  const children = readdirSync(`/proc/${String(pid)}/task`)
    .flatMap((task) =>
      readFileSync(`/proc/${String(pid)}/task/${task}/children`, 'utf8').split(' '),
    )
    .filter((child) => child !== '');
  return [...own.map(String), ...children.map((child) => visibleOf(Number(child)))].join('\n');
}

// Fifteen runs, three of them with the full work factor.
test(
  'in a whole session no secret is printed that was not asked for, and none is written anywhere',
  { timeout: 180_000 },
  async () => {
    const cwd = workspace();
    const home = temporaryFolder();
    const env = { HOME: home, TMPDIR: home };
    await sealIn(cwd, 'own.age', { passphrase: true });
    await sealIn(cwd, 'key.age');
    const own = ['--passphrase-file', 'secret.txt'];
    for (const [code, ...args] of [
      [0, 'seal', 'degree.pdf', ...own, '-o', 'new.age'],
      [5, 'seal', 'degree.pdf', ...own, '-o', 'new.age', '--json'],
      [1, 'seal', 'nowhere.pdf', ...own],
      [0, 'open', 'own.age', '-d', 'out', ...own],
      [0, 'open', 'own.age', '--list', ...own, '--json'],
      [3, 'open', 'own.age', '--list', '--passphrase-file', 'other.txt'],
      [3, 'open', 'own.age', '--list', '--passphrase-file', 'other.txt', '--json'],
      [3, 'open', 'key.age', '--list', ...own],
      [0, 'open', 'key.age', '--list', '-i', 'key.txt', '--json'],
      [1, 'open', 'key.age', '--list', '-i', 'secret.txt'],
      [1, 'open', 'key.age', '--list', '-i', 'secret.txt', '--json'],
      [3, 'open', 'key.age', '--list', '--passphrase-file', 'key.txt'],
      [0, 'inspect', 'own.age'],
      [0, 'key', 'public', 'key.txt'],
      [0, 'passphrase', '--check', ...own],
    ] as const) {
      const run = await signet(args, { cwd, env });
      expect(run.code, args.join(' ')).toBe(code);
      for (const secret of SECRETS) expect(run.stdout + run.stderr).not.toContain(secret);
    }
    const kept = ['key.txt', 'secret.txt', 'other.txt'];
    for (const folder of [cwd, home])
      for (const [name, content] of await filesIn(folder))
        if (!kept.includes(name))
          for (const secret of SECRETS) expect(content.includes(secret), name).toBe(false);
  },
);

test('the passphrase that Signet made is on standard error and nowhere else', async () => {
  const cwd = workspace();
  const home = temporaryFolder();
  const run = await signet(['seal', 'degree.pdf', '-o', 'b.age'], {
    cwd,
    env: { HOME: home, TMPDIR: home },
  });
  const passphrase = /^ {4}(\S+)$/m.exec(run.stderr)?.[1] ?? '';
  expect(passphrase.split('-')).toHaveLength(7);
  expect(run.stdout).not.toContain(passphrase);
  const words = passphrase.split('-');
  for (const [name, content] of [...(await filesIn(home)), ...(await filesIn(cwd))])
    expect(content.includes(words.slice(0, 3).join('-')), name).toBe(false);
});

test.skipIf(process.platform !== 'linux')(
  'no secret is in the arguments or the environment of the process or its children',
  async () => {
    const cwd = writeDocuments(workspace(), { 'large.bin': '', 'to/': '' });
    truncateSync(join(cwd, 'large.bin'), 2 ** 30);
    const args = ['seal', 'large.bin', '--passphrase-stdin', '--out-dir', 'to'];
    const { child, ended } = startSignet(args, { cwd, input: PASSPHRASE });
    await appears(join(cwd, 'to'), PARTIAL);
    const visible = visibleOf(child.pid!);
    child.kill('SIGTERM');
    await ended;
    expect(visible).toContain('--passphrase-stdin');
    expect(visible).not.toContain(PASSPHRASE);
  },
);

test('a passphrase given as an argument is refused and not repeated', async () => {
  const args = ['seal', 'degree.pdf', `--passphrase=${PASSPHRASE}`];
  for (const form of [[], ['--json']]) {
    const run = await signet([...args, ...form], { cwd: workspace() });
    expect(run.code).toBe(2);
    expect(run.stdout + run.stderr).toContain("Unknown option '--passphrase'");
    expect(run.stdout + run.stderr).not.toContain(PASSPHRASE);
  }
});

test('a passphrase in the environment is not looked for', async () => {
  const cwd = workspace();
  await sealIn(cwd, 'own.age', { passphrase: true });
  const env = { SIGNET_PASSPHRASE: PASSPHRASE, AGE_PASSPHRASE: PASSPHRASE, PASSPHRASE };
  const run = await signet(['open', 'own.age', '--list'], { cwd, env });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('There is no terminal to ask for the passphrase on.');
});
