import { expect, test } from 'vitest';
import { createApp } from '../../../app/app.ts';
import type { MailService } from '../../../app/contract/advice.ts';
import type { FormatId } from '../../../app/contract/formats.ts';
import { sizeRemarks, sizeWarnings, type SizeWarning } from '../../../main/cli/mail-size.ts';

const MB = 1_000_000;

function warningsFor(bytes: number, limit?: number, format: FormatId = 'age'): SizeWarning[] {
  const { formats } = createApp().advise({ has: 'unknown', route: 'email', bytes, documents: 1 });
  return sizeWarnings(
    formats.find((each) => each.format === format)!,
    limit,
  );
}

test('what fits into an email is not warned of', () => {
  expect(warningsFor(5 * MB)).toEqual([]);
});

test('what is larger than usual limits is warned of, with the option that helps', () => {
  const [warning, ...others] = warningsFor(30 * MB);
  expect(others).toEqual([]);
  expect(warning!.notice.code).toBe('mail-split');
  expect(warning!.text).toMatch(
    /^Warning: As an attachment it has 41 MB, .* split it over 5 messages\. Use --limit 10MB\.$/,
  );
});

test.each([
  ['as usual', 10 * MB, 0],
  ['lower than usual', 2 * MB, 0],
  ['higher than usual', 20 * MB, 1],
])('a limit %s is worth so many warnings: %#', (_what, limit, count) => {
  expect(warningsFor(30 * MB, limit)).toHaveLength(count);
});

test.each([
  ['needs too many messages', 900 * MB, 'age'],
  ['no browser puts together', 30 * MB, 'html'],
] as const)('what %s is warned of in spite of a limit', (_what, bytes, format) => {
  const [warning] = warningsFor(bytes, 5 * MB, format);
  expect(warning!.notice.code).toBe('mail-too-large');
  expect(warning!.text).toMatch(/: send fewer documents at a time\.$/);
});

test.each<[MailService, number, number | undefined, string]>([
  [
    'gmail',
    12,
    undefined,
    'As an attachment it has at most about 16 MB; the limit of Gmail is 25 MB.',
  ],
  [
    'company',
    1,
    undefined,
    'As an attachment it has at most about 1.4 MB; the limit of many companies is 10 MB.',
  ],
  [
    'unknown',
    12,
    10,
    'As an attachment it has at most about 16 MB; the limit of many mail servers is 10 MB.',
  ],
  [
    'outlook',
    30,
    undefined,
    'Warning: As an attachment it has 41 MB, and the limit of Outlook.com is 20 MB: split it over 3 messages. Use --limit 20MB.',
  ],
])(
  'of mail of the kind %s and %i MB with limit %s there is one thing to say',
  (service, megabytes, limit, said) => {
    const { formats } = createApp().advise({
      has: 'unknown',
      route: 'email',
      mailService: service,
      bytes: megabytes * MB,
      documents: 1,
    });
    const advice = formats.find(({ format }) => format === 'age')!;
    expect(sizeRemarks(advice, service, limit === undefined ? undefined : limit * MB)).toEqual([
      said,
    ]);
  },
);
