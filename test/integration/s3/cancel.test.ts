import { setImmediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { Job } from '../../../app/contract/job.ts';
import { PART_BYTES } from '../../../app/destinations/parts.ts';
import type { S3Operation } from '../../support/s3-protocol.ts';
import {
  expectNothingLeft,
  failureOf,
  KEY,
  LARGE,
  sendBytes,
  senderAt,
  SMALL,
} from '../../support/s3-sends.ts';
import { ScriptedS3 } from '../../support/scripted-s3.ts';

vi.mock('../../../app/destinations/parts.ts', () => import('../../support/small-parts.ts'));

function stoppableJob(): { readonly job: Job; readonly stop: () => void } {
  const controller = new AbortController();
  return {
    job: { signal: controller.signal },
    stop: () => {
      controller.abort();
    },
  };
}

describe('a send that is cancelled', () => {
  test.each([
    { what: 'a small bundle', bytes: SMALL },
    { what: 'a large bundle', bytes: LARGE },
  ])('before it begins asks nothing of the server: $what', async ({ bytes }) => {
    const server = await ScriptedS3.start();
    const destination = await senderAt(server);
    const { job, stop } = stoppableJob();
    stop();
    expect((await failureOf(destination.check('bundle.age', job))).code).toBe('cancelled');
    expect((await failureOf(sendBytes(destination, bytes, job))).code).toBe('cancelled');
    expect(server.asked).toEqual([]);
  });

  test('in the middle of its one request leaves nothing', async () => {
    const server = await ScriptedS3.start();
    const { job, stop } = stoppableJob();
    server.whileArriving('PutObject', () => {
      stop();
      return undefined;
    });
    const error = await failureOf(
      sendBytes(await senderAt(server), LARGE.subarray(0, PART_BYTES - 1), job),
    );
    expect(error.code).toBe('cancelled');
    expectNothingLeft(server);
  });

  test('when its one request has arrived whole waits to hear that it was done, and undoes it', async () => {
    const server = await ScriptedS3.start();
    const { job, stop } = stoppableJob();
    server.on('PutObject', async () => {
      stop();
      // Time enough for somebody who hangs up to look, see no object, and be content.
      for (let turn = 0; turn < 10; turn += 1) await setImmediate();
      return undefined;
    });
    const error = await failureOf(sendBytes(await senderAt(server), SMALL, job));
    expect(error.code).toBe('cancelled');
    expect(server.asked.map(({ operation }) => operation)).toEqual(['PutObject', 'DeleteObject']);
    expectNothingLeft(server);
  });

  test.each<{ what: string; bytes: Buffer; moment: S3Operation }>([
    { what: 'its one request is not answered', bytes: SMALL, moment: 'PutObject' },
    {
      what: 'the server does not say whether it began an upload',
      bytes: LARGE,
      moment: 'CreateMultipartUpload',
    },
  ])('while $what does not wait for ever', async ({ bytes, moment }) => {
    const server = await ScriptedS3.start();
    const { job, stop } = stoppableJob();
    const destination = await senderAt(server);
    server.on(moment, () => {
      vi.useFakeTimers({ toFake: ['setTimeout'] });
      stop();
      vi.advanceTimersByTime(10_000);
      vi.useRealTimers();
      return { kind: 'silence' };
    });
    const error = await failureOf(sendBytes(destination, bytes, job));
    expect(error.code).toBe('cancelled');
    expect(server.count(moment)).toBe(1);
    destination.close();
    await server.quiet();
  });

  test('on a network that is gone does not wait for ever to clean up, and says what is left', async () => {
    const server = await ScriptedS3.start();
    const { job, stop } = stoppableJob();
    const timeouts = { connect: 600_000, idle: 600_000, request: 600_000 };
    const destination = await senderAt(server, { timeouts });
    server.on('UploadPart', (nth) => {
      if (nth > 1) return undefined;
      vi.useFakeTimers({ toFake: ['setTimeout'] });
      stop();
      return { kind: 'silence' };
    });
    server.on('AbortMultipartUpload', () => {
      vi.advanceTimersByTime(30_000);
      vi.useRealTimers();
      return { kind: 'silence' };
    });
    const error = await failureOf(sendBytes(destination, LARGE, job));
    expect(error).toMatchObject({ code: 's3-left-behind', data: { after: 'cancelled' } });
    expect(server.count('AbortMultipartUpload')).toBe(1);
    destination.close();
    await server.quiet();
  });

  test('is reported as left behind when its one request was done and cannot be undone', async () => {
    const server = await ScriptedS3.start();
    server.model.denied.add('s3:DeleteObject');
    const { job, stop } = stoppableJob();
    server.on('PutObject', () => {
      stop();
      return undefined;
    });
    const error = await failureOf(sendBytes(await senderAt(server), SMALL, job));
    expect(error).toMatchObject({ code: 's3-left-behind', data: { after: 'cancelled' } });
    expect(server.model.objects.has(KEY)).toBe(true);
  });

  test('when its one request was done but not answered leaves nothing', async () => {
    const server = await ScriptedS3.start();
    const { job, stop } = stoppableJob();
    server.on('PutObject', () => {
      stop();
      return { kind: 'lose-answer' };
    });
    const error = await failureOf(sendBytes(await senderAt(server), SMALL, job));
    expect(error.code).toBe('cancelled');
    expect(server.count('DeleteObject')).toBe(1);
    expectNothingLeft(server);
  });

  test('never deletes what somebody else put there', async () => {
    const server = await ScriptedS3.start();
    const { job, stop } = stoppableJob();
    server.on('PutObject', () => {
      server.model.place(KEY, Buffer.from('somebody else was faster'));
      stop();
      return undefined;
    });
    const error = await failureOf(sendBytes(await senderAt(server), SMALL, job));
    expect(error.code).toBe('cancelled');
    expect(server.model.objects.get(KEY)?.bytes.toString()).toBe('somebody else was faster');
  });

  test.each<{ moment: S3Operation }>([
    { moment: 'CreateMultipartUpload' },
    { moment: 'UploadPart' },
    { moment: 'ListParts' },
    { moment: 'CompleteMultipartUpload' },
  ])('while $moment is under way leaves nothing', async ({ moment }) => {
    const server = await ScriptedS3.start();
    const { job, stop } = stoppableJob();
    server.on(moment, () => {
      stop();
      return undefined;
    });
    const error = await failureOf(sendBytes(await senderAt(server), LARGE, job));
    expect(error.code).toBe('cancelled');
    expectNothingLeft(server);
  });

  test('in the middle of a part leaves nothing', async () => {
    const server = await ScriptedS3.start();
    const { job, stop } = stoppableJob();
    server.whileArriving('UploadPart', (bytes) => {
      if (bytes > PART_BYTES / 2) stop();
      return undefined;
    });
    const error = await failureOf(sendBytes(await senderAt(server), LARGE, job));
    expect(error.code).toBe('cancelled');
    expectNothingLeft(server);
  });

  test('when the object is made but nobody was told leaves nothing', async () => {
    const server = await ScriptedS3.start();
    const { job, stop } = stoppableJob();
    server.on('CompleteMultipartUpload', () => {
      stop();
      return { kind: 'lose-answer' };
    });
    const error = await failureOf(sendBytes(await senderAt(server), LARGE, job));
    expect(error.code).toBe('cancelled');
    expectNothingLeft(server);
  });

  test('leaves nothing when the server completes the object while it is asked to abort', async () => {
    const server = await ScriptedS3.start();
    const { job, stop } = stoppableJob();
    const { promise: abortAsked, resolve } = Promise.withResolvers<undefined>();
    // The client hears nothing more of the completion, looks, sees no object, and asks to abort: only then it is done.
    server.on('CompleteMultipartUpload', async () => {
      stop();
      await abortAsked;
      return undefined;
    });
    server.on('AbortMultipartUpload', async () => {
      resolve(undefined);
      await setImmediate();
      return undefined;
    });
    const error = await failureOf(sendBytes(await senderAt(server), LARGE, job));
    expect(error.code).toBe('cancelled');
    expectNothingLeft(server);
  });

  test('after its completion is told that the bundle arrived', async () => {
    const server = await ScriptedS3.start();
    const { job, stop } = stoppableJob();
    const destination = await senderAt(server);
    server.on('ListObjectsV2', () => {
      if (server.model.objects.size > 0) stop();
      return undefined;
    });
    const placement = await sendBytes(destination, LARGE, job);
    expect(placement.verifiedBy).toContain('listed-size');
    expect(server.model.objects.get(KEY)?.bytes.equals(LARGE)).toBe(true);
  });

  test('lets go of a server that never answers, and of every connection', async () => {
    const server = await ScriptedS3.start();
    const { job, stop } = stoppableJob();
    const destination = await senderAt(server);
    server.on('UploadPart', () => {
      stop();
      return { kind: 'silence' };
    });
    const error = await failureOf(sendBytes(destination, LARGE, job));
    expect(error.code).toBe('cancelled');
    expectNothingLeft(server);
    destination.close();
    await server.quiet();
  });

  test('is reported as left behind when the right to clean up is missing', async () => {
    const server = await ScriptedS3.start();
    server.model.denied.add('s3:AbortMultipartUpload');
    const { job, stop } = stoppableJob();
    server.on('UploadPart', () => {
      stop();
      return undefined;
    });
    const error = await failureOf(sendBytes(await senderAt(server), LARGE, job));
    expect(error).toMatchObject({ code: 's3-left-behind', data: { after: 'cancelled' } });
    expect(server.model.uploads.size).toBe(1);
  });
});
