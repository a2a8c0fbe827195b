import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { AppError, isAppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { Evidence, InboxItem } from '../contract/records.ts';
import { connectS3, stoppable, type S3Connection } from '../s3/client.ts';
import { s3Error, type S3Right } from '../s3/errors.ts';
import { findObject, listObjects } from '../s3/listing.ts';
import { formatS3Url, type S3Location } from '../s3/url.ts';
import { startEtagCheck } from './etag.ts';
import type { Fetched, Inbox } from './inbox.ts';

/** How often a download that broke off is taken up again without having made progress. */
const RESUME_ATTEMPTS = 4;

/**
 * An S3 prefix as an inbox, for a recipient who may list, get and delete.
 *
 * @param connection - where and how
 * @param prefix - bucket, and a prefix that ends with `/` or is empty
 */
export async function s3Inbox(connection: S3Connection, prefix: S3Location): Promise<Inbox> {
  const client = await connectS3(connection);
  const object = (name: string): S3Location => ({
    bucket: prefix.bucket,
    key: `${prefix.key}${name}`,
    endpoint: connection.endpoint,
  });
  const translate = (error: unknown, name: string, right: S3Right): AppError =>
    s3Error(error, { ...object(name), right });
  return {
    list: (job) => list(client, { ...prefix, endpoint: connection.endpoint }, job),
    fetch: (name, job) =>
      fetch(client, object(name), job, (error) => translate(error, name, 's3:GetObject')),
    delete: async (name, job) => {
      // To the deletion S3 says yes, whether anything was there or not.
      if ((await findObject(client, object(name), job)) === undefined)
        throw new AppError('s3-no-object', { location: formatS3Url(object(name)) });
      const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
      const { bucket, key } = object(name);
      await client
        .send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), stoppable(job.signal))
        .catch((error: unknown) => {
          throw translate(error, name, 's3:DeleteObject');
        });
    },
    close: () => {
      client.destroy();
    },
  };
}

async function list(client: S3Client, prefix: S3Location, job: Job): Promise<InboxItem[]> {
  const items: InboxItem[] = [];
  for await (const { key, bytes, modified } of listObjects(client, prefix, job)) {
    // Consoles make empty objects whose keys end with a slash to show folders.
    if (key.endsWith('/')) continue;
    items.push({
      location: formatS3Url({ bucket: prefix.bucket, key }),
      name: key.slice(prefix.key.length),
      bytes,
      received: modified,
    });
  }
  return items.sort((a, b) => b.received.getTime() - a.received.getTime());
}

async function fetch(
  client: S3Client,
  object: S3Location,
  job: Job,
  translate: (error: unknown) => AppError,
): Promise<Fetched> {
  const get = await startGet(client, object, job);
  const first = await get(0, undefined).catch(async (error: unknown) => {
    const translated = translate(error);
    // Whoever may list no more than a prefix is not told whether an object is missing or forbidden. The listing knows.
    if (isAppError(translated, 's3-denied') && (await isMissing(client, object, job)))
      throw new AppError('s3-no-object', { location: formatS3Url(object) }, error);
    throw translated;
  });
  if (first.ContentLength === undefined) throw new AppError('s3-refused', {});
  const bytes = first.ContentLength;
  const evidence: Evidence[] = [];
  async function* content(): AsyncGenerator<Uint8Array, void, undefined> {
    const check = await startEtagCheck(client, object, first, job);
    let received = 0;
    let answer: GetObjectCommandOutput | undefined = first;
    for (let failures = 0; received < bytes;) {
      checkCancelled(job);
      const before = received;
      try {
        // What was received stays; only the rest is asked for again, and only of the same object.
        answer ??= await get(received, first.ETag);
        if (received > 0 && answer.ContentRange?.startsWith(`bytes ${String(received)}-`) !== true)
          throw new AppError('s3-integrity', { location: formatS3Url(object) });
        for await (const piece of bodyOf(answer)) {
          received += piece.byteLength;
          if (received > bytes)
            throw new AppError('s3-integrity', { location: formatS3Url(object) });
          check.update(piece);
          yield piece;
        }
        if (received < bytes) throw new AppError('s3-unreachable', {});
      } catch (error) {
        const translated = translate(error);
        // The condition that it still be the same object did not hold.
        if (isAppError(translated, 's3-exists'))
          throw new AppError('s3-integrity', { location: formatS3Url(object) }, error);
        failures = received > before ? 1 : failures + 1;
        if (!isWorthResuming(translated) || failures >= RESUME_ATTEMPTS) throw translated;
      }
      answer = undefined;
    }
    const compared = await check.outcome();
    if (compared === 'differs')
      throw new AppError('s3-integrity', { location: formatS3Url(object) });
    if (compared === 'equal') evidence.push('etag-md5');
    evidence.push('received-size');
  }
  return {
    name: object.key.slice(object.key.lastIndexOf('/') + 1),
    bytes,
    content: content(),
    evidence: () => evidence,
  };
}

async function isMissing(client: S3Client, object: S3Location, job: Job): Promise<boolean> {
  try {
    return (await findObject(client, object, job)) === undefined;
  } catch {
    return false;
  }
}

async function startGet(
  client: S3Client,
  object: S3Location,
  job: Job,
): Promise<(offset: number, etag: string | undefined) => Promise<GetObjectCommandOutput>> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  return (offset, etag) =>
    client.send(
      new GetObjectCommand({
        Bucket: object.bucket,
        Key: object.key,
        ...(offset === 0 ? {} : { Range: `bytes=${String(offset)}-` }),
        ...(etag === undefined ? {} : { IfMatch: etag }),
      }),
      stoppable(job.signal),
    );
}

async function* bodyOf(
  answer: GetObjectCommandOutput,
): AsyncGenerator<Uint8Array, void, undefined> {
  // In Node the body is a stream of buffers; the SDK's typings cover browsers, too.
  const body = answer.Body as AsyncIterable<Uint8Array> | undefined;
  if (body !== undefined) yield* body;
}

function isWorthResuming(error: AppError): boolean {
  return (
    isAppError(error, 's3-unreachable') ||
    isAppError(error, 's3-timeout') ||
    isAppError(error, 's3-busy')
  );
}
