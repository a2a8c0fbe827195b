import { expect, test } from 'vitest';
import { errorText } from '../../../main/cli/error-text.ts';
import { SAMPLE_ERRORS } from '../../support/error-samples.ts';

test.each(SAMPLE_ERRORS)(
  '$code says what happened, what it means and what to do, in whole calm sentences',
  (error) => {
    for (const part of Object.values(errorText(error))) {
      expect(part).toMatch(/^[\p{Lu}'].*\.$/su);
      expect(part).not.toMatch(/!|undefined|null|NaN|\[object|\n| {2}/);
    }
  },
);

test.each(SAMPLE_ERRORS)('$code names what the trouble is with', (error) => {
  const text = Object.values(errorText(error)).join(' ');
  const names = ['name', 'other', 'path', 'recipient', 'endpoint', 'right', 'bucket', 'location'];
  for (const [key, value] of Object.entries(error.data as object))
    if (names.includes(key)) expect(text).toContain(value);
});

test.each([
  ['s3-wrong-region', { region: 'eu-central-1' }, 'Use --region eu-central-1.'],
  ['s3-denied', { right: 's3:PutObject', bucket: 'jobs' }, 's3:PutObject on your own prefix'],
  ['too-many-entries', { limit: 100_000 }, '--max-entries'],
  ['key-needed', {}, '-i'],
  ['endpoint-insecure', { endpoint: 'http://a.example' }, '--allow-http'],
] as const)('%s says which option or right helps', (code, data, help) => {
  expect(errorText({ code, data }).next).toContain(help);
});
