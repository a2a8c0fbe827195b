import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ZIP_FLOOR } from '../../../app/openability/notices.ts';
import { MAIL_LIMITS } from '../../../app/openability/routes.ts';
import {
  attachedSize,
  bundleSize,
  MAX_VOLUMES,
  MESSAGE_BYTES,
  mailFit,
} from '../../../app/openability/sizes.ts';
import { FLOORS } from '../../../app/passphrase/floors.ts';
import { BITS_PER_WORD } from '../../../app/passphrase/words.ts';
import { ALL_FORMATS } from './questions.ts';

/** Base64 as MIME has it, made instead of computed. */
function encoded(bytes: number): number {
  const text = Buffer.alloc(bytes).toString('base64');
  return text.replace(/.{1,76}/g, '$&\r\n').length;
}

test('the size after base64 is what base64 in lines of 76 characters has', () => {
  fc.assert(
    fc.property(fc.nat(5000), (bytes) => {
      expect(attachedSize(bytes)).toBe(encoded(bytes));
    }),
  );
  for (const bytes of [0, 1, 56, 57, 58, 113, 114, 115])
    expect(attachedSize(bytes)).toBe(encoded(bytes));
});

test('base64 adds 37 %', () => {
  expect(attachedSize(10_000_000) / 10_000_000).toBeCloseTo(1.368, 3);
});

test('a bundle is at least as large as its documents, and a page a third larger', () => {
  for (const format of ALL_FORMATS) {
    const size = bundleSize(format, 10_000_000, 3);
    expect(size).toBeGreaterThan(10_000_000);
    expect(size).toBeLessThan(format === 'html' ? 14_000_000 : 10_100_000);
  }
  expect(bundleSize('html', 10_000_000, 3)).toBeGreaterThan(13_500_000);
});

test('what fits, fits with its message; each volume does, and together they hold the bundle', () => {
  const limits = Object.values(MAIL_LIMITS).map(({ bytes }) => bytes);
  fc.assert(
    fc.property(
      fc.nat(400_000_000),
      fc.constantFrom(...limits),
      fc.boolean(),
      (bytes, limit, splits) => {
        const fit = mailFit(bytes, limit, splits);
        expect([fit.limit, fit.attachedBytes]).toEqual([limit, attachedSize(bytes)]);
        const whole = attachedSize(bytes) + MESSAGE_BYTES <= limit;
        expect(fit.fit === 'fits').toBe(whole);
        if (fit.fit === 'split') {
          expect(splits).toBe(true);
          expect(attachedSize(fit.volumeBytes) + MESSAGE_BYTES).toBeLessThanOrEqual(limit);
          expect(fit.volumes * fit.volumeBytes).toBeGreaterThanOrEqual(bytes);
          expect((fit.volumes - 1) * fit.volumeBytes).toBeLessThan(bytes);
          expect(fit.volumes).toBeGreaterThan(1);
          expect(fit.volumes).toBeLessThanOrEqual(MAX_VOLUMES);
        }
      },
    ),
  );
});

test('the largest attachments are what people know: 18 MB by Gmail, 7 MB by a company', () => {
  const largest = (limit: number) => {
    const fit = mailFit(limit, limit, true);
    return fit.fit === 'split' ? Math.floor(fit.volumeBytes / 100_000) / 10 : NaN;
  };
  expect(largest(MAIL_LIMITS.gmail.bytes)).toBe(18.2);
  expect(largest(MAIL_LIMITS.outlook.bytes)).toBe(14.6);
  expect(largest(MAIL_LIMITS.company.bytes)).toBe(7.2);
});

test('8 words of the list have the bits that are said, and are what the format asks for', () => {
  expect(ZIP_FLOOR).toEqual(FLOORS.zip);
  expect(Math.floor(ZIP_FLOOR.words * BITS_PER_WORD)).toBe(ZIP_FLOOR.bits);
});
