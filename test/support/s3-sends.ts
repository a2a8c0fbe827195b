import { expect, onTestFinished } from 'vitest';
import type { AppError } from '../../app/contract/errors.ts';
import { isAppError } from '../../app/contract/errors.ts';
import type { Job } from '../../app/contract/job.ts';
import type { Placement } from '../../app/contract/records.ts';
import type { Destination } from '../../app/destinations/destination.ts';
import { PART_BYTES } from '../../app/destinations/parts.ts';
import { s3Destination } from '../../app/destinations/s3.ts';
import type { S3Connection } from '../../app/s3/client.ts';
import { connectionTo } from './aws-environment.ts';
import { patternBytes } from './documents.ts';
import type { ScriptedS3 } from './scripted-s3.ts';
import { pieces } from './streams.ts';

/** The sender's prefix. */
export const PREFIX = 'home/ana/';
/** Where `sendBytes` puts its bundle. */
export const KEY = `${PREFIX}bundle.age`;
/** Goes up in one request. */
export const SMALL = patternBytes(100_000);
/** Goes up in three parts. */
export const LARGE = patternBytes(2 * PART_BYTES + 100_000);
/** Short enough to wait for, long enough for a busy machine to answer in. */
export const SHORT_TIMEOUTS = { connect: 2_000, idle: 700, request: 5_000 };

/**
 * A destination at a scripted server, closed with the running test.
 *
 * @param server - the server
 * @param connection - what differs from the plain way to it
 */
export async function senderAt(
  server: ScriptedS3,
  connection: Partial<S3Connection> = {},
): Promise<Destination> {
  const destination = await s3Destination(
    { ...connectionTo(server), ...connection },
    { bucket: server.model.bucket, key: PREFIX },
  );
  onTestFinished(() => {
    destination.close();
  });
  return destination;
}

/**
 * Sends bytes that stand for a bundle.
 *
 * @param destination - where to
 * @param bytes - all of them
 * @param job - may be cancelled
 */
export function sendBytes(
  destination: Destination,
  bytes: Uint8Array,
  job: Job = {},
): Promise<Placement> {
  return destination.put('bundle.age', pieces(bytes, 64 * 1024), bytes.byteLength, job);
}

/**
 * The `AppError` that a promise is expected to be rejected with.
 *
 * @param promise - of something that has to fail
 */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const outcome: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (isAppError(outcome)) return outcome;
  throw new Error('it did not fail with an AppError', { cause: outcome });
}

/**
 * Expects neither an object nor an upload at a scripted server.
 *
 * @param server - after something failed
 */
export function expectNothingLeft(server: ScriptedS3): void {
  expect([...server.model.objects.keys()]).toEqual([]);
  expect(server.model.uploads.size).toBe(0);
}
