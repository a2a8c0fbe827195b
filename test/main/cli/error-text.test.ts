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
  const names = [
    'name',
    'other',
    'path',
    'recipient',
    'endpoint',
    'right',
    'bucket',
    'location',
    'address',
    'host',
  ];
  for (const [key, value] of Object.entries(error.data as object))
    if (names.includes(key)) expect(text).toContain(value);
});

test.each([
  ['s3-wrong-region', { region: 'eu-central-1' }, 'Use --region eu-central-1.'],
  ['s3-denied', { right: 's3:PutObject', bucket: 'jobs' }, 's3:PutObject on your own prefix'],
  ['too-many-entries', { limit: 100_000 }, '--max-entries'],
  ['key-needed', {}, '-i'],
  ['expands-too-much', { kind: 'total', limit: 2 ** 40 }, '--max-size SIZE'],
  ['expands-too-much', { kind: 'ratio', limit: 1000 }, '--max-ratio N'],
  ['page-template-missing', {}, "'npm run build'"],
  ['volume-missing', { name: 'bundle.age.002' }, "Put 'bundle.age.002' beside the other parts."],
  ['endpoint-insecure', { endpoint: 'http://a.example' }, '--allow-http'],
] as const)('%s says which option or right helps', (code, data, help) => {
  expect(errorText({ code, data }).next).toContain(help);
});

test.each([
  { remains: 'parts', right: 's3:AbortMultipartUpload', title: 'Parts of the bundle were left' },
  { remains: 'object', right: 's3:DeleteObject', title: 'A bundle that was not to stay was left' },
] as const)('what is left of a send is named, and the right only if one is missing', (left) => {
  const { remains, right, title } = left;
  const data = { location: 's3://jobs/ana/b.age', after: 's3-busy', remains } as const;
  const denied = errorText({ code: 's3-left-behind', data: { ...data, right } });
  expect(denied.title).toContain(title);
  expect(denied.next).toContain(`for the right ${right}`);
  const dropped = errorText({ code: 's3-left-behind', data });
  expect(dropped.title).toContain(title);
  expect(Object.values(dropped).join(' ')).not.toMatch(/s3:[A-Z]|right/);
});

test('each story that a code can tell is told in words of its own', () => {
  const stories = SAMPLE_ERRORS.filter(
    // What became of these two reads the same.
    ({ data }) => !('kind' in data && (data.kind === 'entry' || data.kind === 'bundle')),
  ).map((error) => Object.values(errorText(error)).join(' '));
  const told = stories.filter((story, index) => stories.indexOf(story) !== index);
  expect(told).toEqual([]);
});

test('a passphrase that is too short is not answered with a number that is still too small', () => {
  const { title, meaning, next } = errorText({
    code: 'passphrase-words',
    data: { words: 7, least: 8, most: 12 },
  });
  expect(title).toBe('The passphrase has to have 8 to 12 words, not 7.');
  expect(`${meaning} ${next}`).not.toMatch(/\d/);
});

test('a message that may have arrived is not to be sent again before the recipient was asked', () => {
  const host = 'smtp.example.org';
  const broken = errorText({ code: 'smtp-unreachable', data: { host, mayHaveArrived: true } });
  expect(broken.meaning).not.toContain('not sent');
  expect(broken.next).toMatch(/^Ask the recipient/);
  expect(errorText({ code: 'smtp-unreachable', data: { host } }).meaning).toContain('was not sent');
});

test.each(SAMPLE_ERRORS.filter(({ code }) => code.startsWith('smtp-')))(
  '$code says that the message is kept',
  (error) => {
    expect(errorText(error).meaning).toContain('kept in the outbox and can be sent again');
  },
);
