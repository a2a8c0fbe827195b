import { onTestFinished } from 'vitest';
import type { Job } from '../../app/contract/job.ts';
import type { Evidence } from '../../app/contract/records.ts';
import type { Inbox } from '../../app/inbox/inbox.ts';
import { s3Inbox } from '../../app/inbox/s3.ts';
import type { S3Connection } from '../../app/s3/client.ts';
import { connectionTo } from './aws-environment.ts';
import type { ScriptedS3 } from './scripted-s3.ts';
import { collect } from './streams.ts';

/**
 * An inbox at a scripted server, closed with the running test.
 *
 * @param server - the server
 * @param key - the prefix
 * @param connection - what differs from the plain way to it
 */
export async function inboxAt(
  server: ScriptedS3,
  key: string,
  connection: Partial<S3Connection> = {},
): Promise<Inbox> {
  const inbox = await s3Inbox(
    { ...connectionTo(server), ...connection },
    { bucket: server.model.bucket, key },
  );
  onTestFinished(() => {
    inbox.close();
  });
  return inbox;
}

/**
 * Fetches a bundle to its end.
 *
 * @param inbox - where from
 * @param name - as the inbox lists it
 * @param job - may be cancelled
 */
export async function fetchBytes(
  inbox: Inbox,
  name: string,
  job: Job = {},
): Promise<{ readonly bytes: Buffer; readonly evidence: readonly Evidence[] }> {
  const fetched = await inbox.fetch(name, job);
  const bytes = await collect(fetched.content);
  return { bytes, evidence: fetched.evidence() };
}
