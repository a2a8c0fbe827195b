import { expect, test } from 'vitest';
import { visible, visibleLines } from '../../../renderer/src/words/visible.ts';

test.each([
  ['a line break', 'a\nb', 'a\\u{a}b'],
  ['an escape', '\u001b[31m', '\\u{1b}[31m'],
  ['a control of the second set', 'a\u0085b', 'a\\u{85}b'],
  ['an override that reverses', 'invoice\u202efdp.exe', 'invoice\\u{202e}fdp.exe'],
  ['an isolate', '\u2066a\u2069', '\\u{2066}a\\u{2069}'],
  ['a space without width', 'pass\u200bport', 'pass\\u{200b}port'],
  ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
])('%s is shown as its code', (_what, text, shown) => {
  expect(visible(text)).toBe(shown);
});

test.each([
  'Pässe/Reisepass – Größe.pdf',
  '護照.jpg',
  'e\u0301tat.pdf',
  'גיליון.pdf',
  '👩‍👩‍👧.png',
  '',
])('%j stays as it is', (text) => {
  expect(visible(text)).toBe(text);
});

test('in text of several lines the line breaks and tabs stay, whatever system they come from', () => {
  expect(visibleLines('one\r\ntwo\rthree\n\tfour')).toBe('one\ntwo\nthree\n\tfour');
  expect(visibleLines('one\n\u202etwo\u0000')).toBe('one\n\\u{202e}two\\u{0}');
});
