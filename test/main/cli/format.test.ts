import { expect, test } from 'vitest';
import {
  formatAge,
  formatCount,
  formatDuration,
  formatSize,
  formatTable,
  printable,
  printableJson,
  wrap,
} from '../../../main/cli/format.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1.0 KiB'],
  [1536, '1.5 KiB'],
  [10_188, '9.9 KiB'],
  [10_189, '10 KiB'],
  [1_048_063, '1023 KiB'],
  [1_048_064, '1.0 MiB'],
  [5 * 2 ** 40, '5.0 TiB'],
  [5000 * 2 ** 40, '5000 TiB'],
])('%d bytes read %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});

test.each([
  [0, '0 s'],
  [1, '1 s'],
  [59_000, '59 s'],
  [59_001, '1 min 0 s'],
  [90_000, '1 min 30 s'],
  [3_599_001, '1 h 0 min'],
  [7_260_000, '2 h 1 min'],
])('%d ms read %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each([
  [0, '0 min'],
  [-5, '0 min'],
  [59, '59 min'],
  [60, '1 h'],
  [48 * 60 - 1, '47 h'],
  [48 * 60, '2 days'],
])('what came %d minutes ago is %s old', (minutes, text) => {
  const now = new Date('2026-11-21T12:00:00Z');
  expect(formatAge(new Date(now.getTime() - minutes * 60_000), now)).toBe(text);
});

test('a noun has its plural except for one', () => {
  expect([0, 1, 2, 12_345].map((count) => formatCount(count, 'document'))).toEqual([
    '0 documents',
    '1 document',
    '2 documents',
    '12,345 documents',
  ]);
});

test.each([
  ['the escape that begins every terminal command', 'a\u001b[31mb', 'a\\u{1b}[31mb'],
  ['the eight-bit form of it', 'a\u009b31mb', 'a\\u{9b}31mb'],
  ['line breaks and tabs', 'a\r\n\tb', 'a\\u{d}\\u{a}\\u{9}b'],
  ['delete', 'a\u007fb', 'a\\u{7f}b'],
  ['the override that shows gpj.exe as exe.jpg', 'a\u202egpj.exe', 'a\\u{202e}gpj.exe'],
  ['what cannot be seen', 'a\u200b\u2066\ufeffb', 'a\\u{200b}\\u{2066}\\u{feff}b'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
])('printable text shows %s as its code', (_what, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('printable text leaves what people write alone', () => {
  const text = "Lebenslauf Zoë Müller, Łódź 履歴書 سيرة 👩‍👩‍👧 'final' (2).pdf";
  expect(printable(text)).toBe(text);
});

test('printable JSON reads back as what it was and holds nothing that steers a terminal', () => {
  const value = { name: 'a\u001b\u009b\u007f\u202e\u2028\ufeff"\\\nb', half: '\ud800', n: [1] };
  const json = printableJson(value);
  expect(json).toMatch(/^[\u0020-\u007e]*$/);
  expect(JSON.parse(json)).toEqual(value);
});

test('a paragraph is broken between words, each line indented and none too long', () => {
  const text = 'Nothing was sealed and nothing was sent. Your documents are untouched.';
  expect(wrap(text, 30, '  ')).toBe(
    ['  Nothing was sealed and', '  nothing was sent. Your', '  documents are untouched.'].join(
      '\n',
    ),
  );
});

test('a line may be exactly as long as the width, and a longer word stays whole', () => {
  expect(wrap('aaaa bbbb', 9)).toBe('aaaa bbbb');
  expect(wrap('aaaa bbbb', 8)).toBe('aaaa\nbbbb');
  expect(wrap('to /a/very/long/path is', 8)).toBe('to\n/a/very/long/path\nis');
  expect(wrap('', 8)).toBe('');
});

test('a table has its columns aligned, without spaces at the ends of lines', () => {
  expect(
    formatTable(
      [
        ['293 KiB', 'passport.jpg', 'x'],
        ['3 bytes', 'a\u001bb', ''],
        ['1 byte', 'c', 'y'],
      ],
      [0],
    ),
  ).toBe(['293 KiB  passport.jpg  x', '3 bytes  a\\u{1b}b', ' 1 byte  c             y'].join('\n'));
});

test('a table may have more rows than a call may have arguments', () => {
  const rows = Array.from({ length: 300_000 }, (_row, index) => [String(index)]);
  expect(formatTable(rows).split('\n')).toHaveLength(300_000);
});
