import { expect, test } from 'vitest';
import { mailtoLink, MAX_MAILTO_CHARACTERS } from '../../../../app/destinations/email/mailto.ts';
import { writeText } from '../../../../app/destinations/email/text.ts';

const ANN = { address: 'ann+x&y@b.example', name: 'Ann' };
const BOB = { address: "o'bob?#%@b.example", name: '' };

function parse(link: string): { to: string[]; subject: string | null; body: string | null } {
  const url = new URL(link);
  expect(url.protocol).toBe('mailto:');
  const query = new URLSearchParams(url.search.replaceAll('+', '%2B'));
  return {
    to: url.pathname.split(',').map(decodeURIComponent),
    subject: query.get('subject'),
    body: query.get('body'),
  };
}

test('recipients, subject and text come out as they went in', () => {
  const text = 'Zeile 1 & mehr\r\nZeile 2 = 100 %?#+\r\n\r\n"Ende" (\'!\')*\r\n';
  const link = mailtoLink([ANN, BOB], 'Für Sie & mich?', text, []);
  expect(parse(link)).toEqual({
    to: [ANN.address, BOB.address],
    subject: 'Für Sie & mich?',
    body: text.trimEnd(),
  });
  expect(link).toContain('%0D%0A');
  expect(link).toMatch(/^[!-~]+$/);
  expect(link).not.toMatch(/['"<>\s]/);
});

test.each(['en', 'de'] as const)('the usual texts fit (%s)', (language) => {
  for (const format of ['age', 'zip', '7z', 'html'] as const) {
    const request = { language, format, lockedWith: 'passphrase', bundle: 'b.tar.age' } as const;
    const { subject, text } = writeText(request);
    expect(parse(mailtoLink([ANN], subject, text, [])).body).toBe(text.trimEnd());
  }
});

test('what is too long loses whole paragraphs from its end', () => {
  const text = Array.from({ length: 20 }, (_, index) => `${String(index)} ü${'x'.repeat(150)}`);
  const link = mailtoLink([], 's', text.join('\r\n\r\n'), []);
  expect(link.length).toBeLessThanOrEqual(MAX_MAILTO_CHARACTERS);
  const { body } = parse(link);
  expect(text.join('\r\n\r\n').startsWith(`${body ?? ''}\r\n\r\n`)).toBe(true);
  expect(mailtoLink([], 's', 'x'.repeat(3000), [])).toBe('mailto:?subject=s');
});

test('a passphrase in it is refused', () => {
  expect(() => mailtoLink([], 's', 'Able Baker\r\nCharlie', ['able-baker-charlie'])).toThrow(
    expect.objectContaining({ code: 'email-passphrase-inside' }),
  );
});
