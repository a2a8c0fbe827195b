import { hash } from 'node:crypto';
import { S3Refusal, type S3Ask } from './s3-protocol.ts';

/** The value of a header that must not come twice. */
export function single(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

/** The SHA-256 that was announced, in Base64, once it is known to be right. */
export function checkedSha256({ headers, sha256 }: S3Ask): string | undefined {
  const claimed = single(headers['x-amz-checksum-sha256']);
  if (claimed !== undefined && claimed !== sha256.toString('base64'))
    throw new S3Refusal(400, 'BadDigest');
  return claimed;
}

/** The MD5 in hex, which becomes the ETag, once it is known to be the announced one. */
export function checkedMd5({ headers, body }: S3Ask): string {
  const md5 = hash('md5', body, 'buffer');
  const claimed = headers['content-md5'];
  if (claimed !== undefined && claimed !== md5.toString('base64'))
    throw new S3Refusal(400, 'BadDigest');
  return md5.toString('hex');
}

/** What S3 makes of the digests of an upload's parts: the digest of them all, and their number. */
export function composite(
  algorithm: 'md5' | 'sha256',
  digests: readonly Buffer[],
  encoding: 'hex' | 'base64',
): string {
  return `${hash(algorithm, Buffer.concat(digests), encoding)}-${String(digests.length)}`;
}
