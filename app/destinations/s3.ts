import { hash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { AppError, isAppError, toAppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { Evidence, Placement } from '../contract/records.ts';
import { startDigest } from '../digest/digest.ts';
import {
  cleanUpJob,
  connectS3,
  stoppable,
  stoppableLate,
  type S3Connection,
} from '../s3/client.ts';
import { missingRight, s3Error, type S3Right } from '../s3/errors.ts';
import { findObject } from '../s3/listing.ts';
import { formatS3Url, type S3Location } from '../s3/url.ts';
import type { Destination } from './destination.ts';
import { cutParts, partSizeFor, PART_BYTES } from './parts.ts';
import { MultipartUpload } from './multipart.ts';

/**
 * An S3 prefix as a destination, for a sender who may put, delete, list the own prefix, list and abort the own uploads, and
 * nothing else. The bundle streams into the upload; nothing touches the disk.
 *
 * @param connection - where and how
 * @param prefix - bucket, and a prefix that ends with `/` or is empty
 */
export async function s3Destination(
  connection: S3Connection,
  prefix: S3Location,
): Promise<Destination> {
  const client = await connectS3(connection);
  const object = (name: string): S3Location => ({
    bucket: prefix.bucket,
    key: `${prefix.key}${name}`,
    endpoint: connection.endpoint,
  });
  return {
    locate: (name) => formatS3Url(object(name)),
    check: (name, job) => expectNothing(client, object(name), job),
    put: (name, bundle, expectedBytes, job) =>
      put(client, object(name), bundle, expectedBytes, job),
    close: () => {
      client.destroy();
    },
  };
}

async function expectNothing(client: S3Client, object: S3Location, job: Job): Promise<void> {
  if ((await findObject(client, object, job)) !== undefined)
    throw new AppError('s3-exists', { location: formatS3Url(object) });
}

async function put(
  client: S3Client,
  object: S3Location,
  bundle: AsyncIterable<Uint8Array>,
  expectedBytes: number,
  job: Job,
): Promise<Placement> {
  const translate = (error: unknown, right: S3Right): AppError =>
    s3Error(error, { ...object, right });
  const digest = startDigest(expectedBytes);
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of bundle) {
      checkCancelled(job);
      await digest.update(piece);
      bytes += piece.byteLength;
      yield piece;
    }
  }
  const parts = cutParts(counted(), partSizeFor(expectedBytes));
  try {
    const first = await parts.next();
    const upload =
      first.done === true || first.value.byteLength < PART_BYTES
        ? await putWhole(client, object, first.value ?? new Uint8Array(), job, translate)
        : await putParts(client, object, first.value, parts, job, translate);
    const listed = await confirm(client, object, bytes, upload, job);
    return {
      location: formatS3Url(object),
      bytes,
      sha256: await digest.finish(),
      verifiedBy: listed,
    };
  } finally {
    digest.abandon();
    // An upload that could not even begin leaves the bundle half read, with documents open.
    await parts.return(undefined);
  }
}

/** What is known of an upload that the server said it completed. */
interface Uploaded {
  /** What the ETag is where it is an MD5. */
  readonly etag: string;
  readonly evidence: readonly Evidence[];
}

type Translate = (error: unknown, right: S3Right) => AppError;

async function putWhole(
  client: S3Client,
  object: S3Location,
  body: Uint8Array,
  job: Job,
  translate: Translate,
): Promise<Uploaded> {
  checkCancelled(job);
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const sha256 = hash('sha256', body, 'base64');
  const md5 = hash('md5', body, 'buffer');
  const etag = md5.toString('hex');
  job.onProgress?.({ stage: 'upload', bytes: 0, total: body.byteLength });
  const answer = await client
    .send(
      new PutObjectCommand({
        Bucket: object.bucket,
        Key: object.key,
        Body: body,
        ContentLength: body.byteLength,
        ContentType: 'application/octet-stream',
        ContentMD5: md5.toString('base64'),
        ChecksumSHA256: sha256,
        ServerSideEncryption: 'AES256',
        IfNoneMatch: '*',
      }),
      stoppableLate(job.signal),
    )
    .catch(async (error: unknown) => {
      // An answer may have been lost: the object has then arrived all the same, and was in the way of a further attempt.
      if (await isOurs(client, object, body.byteLength, etag, cleanUpJob())) return undefined;
      checkCancelled(job);
      throw translate(error, 's3:PutObject');
    });
  if (job.signal?.aborted === true) await remove(client, object, 'cancelled', cleanUpJob());
  checkCancelled(job);
  job.onProgress?.({ stage: 'upload', bytes: body.byteLength, total: body.byteLength });
  const echoed = answer?.ChecksumSHA256;
  if (echoed !== undefined && echoed !== sha256) await refuse(client, object);
  return { etag, evidence: echoed === undefined ? [] : ['checksum-sha256'] };
}

