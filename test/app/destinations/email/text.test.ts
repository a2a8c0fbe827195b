import { describe, expect, test } from 'vitest';
import { MAX_GREETING_BYTES, writeText } from '../../../../app/destinations/email/text.ts';

const LANGUAGES = ['en', 'de'] as const;
const FORMATS = ['age', 'zip', '7z', 'html'] as const;
const PART = { number: 2, of: 3, first: 'b.zip.001' };
const USUAL = { language: 'en', format: 'zip', lockedWith: 'passphrase', bundle: 'b.zip' } as const;

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(FORMATS)(
    '%s: says how to open it and that the passphrase comes another way',
    (format) => {
      const { subject, text } = writeText({ ...USUAL, language, format });
      expect(subject).not.toMatch(/[\r\n]/);
      expect(text).toContain('b.zip');
      expect(text).toContain('Signet');
      expect(text).toMatch(
        { age: /age --decrypt/, zip: /7-Zip.*Keka.*WinZip/, '7z': /7-Zip.*Keka/, html: /Firefox/ }[
          format
        ],
      );
      expect(text).toMatch(/passphrase/i);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    },
  );

  test.each(FORMATS)('%s in volumes: says which part it is and which to open', (format) => {
    const { subject, text } = writeText({ ...USUAL, language, format, part: PART });
    expect(subject).toContain({ en: 'part 2 of 3', de: 'Teil 2 von 3' }[language]);
    expect(text).toContain({ en: 'part 2 of 3', de: 'Teil 2 von 3' }[language]);
    expect(text).toContain('b.zip.001');
  });

  test('a bundle that is locked to keys needs no passphrase', () => {
    const { text } = writeText({ ...USUAL, language, lockedWith: 'keys' });
    expect(text).not.toMatch(/SMS|text message/);
  });
});

describe("the sender's own words", () => {
  test('stand above, their lines kept and what cannot be seen left out', () => {
    const { text } = writeText({ ...USUAL, greeting: ' Dear Ann,\n\ttab\u0007\r\rbye  \n\n' });
    expect(text.startsWith('Dear Ann,\r\n tab\r\n\r\nbye\r\n\r\nAttached is')).toBe(true);
  });

  test('may be as long as they may be, and no longer', () => {
    writeText({ ...USUAL, greeting: 'x'.repeat(MAX_GREETING_BYTES) });
    const bytes = MAX_GREETING_BYTES + 1;
    expect(() => writeText({ ...USUAL, greeting: 'x'.repeat(bytes) })).toThrow(
      expect.objectContaining({
        code: 'note-too-long',
        data: { bytes, limit: MAX_GREETING_BYTES },
      }),
    );
  });

  test('for a subject become one line', () => {
    const subject = 'Two\r\nBcc: lines\u2028and\tmore ';
    expect(writeText({ ...USUAL, subject }).subject).toBe('Two Bcc: lines and more');
    expect(writeText({ ...USUAL, subject, part: PART }).subject).toBe(
      'Two Bcc: lines and more (part 2 of 3)',
    );
    expect(writeText({ ...USUAL, subject: ' \n ' }).subject).toBe('Encrypted documents for you');
    expect(writeText({ ...USUAL, subject: `x${'😀'.repeat(300)}` }).subject).toBe(
      `x${'😀'.repeat(99)}`,
    );
  });
});
