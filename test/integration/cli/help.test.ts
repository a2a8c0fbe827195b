import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROGRAM, PROJECT, signet, start } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const COMMANDS = [
  'seal',
  'send',
  'email',
  'outbox',
  'outbox list',
  'outbox send',
  'outbox delete',
  'advise',
  'open',
  'inspect',
  'inbox',
  'inbox list',
  'inbox get',
  'inbox delete',
  'key',
  'key new',
  'key public',
  'passphrase',
  'serve',
  'doctor',
];

const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
  version: string;
};

test.each(COMMANDS)('%s --help teaches by examples and fits 80 columns', async (command) => {
  const { code, stdout, stderr } = await signet([...command.split(' '), '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`Usage: signet ${command} `);
  expect(stdout).toMatch(new RegExp(`\nExamples?:\n  signet ${command}.*\n`));
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('--help lists every command and every exit code', async () => {
  const { code, stdout, stderr } = await signet(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const command of COMMANDS)
    if (!command.includes(' ')) expect(stdout).toContain(`\n  ${command} `);
  for (let exit = 0; exit <= 6; exit += 1) expect(stdout).toContain(`\n  ${String(exit)}  `);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('help COMMAND says the same as COMMAND --help', async () => {
  const [asked, option] = await Promise.all([signet(['help', 'seal']), signet(['seal', '--help'])]);
  expect(asked).toEqual(option);
});

test.each([[[]], [['inbox']], [['outbox']], [['key']]])(
  'without a command, %j shows the help on standard error and counts as wrong usage',
  async (args) => {
    const { code, stdout, stderr } = await signet(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Examples:');
  },
);

test.each(['--version', '-V'])('%s prints the version and nothing else', async (option) => {
  expect(await signet([option])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('--version loads nothing: it answers where there is no other file of the program', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'main', 'cli'), { recursive: true });
  const alone = join(folder, 'main', 'cli', 'signet.ts');
  copyFileSync(PROGRAM, alone);
  copyFileSync(join(PROJECT, 'package.json'), join(folder, 'package.json'));
  const { stdout } = await start(process.execPath, [alone, '--version']).ended;
  expect(stdout).toBe(`${version}\n`);
});
