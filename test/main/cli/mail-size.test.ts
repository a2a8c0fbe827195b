import { expect, test } from 'vitest';
import { createApp } from '../../../app/app.ts';
import type { FormatId } from '../../../app/contract/formats.ts';
import { sizeWarnings, type SizeWarning } from '../../../main/cli/mail-size.ts';

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
