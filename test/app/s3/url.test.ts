import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '../../../app/contract/errors.ts';
import { formatS3Url, isS3Url, parseS3Prefix, parseS3Url } from '../../../app/s3/url.ts';

const bucketNames = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);
const keys = fc
  .string({ unit: 'binary', maxLength: 200 })
  .filter((key) => !key.startsWith('/') && key.isWellFormed());

function refusalOf(text: string): string {
  try {
    parseS3Url(text);
  } catch (error) {
    if (isAppError(error, 'url-invalid')) return error.data.url;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('an S3 address', () => {
  test.each([
    ['s3://team-inbox', 'team-inbox', ''],
    ['s3://team-inbox/', 'team-inbox', ''],
    ['s3://team-inbox/home/ana/', 'team-inbox', 'home/ana/'],
    ['s3://team-inbox/home/ana/bundle.tar.age', 'team-inbox', 'home/ana/bundle.tar.age'],
    ['s3://old.bucket.example/x', 'old.bucket.example', 'x'],
    ['s3://abc/a b', 'abc', 'a b'],
    ['s3://abc/a%20b', 'abc', 'a%20b'],
    ['s3://abc/a+b', 'abc', 'a+b'],
    ['s3://abc/why?#1', 'abc', 'why?#1'],
    ['s3://abc/日本語', 'abc', '日本語'],
    ['s3://abc/a//b', 'abc', 'a//b'],
    ['s3://abc/a\\b', 'abc', 'a\\b'],
    ['s3://abc/ana@example.org:x', 'abc', 'ana@example.org:x'],
    ['s3://abc/two\nlines', 'abc', 'two\nlines'],
  ])('%j is read as it stands', (text, bucket, key) => {
    expect(parseS3Url(text)).toEqual({ bucket, key });
  });

  test('survives being written and read again, whatever the key', () => {
    fc.assert(
      fc.property(bucketNames, keys, (bucket, key) => {
        fc.pre(Buffer.byteLength(key) <= 1024);
        expect(parseS3Url(formatS3Url({ bucket, key }))).toEqual({ bucket, key });
      }),
    );
  });

  test.each([
    ['', 'nothing'],
    ['s3:', 'no address'],
    ['s3://', 'no bucket'],
    ['s3:///key', 'no bucket but a key'],
    ['s3://ab/key', 'a bucket too short'],
    [`s3://${'a'.repeat(64)}/key`, 'a bucket too long'],
    ['s3://Team/key', 'capitals in the bucket'],
    ['S3://team/key', 'a capital scheme'],
    ['s3://team_inbox/key', 'an underscore in the bucket'],
    ['s3://-team/key', 'a hyphen first'],
    ['s3://team-/key', 'a hyphen last'],
    ['s3://.team/key', 'a dot first'],
    ['s3://tea m/key', 'a space in the bucket'],
    ['s3://téam/key', 'a letter with an accent'],
    ['s3://team:9000/key', 'a port'],
    ['s3://team?region=x', 'a query instead of a key'],
    ['s3://team#x', 'a fragment instead of a key'],
    ['s3://team%2Fother/key', 'an escaped slash in the bucket'],
    ['s3://team\\other/key', 'a backslash in the bucket'],
    ['s3://team\n/key', 'a line break in the bucket'],
    ['s3://../key', 'a way out'],
    ['s3://team//key', 'a key that begins with a slash'],
    [' s3://team/key', 'a space before'],
    ['https://team.s3.amazonaws.com/key', 'an https address'],
    ['arn:aws:s3:::team/key', 'an ARN'],
    ['/home/ana', 'a path'],
  ])('%j is refused: %s', (text) => {
    expect(refusalOf(text)).toBe(text);
  });

  test('is refused when the key has more than 1024 bytes, however few characters', () => {
    expect(parseS3Url(`s3://team/${'é'.repeat(512)}`).key).toHaveLength(512);
    expect(() => parseS3Url(`s3://team/${'é'.repeat(512)}x`)).toThrow('url-invalid');
  });

  test.each([
    's3://AKIAEXAMPLE:wJalrXUtnFEMI@team/key',
    's3://AKIAEXAMPLE:wJalrXUtn/FEMI+@team/key',
    's3://wJalrXUtnFEMI@team',
    'S3://AKIAEXAMPLE:wJalrXUtnFEMI@team/key',
    's3://AKIAEXAMPLE:wJalrXUtn\nFEMI@team/key',
  ])('with credentials in it is refused without repeating them: %j', (text) => {
    const shown = refusalOf(text);
    expect(shown).not.toContain('wJalrXUtn');
    expect(shown).toContain('@team');
  });

  test('never makes anything but an AppError of whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, prefixed) => {
        try {
          parseS3Url(prefixed ? `s3://${text}` : text);
        } catch (error) {
          expect(isAppError(error, 'url-invalid')).toBe(true);
        }
      }),
    );
  });
});

describe('an S3 prefix', () => {
  test.each([
    ['s3://team', ''],
    ['s3://team/', ''],
    ['s3://team/home', 'home/'],
    ['s3://team/home/', 'home/'],
    ['s3://team/home/ana', 'home/ana/'],
  ])('of %j is %j', (text, key) => {
    expect(parseS3Prefix(text)).toEqual({ bucket: 'team', key });
  });

  test('never allows a neighbour whose name begins alike', () => {
    expect(parseS3Prefix('s3://team/home/ana').key).not.toBe('home/ana');
  });
});

describe('what is taken for an S3 address', () => {
  test.each(['s3://team', 'S3://team', 's3://', 's3:///'])('%j, right or wrong', (text) => {
    expect(isS3Url(text)).toBe(true);
  });

  test.each(['s3', 's3:', 's3:/team', './s3://team', ' s3://team', 'as3://team', 'C:\\s3'])(
    'not %j, which is a path',
    (text) => {
      expect(isS3Url(text)).toBe(false);
    },
  );
});
