import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellLine } from '../../../main/cli/shell.ts';

/** What bash makes of a line. */
function understood(line: string): string[] {
  const { stdout, status } = spawnSync('bash', ['-c', `printf '%s\\0' ${line}`], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8' },
  });
  expect(status).toBe(0);
  return stdout.split('\0').slice(0, -1);
}

const HOSTILE = [
  'passport.jpg',
  'my passport.jpg',
  "it's.pdf",
  '$(touch x)',
  '`touch x`',
  '; touch x #',
  'a && touch x',
  '*',
  '~',
  '!!',
  '-r',
  'a\nb',
  'a\tb',
  '\u001b[31mred',
  'gepj\u202eexe.',
  "q'\u0007\\'",
  'a\\b',
  '"',
  'ü ß 中',
  '',
];

test.each(HOSTILE)('%j reaches the program as it is', (word) => {
  const line = shellLine(['signet', word, 'last'], 'linux');
  expect(understood(line)).toEqual(['signet', word, 'last']);
  // eslint-disable-next-line no-control-regex -- none of these may reach a terminal
  expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
});

test('any words reach the program as they are', () => {
  const word = fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom("'", '\\', '"', '$', '`', ' ', '\n', '\u202e', '!', 'a') }),
    )
    .filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      expect(understood(shellLine(words, 'linux'))).toEqual(words);
    }),
    { numRuns: 60 },
  );
});

test('a line without anything special is left as it is', () => {
  expect(shellLine(['signet', 'seal', '--format', 'zip', 'a/b_c-1.pdf'], 'linux')).toBe(
    'signet seal --format zip a/b_c-1.pdf',
  );
});

test('PowerShell gets single quotes, doubled within', () => {
  expect(shellLine(['signet', "it's $me `x`.pdf", 'C:\\a\\b.pdf'], 'win32')).toBe(
    "signet 'it''s $me `x`.pdf' C:\\a\\b.pdf",
  );
});
