import { hash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { MAX_PARTS, PART_BYTES } from '../../../app/destinations/parts.ts';
import {
  expectNothingLeft,
  failureOf,
  KEY,
  LARGE,
  sendBytes,
  senderAt,
} from '../../support/s3-sends.ts';
import { rewriting, ScriptedS3 } from '../../support/scripted-s3.ts';

vi.mock('../../../app/destinations/parts.ts', () => import('../../support/small-parts.ts'));

const LOCATION = `s3://signet-test/${KEY}`;

describe('an upload that must not become an object', () => {
  test.each([
    { what: 'another ETag', pattern: /<ETag>"[0-9a-f]{8}/, replacement: '<ETag>"00000000' },
    { what: 'another size', pattern: /<Size>\d+/, replacement: '<Size>5242879' },
    { what: 'a part less', pattern: /<Part>.*?<\/Part>/s, replacement: '' },
    {
      what: 'a part more',
      pattern: /<\/ListPartsResult>/,
      replacement: '<Part><PartNumber>9</PartNumber><Size>1</Size></Part></ListPartsResult>',
    },
  ])('is aborted when the server lists $what', async ({ pattern, replacement }) => {
    const server = await ScriptedS3.start();
    server.on('ListParts', () => rewriting(pattern, replacement));
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error).toMatchObject({ code: 's3-integrity', data: { location: LOCATION } });
    expect(server.count('CompleteMultipartUpload')).toBe(0);
    expectNothingLeft(server);
  });

  test('is aborted when the server echoes another checksum for a part', async () => {
    const server = await ScriptedS3.start();
    const wrong = hash('sha256', 'other bytes', 'base64');
    server.on('UploadPart', (nth) => ({
      kind: 'change',
      change: (answer) =>
        nth === 2
          ? { ...answer, headers: { ...answer.headers, 'x-amz-checksum-sha256': wrong } }
          : answer,
    }));
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error.code).toBe('s3-integrity');
    expectNothingLeft(server);
  });

  test('is aborted when a bundle of that name arrived, even if the server would overwrite it', async () => {
    const server = await ScriptedS3.start();
    server.on('ListParts', () => {
      server.model.place(KEY, Buffer.from('somebody else was faster'));
      return undefined;
    });
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error).toMatchObject({ code: 's3-exists', data: { location: LOCATION } });
    expect(server.count('CompleteMultipartUpload')).toBe(0);
    expect(server.model.objects.get(KEY)?.bytes.toString()).toBe('somebody else was faster');
    expect(server.model.uploads.size).toBe(0);
  });

  test('is aborted when a bundle of that name arrived at the last moment', async () => {
    const server = await ScriptedS3.start();
    server.on('CompleteMultipartUpload', () => {
      server.model.place(KEY, Buffer.from('somebody else was faster'));
      return undefined;
    });
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error).toMatchObject({ code: 's3-exists', data: { location: LOCATION } });
    expect(server.model.objects.get(KEY)?.bytes.toString()).toBe('somebody else was faster');
    expect(server.model.uploads.size).toBe(0);
  });

  test('is aborted when S3 says yes to the completion and no in the same answer', async () => {
    const server = await ScriptedS3.start();
    // Amazon sends the status before it knows the outcome, and the outcome in the body.
    server.on('CompleteMultipartUpload', () => ({
      kind: 'refuse',
      status: 200,
      code: 'InternalError',
    }));
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error.code).toBe('s3-busy');
    expectNothingLeft(server);
  });

  test('is aborted when what was to be sent cannot be read to its end', async () => {
    const server = await ScriptedS3.start();
    const destination = await senderAt(server);
    const { promise: partArrived, resolve } = Promise.withResolvers<undefined>();
    server.on('UploadPart', () => {
      resolve(undefined);
      return undefined;
    });
    async function* breaking(): AsyncGenerator<Uint8Array, void, undefined> {
      yield LARGE.subarray(0, PART_BYTES + 1);
      await partArrived;
      throw new Error('the disk is gone');
    }
    const sending = destination.put('bundle.age', breaking(), LARGE.byteLength, {});
    await expect(sending).rejects.toThrow('the disk is gone');
    expect(server.count('UploadPart')).toBe(1);
    expectNothingLeft(server);
  });

  test('is aborted when it needs more parts than S3 takes', async () => {
    const server = await ScriptedS3.start();
    const destination = await senderAt(server);
    const bytes = Buffer.alloc(MAX_PARTS * PART_BYTES + 1);
    const error = await failureOf(sendBytes(destination, bytes));
    expect(error).toMatchObject({
      code: 'bundle-too-large',
      data: { limit: MAX_PARTS * PART_BYTES },
    });
    expectNothingLeft(server);
  });

  test('is aborted when a part fails for good', async () => {
    const server = await ScriptedS3.start();
    server.on('UploadPart', (_nth, { query }) =>
      query.get('partNumber') === '2' ? { kind: 'drop' } : undefined,
    );
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error).toMatchObject({
      code: 's3-unreachable',
      data: { endpoint: server.endpoint },
    });
    expectNothingLeft(server);
  });
});

describe('an object that came into being although it should not', () => {
  test('is deleted when the completion echoes another checksum', async () => {
    const server = await ScriptedS3.start();
    server.on('CompleteMultipartUpload', () =>
      rewriting(/<ChecksumSHA256>..../, '<ChecksumSHA256>AAAA'),
    );
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error).toMatchObject({ code: 's3-integrity', data: { location: LOCATION } });
    expectNothingLeft(server);
  });

  test('is reported as left behind when it cannot be deleted', async () => {
    const server = await ScriptedS3.start();
    server.model.denied.add('s3:DeleteObject');
    server.on('CompleteMultipartUpload', () =>
      rewriting(/<ChecksumSHA256>..../, '<ChecksumSHA256>AAAA'),
    );
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error).toMatchObject({
      code: 's3-left-behind',
      data: {
        location: LOCATION,
        after: 's3-integrity',
        remains: 'object',
        right: 's3:DeleteObject',
      },
    });
    expect(server.model.objects.has(KEY)).toBe(true);
  });
});
