import { expect, onTestFinished, test, vi } from 'vitest';
import { AppError } from '../../../app/contract/errors.ts';
import { perform, reportError, type Voice } from '../../../main/cli/console.ts';
import { UsageError } from '../../../main/cli/usage-error.ts';
import { SAMPLE_ERRORS } from '../../support/error-samples.ts';

interface Printed {
  stdout: string;
  stderr: string;
}

function watchOutputs(): Printed {
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    const spy = vi.spyOn(process[name], 'write').mockImplementation((piece) => {
      printed[name] += String(piece);
      return true;
    });
    onTestFinished(() => {
      spy.mockRestore();
    });
  }
  return printed;
}

const RAW = 'ENOENT: secret raw message of somebody else, /home/ana/.aws/credentials';

test.each([
  ['an error that nobody foresaw', new Error(RAW)],
  ['something thrown that is no error', RAW],
  ['the cause of an error of ours', new AppError('s3-busy', {}, new Error(RAW))],
  ['an error of the system', Object.assign(new Error(RAW), { code: 'ENOENT', path: RAW })],
])('%s never shows its message', (_what, error) => {
  for (const voice of [{}, { json: true }] satisfies Voice[]) {
    const printed = watchOutputs();
    reportError(error, voice);
    expect(printed.stdout + printed.stderr).not.toMatch(/raw message|credentials|ENOENT/);
  }
});

test('an error is four short paragraphs on standard error', () => {
  const printed = watchOutputs();
  expect(reportError(new AppError('document-missing', { name: 'a\u001b[31m.pdf' }), {})).toBe(1);
  expect(printed).toEqual({
    stdout: '',
    stderr: [
      "Error: 'a\\u{1b}[31m.pdf' does not exist.",
      '  Nothing was sealed and nothing was sent.',
      '  Check the path. If the file was there a moment ago, it was moved or deleted',
      '  meanwhile.',
      '  Code: document-missing',
      '',
    ].join('\n'),
  });
});

test.each(SAMPLE_ERRORS)('the error $code fits a terminal of 80 columns', (error) => {
  const printed = watchOutputs();
  reportError(new AppError(error.code, error.data), {});
  const [title, ...others] = printed.stderr.trimEnd().split('\n');
  expect(title).toMatch(/^Error: /);
  for (const line of others) expect(line.length, line).toBeLessThanOrEqual(80);
});

test('wrong usage has the same form as any other error', () => {
  const printed = watchOutputs();
  expect(reportError(new UsageError("Unknown option '\u009b'.", 'Use another.'), {})).toBe(2);
  expect(printed.stderr).toBe(
    "Error: Unknown option '\\u{9b}'.\n  Nothing was done.\n  Use another.\n  Code: usage\n",
  );
});

test('with --json an error is one object on standard output', () => {
  const printed = watchOutputs();
  reportError(new AppError('output-exists', { path: '/tmp/\u009b' }), { json: true });
  expect(printed.stderr).toBe('');
  expect(printed.stdout).toMatch(/^[ -~]+\n$/);
  expect(JSON.parse(printed.stdout)).toEqual({
    error: {
      code: 'output-exists',
      data: { path: '/tmp/\u009b' },
      title: "'/tmp/\u009b' already exists.",
      meaning: 'It was not touched, and nothing was written.',
      next: expect.stringContaining('Choose another name') as string,
    },
  });
});

test('an answer goes to standard output and what is said aside to standard error', async () => {
  const printed = watchOutputs();
  const answer = { json: { a: 1 }, text: 'the receipt', aside: 'the passphrase' };
  expect(await perform({ quiet: true }, () => Promise.resolve(answer))).toBe(0);
  expect(printed).toEqual({ stdout: 'the receipt\n', stderr: 'the passphrase\n' });
});

test('with --json nothing is said aside', async () => {
  const printed = watchOutputs();
  const answer = { json: { a: 1 }, text: 'the receipt', aside: 'the passphrase' };
  await perform({ json: true }, () => Promise.resolve(answer));
  expect(printed).toEqual({ stdout: '{"a":1}\n', stderr: '' });
});

test('what an answer could not carry out is said last and gives the exit code', async () => {
  const error = { code: 'smtp-busy', data: { host: 'smtp.example.org' } } as const;
  const answer = { json: { a: 1 }, text: 'the receipt', aside: 'the passphrase', error };
  const printed = watchOutputs();
  expect(await perform({ quiet: true }, () => Promise.resolve(answer))).toBe(5);
  expect(printed.stdout).toBe('the receipt\n');
  expect(printed.stderr).toMatch(/^the passphrase\n\nError: The mail server smtp\.example\.org /);
});

test('with --json it stands beside the answer', async () => {
  const error = { code: 'smtp-busy', data: { host: 'smtp.example.org' } } as const;
  const printed = watchOutputs();
  const answer = { json: { a: 1 }, text: 'the receipt', error };
  expect(await perform({ json: true }, () => Promise.resolve(answer))).toBe(5);
  expect(printed.stderr).toBe('');
  expect(JSON.parse(printed.stdout)).toMatchObject({
    a: 1,
    error: { ...error, next: expect.any(String) as string },
  });
});

test('a command that has ended leaves no handler of signals behind', async () => {
  watchOutputs();
  const before = process.listenerCount('SIGINT');
  await perform({}, ({ job }) => {
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    expect(job.signal?.aborted).toBe(false);
    return Promise.reject(new Error('x'));
  });
  expect(process.listenerCount('SIGINT')).toBe(before);
});
