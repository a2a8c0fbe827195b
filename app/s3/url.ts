import { AppError } from '../contract/errors.ts';

/** A place in S3. */
export interface S3Location {
  readonly bucket: string;
  /** A key, or a prefix that ends with `/`; empty for the whole bucket. */
  readonly key: string;
  /** Of the S3-compatible service that it is at, where one was named. */
  readonly endpoint?: string | undefined;
}

/** Amazon S3's rules for general purpose buckets; a dot is allowed because older and S3-compatible ones have it. */
const URL = /^s3:\/\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(?<key>.*))?$/s;

/**
 * Whether a bucket may be called so.
 *
 * @param name - what the person gave
 */
export function isBucketName(name: string): boolean {
  return URL.exec(`s3://${name}`)?.groups?.['bucket'] === name && !name.includes('..');
}

/**
 * Tells an S3 location from a path.
 *
 * @param text - what the person gave
 */
export function isS3Url(text: string): boolean {
  return /^s3:\/\//i.test(text);
}

/**
 * Reads `s3://bucket/key`. The key is taken as it stands: nothing in it is percent-decoded.
 *
 * @param text - what the person gave
 * @throws `url-invalid`
 */
export function parseS3Url(text: string): S3Location {
  const groups = URL.exec(text)?.groups;
  const key = groups?.['key'] ?? '';
  if (groups?.['bucket'] === undefined || key.startsWith('/') || Buffer.byteLength(key) > 1024)
    throw new AppError('url-invalid', { url: withoutCredentials(text) });
  return { bucket: groups['bucket'], key };
}

/** Older tools took `s3://key:secret@bucket`, so people paste it; it must not come back on a screen or in a journal. */
function withoutCredentials(text: string): string {
  return text.replace(/^(s3:\/\/).*@/is, '$1…@');
}

/**
 * Reads `s3://bucket/prefix/` as a place to put things or to list; a missing final `/` is added, because a policy's condition on
 * a prefix needs it.
 *
 * @param text - what the person gave
 * @throws `url-invalid`
 */
export function parseS3Prefix(text: string): S3Location {
  const { bucket, key } = parseS3Url(text);
  return { bucket, key: key === '' || key.endsWith('/') ? key : `${key}/` };
}

/**
 * Writes a location as `s3://bucket/key`.
 *
 * @param location - bucket and key
 */
export function formatS3Url(location: S3Location): string {
  return `s3://${location.bucket}/${location.key}`;
}
