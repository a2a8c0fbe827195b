import { setImmediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { PendingUpload } from '../../support/s3-model.ts';
import { failureOf, KEY, LARGE, sendBytes, senderAt } from '../../support/s3-sends.ts';
import { ScriptedS3 } from '../../support/scripted-s3.ts';

vi.mock('../../../app/destinations/parts.ts', () => import('../../support/small-parts.ts'));

const LOCATION = `s3://signet-test/${KEY}`;

/** A server that has no place for the second part. */
async function failingServer(): Promise<ScriptedS3> {
  const server = await ScriptedS3.start();
  server.on('UploadPart', (_nth, { query }) =>
    query.get('partNumber') === '2'
      ? { kind: 'refuse', status: 507, code: 'InsufficientStorage' }
      : undefined,
  );
  return server;
}

describe('an upload that failed', () => {
  test('is aborted, and the failure is the one that is reported', async () => {
    const server = await failingServer();
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error.code).toBe('s3-busy');
    expect(server.count('AbortMultipartUpload')).toBe(1);
    expect(server.model.uploads.size).toBe(0);
  });

  test('is reported as left behind when it may not be aborted', async () => {
    const server = await failingServer();
    server.model.denied.add('s3:AbortMultipartUpload');
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error).toMatchObject({
      code: 's3-left-behind',
      data: {
        location: LOCATION,
        after: 's3-busy',
        remains: 'parts',
        right: 's3:AbortMultipartUpload',
      },
    });
    expect(server.model.uploads.size).toBe(1);
  });

  test('is reported as left behind when nobody hears that it be aborted', async () => {
    const server = await failingServer();
    server.on('AbortMultipartUpload', () => ({ kind: 'drop' }));
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error.code).toBe('s3-left-behind');
    // No right is missing; to ask for one would be wrong advice.
    expect(error.data).toEqual({ location: LOCATION, after: 's3-busy', remains: 'parts' });
    expect(server.model.uploads.size).toBe(1);
  });

  test('counts as aborted when only the answer to that was lost', async () => {
    const server = await failingServer();
    server.on('AbortMultipartUpload', (nth) => (nth === 1 ? { kind: 'lose-answer' } : undefined));
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error.code).toBe('s3-busy');
    expect(server.model.uploads.size).toBe(0);
  });

  test.each([
    { lateParts: 1, aborts: 2, code: 's3-busy' },
    { lateParts: Infinity, aborts: 3, code: 's3-left-behind' },
  ])('is aborted again while parts arrive late: $lateParts times', async (expected) => {
    const server = await failingServer();
    let pending: [string, PendingUpload][] = [];
    server.on('AbortMultipartUpload', () => {
      pending = [...server.model.uploads];
      return undefined;
    });
    // Amazon documents that a part under way may still succeed, and be kept, after the abort.
    server.on('ListParts', (nth) => {
      if (nth <= expected.lateParts)
        for (const [id, upload] of pending) server.model.uploads.set(id, upload);
      return undefined;
    });
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error.code).toBe(expected.code);
    expect(server.count('AbortMultipartUpload')).toBe(expected.aborts);
    expect(server.model.uploads.size).toBe(expected.code === 's3-busy' ? 0 : 1);
  });

  test('is aborted when no other part is under way any more, because one could arrive late', async () => {
    const server = await ScriptedS3.start();
    let underWay = false;
    server.on('UploadPart', async (_nth, { query }, gone) => {
      if (query.get('partNumber') === '2')
        return { kind: 'refuse', status: 507, code: 'InsufficientStorage' };
      underWay = true;
      await gone;
      underWay = false;
      return { kind: 'drop' };
    });
    let inTime: boolean | undefined;
    server.on('AbortMultipartUpload', async () => {
      // Both come over connections of their own; what was closed before this one was used has been noticed by then.
      await setImmediate();
      inTime = !underWay;
      return undefined;
    });
    await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(inTime).toBe(true);
    expect(server.model.uploads.size).toBe(0);
  });
});
