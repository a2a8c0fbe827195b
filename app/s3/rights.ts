import { randomBytes } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { isAppError, type AppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { RightState } from '../contract/views.ts';
import { connectS3, stoppable, type S3Connection } from './client.ts';
import { s3Error, type S3Right } from './errors.ts';
import type { S3Location } from './url.ts';

/** Which rights somebody has under a prefix. */
export interface Rights {
  readonly list: RightState;
  readonly put: RightState;
  readonly read: RightState;
  readonly remove: RightState;
}

/**
 * Finds out what a connection may do under a prefix, without leaving anything behind: nothing is written, and what is asked about
 * or deleted is a name that nobody has.
 *
 * @param connection - where and how
 * @param prefix - bucket, and a prefix that ends with `/` or is empty
 * @param job - may be cancelled
 * @throws the errors of S3 that are about the connection itself: no such bucket, bad credentials, unreachable
 */
export async function checkRights(
  connection: S3Connection,
  prefix: S3Location,
  job: Job,
): Promise<Rights> {
  const client = await connectS3(connection);
  try {
    const key = `${prefix.key}signet-check-${randomBytes(16).toString('hex')}`;
    const nobodys = { bucket: prefix.bucket, key, endpoint: connection.endpoint };
    const { state: list, found } = await mayList(client, { ...nobodys, key: prefix.key }, job);
    const put = await mayPut(client, nobodys, job);
    const read =
      found === undefined
        ? await mayReadNothing(client, nobodys, job)
        : await mayRead(client, { ...nobodys, key: found }, job);
    // A right to delete is of use only to whoever may read; a sender is not asked to prove it.
    const remove = read === 'denied' ? 'unknown' : await mayRemove(client, nobodys, job);
    return { list, put, read, remove };
  } finally {
    client.destroy();
  }
}

/** Finds one object, too, where there is one. */
async function mayList(
  client: S3Client,
  at: S3Location,
  job: Job,
): Promise<{ readonly state: RightState; readonly found: string | undefined }> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  const ask = new ListObjectsV2Command({ Bucket: at.bucket, Prefix: at.key, MaxKeys: 1 });
  let found: string | undefined;
  const state = await judged(
    async () => {
      found = (await client.send(ask, stoppable(job.signal))).Contents?.[0]?.Key;
    },
    at,
    's3:ListBucket',
    () => 'unknown',
  );
  return { state, found };
}

/** An upload that is begun and aborted was never an object. */
async function mayPut(client: S3Client, at: S3Location, job: Job): Promise<RightState> {
  const sdk = await import('@aws-sdk/client-s3');
  const where = { Bucket: at.bucket, Key: at.key };
  // As bundles are sent: a policy may ask for the encryption.
  const begin = { ...where, ServerSideEncryption: 'AES256' } as const;
  let upload: string | undefined;
  const state = await judged(
    async () => {
      const begun = await client.send(new sdk.CreateMultipartUploadCommand(begin));
      upload = begun.UploadId;
    },
    at,
    's3:PutObject',
    () => 'unknown',
  );
  if (upload !== undefined)
    // Where this is refused, an empty upload stays until the bucket's lifecycle clears it; no object is there, and nothing can be
    // done about it with these rights.
    await client
      .send(new sdk.AbortMultipartUploadCommand({ ...where, UploadId: upload }))
      .catch(() => undefined);
  checkCancelled(job);
  return state;
}

/** Asks about an object, and reads none of it; the right is the same. */
async function mayRead(client: S3Client, object: S3Location, job: Job): Promise<RightState> {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
  const ask = new HeadObjectCommand({ Bucket: object.bucket, Key: object.key });
  return await judged(
    () => client.send(ask, stoppable(job.signal)),
    object,
    's3:GetObject',
    () => 'granted',
  );
}

/**
 * Where there is no object to ask about: that one is missing is told only to whoever may list the whole bucket. To all others, and
 * most may list no more than their prefix, S3 answers as if it were forbidden, which says nothing.
 */
async function mayReadNothing(
  client: S3Client,
  nobodys: S3Location,
  job: Job,
): Promise<RightState> {
  const state = await mayRead(client, nobodys, job);
  return state === 'denied' ? 'unknown' : state;
}

/** The condition cannot hold, so that no delete marker is left where a bucket keeps versions; services that ignore it make one. */
async function mayRemove(client: S3Client, at: S3Location, job: Job): Promise<RightState> {
  const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
  const where = { Bucket: at.bucket, Key: at.key };
  const ask = new DeleteObjectCommand({ ...where, IfMatch: `"${'0'.repeat(32)}"` });
  return await judged(
    async () => {
      const { DeleteMarker, VersionId } = await client.send(ask, stoppable(job.signal));
      if (DeleteMarker === true && VersionId !== undefined)
        await client
          .send(new DeleteObjectCommand({ ...where, VersionId }))
          // It takes a right of its own, and hides nothing: no object was ever there.
          .catch(() => undefined);
    },
    at,
    's3:DeleteObject',
    () => 'granted',
  );
}

/** Makes of an answer what it says about one right; what it says about everything else is thrown. */
async function judged(
  ask: () => Promise<unknown>,
  at: S3Location,
  right: S3Right,
  whenMissing: () => RightState,
): Promise<RightState> {
  try {
    await ask();
    return 'granted';
  } catch (error) {
    const translated = s3Error(error, { ...at, right });
    if (isAppError(translated, 's3-denied')) return 'denied';
    if (isAppError(translated, 's3-no-object') || isAppError(translated, 's3-exists'))
      return whenMissing();
    if (tellsNothing(translated)) return 'unknown';
    throw translated;
  }
}

/** A service that does not know a request, or refuses it for reasons of its own, says nothing about the right. */
function tellsNothing(error: AppError): boolean {
  return isAppError(error, 's3-refused');
}