async function putParts(
  client: S3Client,
  object: S3Location,
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
  job: Job,
  translate: Translate,
): Promise<Uploaded> {
  const upload = await MultipartUpload.create(client, object, job, translate);
  let echo: 'equal' | 'differs' | 'none' = 'none';
  try {
    await upload.add(first);
    for await (const part of rest) await upload.add(part);
    await upload.settle();
    await upload.verifyParts();
    // Not every S3-compatible service heeds the condition on the completion, and the check before it all may be hours old.
    await expectNothing(client, object, job);
    checkCancelled(job);
    ({ echo } = await upload.complete());
  } catch (error) {
    await giveUp(client, object, upload, error);
  }
  if (echo === 'differs') await refuse(client, object);
  return {
    etag: upload.etag,
    evidence: [...(echo === 'equal' ? (['checksum-sha256'] as const) : []), ...upload.evidence],
  };
}

/** Leaves nothing of an upload that failed; returns only where the object came into being all the same, and is wanted. */
async function giveUp(
  client: S3Client,
  object: S3Location,
  upload: MultipartUpload,
  error: unknown,
): Promise<void> {
  const cleanUp = cleanUpJob();
  const arrived = async (): Promise<boolean> =>
    upload.completing && (await isOurs(client, object, upload.bytes, upload.etag, cleanUp));
  if (!(await arrived())) {
    const found = await upload.abort(toAppError(error), cleanUp);
    // Until it was aborted, it could still be completed behind our back.
    if (!(await arrived())) {
      // An upload that is no more was completed, although what lies there cannot be told to be ours.
      if (upload.completing && found === 'gone')
        throw new AppError('s3-unverified', { location: formatS3Url(object) }, error);
      throw error;
    }
  }
  if (!isAppError(error, 'cancelled')) return;
  await remove(client, object, 'cancelled', cleanUp);
  throw error;
}

/** Confirms by listing that the object is there, whole; gathers what proves it. */
async function confirm(
  client: S3Client,
  object: S3Location,
  bytes: number,
  upload: Uploaded,
  job: Job,
): Promise<Evidence[]> {
  job.onProgress?.({ stage: 'verify', bytes, total: bytes });
  const location = formatS3Url(object);
  // It is complete: cancelling now would leave it there, unmentioned.
  const { abortSignal: signal } = stoppableLate(job.signal);
  const listed = await findObject(client, object, { signal }).catch((error: unknown) => {
    throw new AppError('s3-unverified', { location }, error);
  });
  // Whoever waits for it may have taken it away already.
  if (listed === undefined) throw new AppError('s3-unverified', { location });
  if (listed.bytes !== bytes) {
    // Another MD5 than ours is of another object, which somebody put in the place of ours; it is not ours to delete.
    if (listed.etag !== upload.etag && /^[0-9a-f]{32}(?:-\d+)?$/.test(listed.etag))
      throw new AppError('s3-unverified', { location });
    return await refuse(client, object);
  }
  return [
    ...upload.evidence,
    ...(listed.etag === upload.etag ? (['etag-md5'] as const) : []),
    'listed-size',
  ];
}

/** Whether an object is what we sent, although nobody told us that it arrived. */
async function isOurs(
  client: S3Client,
  object: S3Location,
  bytes: number,
  etag: string,
  cleanUp: Job,
): Promise<boolean> {
  const listed = await findObject(client, object, cleanUp).catch(() => undefined);
  return listed?.bytes === bytes && listed.etag === etag;
}

async function refuse(client: S3Client, object: S3Location): Promise<never> {
  await remove(client, object, 's3-integrity', cleanUpJob());
  throw new AppError('s3-integrity', { location: formatS3Url(object) });
}

async function remove(
  client: S3Client,
  object: S3Location,
  after: 'cancelled' | 's3-integrity',
  cleanUp: Job,
): Promise<void> {
  const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
  await client
    .send(
      new DeleteObjectCommand({ Bucket: object.bucket, Key: object.key }),
      stoppable(cleanUp.signal),
    )
    .catch((error: unknown) => {
      const left = { location: formatS3Url(object), after, remains: 'object' } as const;
      const right = missingRight(error, { ...object, right: 's3:DeleteObject' });
      throw new AppError('s3-left-behind', { ...left, ...right }, error);
    });
}
