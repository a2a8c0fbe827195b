import { expect, test } from 'vitest';
import { jsonErrorOf, PROJECT, signet } from '../../support/cli.ts';

const OPEN = ['open', 'x.age', '-d', 'out'];

const MISTAKES: readonly (readonly [string, readonly string[], string])[] = [
  ['a command that does not exist', ['frob'], "Unknown command 'frob'."],
  ['a command with two letters swapped', ['opne'], "Unknown command 'opne'. Did you mean open?"],
  ['a subcommand that does not exist', ['inbox', 'frob'], "Unknown command 'frob'."],
  ['an option that does not exist', ['seal', 'x', '--frob'], "Unknown option '--frob'."],
  ['nothing to seal', ['seal'], "Missing required argument 'document'."],
  ['nowhere to send to', ['send', 'x'], "Required option '--to <url>' not specified."],
  ['no bundle to open', ['open'], "Missing required argument 'bundle'."],
  ['nowhere to fetch to', ['inbox', 'get', 'x'], "Required option '-d, --dir <folder>' not"],
  ['a number that is none', ['seal', 'x', '--words', 'seven'], 'It has to be a whole number.'],
  ['a policy that does not exist', [...OPEN, '--on-conflict', 'x'], 'Allowed choices are fail,'],
  ['an engine that does not exist', [...OPEN, '--engine', 'x'], 'Allowed choices are openssl,'],
  ['neither a folder nor --list', ['open', 'x.age'], 'Neither -d FOLDER nor --list was given.'],
  ['a folder and --list', [...OPEN, '--list'], '-d and --list cannot go together.'],
  ['-o with --name', ['seal', 'x', '-o', 'a', '--name', 'b'], '-o cannot go together with'],
  ['-o with --out-dir', ['seal', 'x', '-o', 'a', '--out-dir', 'b'], '-o cannot go together with'],
  ['a key and a number of words', ['seal', 'x', '-r', 'age1x', '--words', '7'], '-r, --words and'],
  [
    'two sources of one passphrase',
    ['seal', 'x', '--passphrase-file', 'a', '--passphrase-stdin'],
    '--passphrase-file and --passphrase-stdin cannot go together.',
  ],
  [
    'a passphrase file that is not there',
    [...OPEN, '--passphrase-file', 'nowhere.txt'],
    "The passphrase file 'nowhere.txt' cannot be read.",
  ],
  ['a question without a terminal', ['seal', 'x', '--passphrase'], 'There is no terminal to ask'],
  [
    'a passphrase on the command line',
    ['seal', 'x', '--passphrase', 'hunter2'],
    '--passphrase takes no value: Signet asks for it.',
  ],
  ['a check without a terminal', ['passphrase', '--check'], 'There is no terminal to ask'],
];

test.each(MISTAKES)('%s is wrong usage, said in four lines', async (_what, args, words) => {
  const { code, stdout, stderr } = await signet(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  const [title, ...others] = stderr.trimEnd().split('\n');
  expect(title).toMatch(/^Error: [A-Z-]/);
  expect(title).toContain(words);
  expect(others).toEqual([
    '  Nothing was done.',
    expect.stringMatching(/^ {2}(?:See 'signet .*--help'|Use |Check ).*\.$/) as string,
    '  Code: usage',
  ]);
});

test.each(MISTAKES)(
  'with --json, %s is one object and nothing else',
  async (_what, args, words) => {
    const run = await signet([...args, '--json']);
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 2, stderr: '' });
    const error = jsonErrorOf(run);
    expect(Object.keys(error)).toEqual(['code', 'data', 'title', 'meaning', 'next']);
    expect(error['code']).toBe('usage');
    // Where a command does not exist, neither do its options.
    if (error['title'] !== "Unknown option '--json'.") expect(error['title']).toContain(words);
  },
);

test.each([
  ['too many words', ['seal', 'package.json', '--words', '99'], 'passphrase-words'],
  ['a recipient that is none', ['seal', 'package.json', '-r', 'age1x'], 'recipient-invalid'],
  ['a name with a folder in it', ['seal', 'package.json', '--name', 'a/b'], 'bundle-name'],
  ['an address that is none', ['send', 'package.json', '--to', 's3://X'], 'url-invalid'],
  [
    'an endpoint without TLS',
    ['send', 'package.json', '--to', 's3://bucket/', '--endpoint', 'http://s3.example.org'],
    'endpoint-insecure',
  ],
])('%s is wrong usage that the core finds', async (_what, args, code) => {
  const run = await signet([...args, '--quiet', '--json'], { cwd: PROJECT });
  expect(run.code).toBe(2);
  expect(jsonErrorOf(run)['code']).toBe(code);
  expect(run.stderr).toBe('');
});

test.each([
  ['nothing', ['passphrase', 'hunter2', '--check'], 0, 1],
  ['a bundle', [...OPEN, 'hunter2'], 1, 2],
  ['a bundle, and got several lines', ['inspect', 'x.age', 'hunter2\n', 'hunter2'], 1, 3],
])(
  'an argument too many may be a secret, and is not repeated by a command that expected %s',
  async (_what, args, expected, got) => {
    for (const form of [[], ['--json']]) {
      const { code, stdout, stderr } = await signet([...args, ...form]);
      expect(code).toBe(2);
      expect(stdout + stderr).toContain('Too many arguments');
      expect(stdout + stderr).toMatch(
        new RegExp(`Expected ${String(expected)} arguments? but got ${String(got)}\\.["\n]`),
      );
      expect(stdout + stderr).not.toContain('hunter2');
    }
  },
);

test('a passphrase on the command line is not repeated, and a document behind the option is one', async () => {
  const said = await signet(['seal', 'x', '--passphrase', 'hunter2', '--json']);
  expect(said.stdout + said.stderr).not.toContain('hunter2');
  // As far as the question that there is nobody to answer.
  const { stderr } = await signet(['seal', '--passphrase', 'package.json'], { cwd: PROJECT });
  expect(stderr).toContain('There is no terminal to ask');
});
