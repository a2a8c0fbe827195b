import { expect, test } from 'vitest';
import { collect, placeOf, wholeNumber } from '../../../main/cli/options.ts';

test.each([
  ['0', 0],
  ['7', 7],
  ['100000', 100_000],
])('%s is a whole number', (text, number) => {
  expect(wholeNumber(text)).toBe(number);
});

test.each(['', ' 7', '-1', '1.5', '1e3', '0x10', 'seven', '7 words', '9999999999', '٧'])(
  "'%s' is not a whole number",
  (text) => {
    expect(() => wholeNumber(text)).toThrow('It has to be a whole number.');
  },
);

test('an option that is given several times keeps every value in order', () => {
  expect(
    ['a', 'b', 'a'].reduce<string[] | undefined>((all, each) => collect(each, all), undefined),
  ).toEqual(['a', 'b', 'a']);
});

test('a place is its URL and the options of S3, and nothing else that was given', () => {
  const options = { endpoint: 'https://s3.example.org', allowHttp: true, json: true };
  expect(placeOf('s3://jobs/ana/', options)).toEqual({
    url: 's3://jobs/ana/',
    s3: { endpoint: 'https://s3.example.org', allowHttp: true },
  });
});
