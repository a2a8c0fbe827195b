import type { S3Client } from '@aws-sdk/client-s3';
import { checkCancelled, type Job } from '../contract/job.ts';
import { stoppable } from './client.ts';
import { s3Error } from './errors.ts';
import type { S3Location } from './url.ts';

/** An object as a listing shows it, which is all that may be seen of it without the right to read. */
export interface ListedObject {
  readonly key: string;
  /** Size in bytes. */
  readonly bytes: number;
  readonly modified: Date;
  /** Without quotation marks; empty where the server gives none. */
  readonly etag: string;
}

/**
 * Lists the objects under a prefix, page by page.
 *
 * @param client - connected
 * @param prefix - bucket and prefix
 * @param job - may be cancelled
 * @param startAfter - only keys behind this one
 * @throws `s3-denied` with `s3:ListBucket`, and the other errors of S3
 */
export async function* listObjects(
  client: S3Client,
  prefix: S3Location,
  job: Job,
  startAfter?: string,
): AsyncGenerator<ListedObject, void, undefined> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  let token: string | undefined;
  do {
    checkCancelled(job);
    const page = await client
      .send(
        new ListObjectsV2Command({
          Bucket: prefix.bucket,
          Prefix: prefix.key,
          StartAfter: startAfter,
          ContinuationToken: token,
        }),
        stoppable(job.signal),
      )
      .catch((error: unknown) => {
        throw s3Error(error, { ...prefix, right: 's3:ListBucket' });
      });
    for (const { Key, Size, LastModified, ETag } of page.Contents ?? []) {
      if (Key === undefined) continue;
      yield {
        key: Key,
        bytes: Size ?? 0,
        modified: LastModified ?? new Date(0),
        etag: (ETag ?? '').replaceAll('"', ''),
      };
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

/**
 * Finds one object by listing, without the right to read it. The listing asks for the folder of the key, because a policy may
 * allow exactly that prefix and no longer one.
 *
 * @param client - connected
 * @param object - bucket and key
 * @param job - may be cancelled
 */
export async function findObject(
  client: S3Client,
  object: S3Location,
  job: Job,
): Promise<ListedObject | undefined> {
  const folder = object.key.slice(0, object.key.lastIndexOf('/') + 1);
  // The listing goes in the order of the keys' bytes: just before ours stands ours without its last character.
  const before = Array.from(object.key).slice(0, -1).join('');
  for await (const listed of listObjects(
    client,
    { ...object, key: folder },
    job,
    before === '' ? undefined : before,
  )) {
    if (listed.key === object.key) return listed;
    if (Buffer.compare(Buffer.from(listed.key), Buffer.from(object.key)) > 0) return undefined;
  }
  return undefined;
}
