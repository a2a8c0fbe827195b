import { describe, expect, test, vi } from 'vitest';
import type { Destination } from '../../../app/destinations/destination.ts';
import type { S3Right } from '../../../app/s3/errors.ts';
import type { S3Operation } from '../../support/s3-protocol.ts';
import { fetchBytes, inboxAt } from '../../support/s3-inboxes.ts';
import {
  failureOf,
  KEY,
  LARGE,
  PREFIX,
  sendBytes,
  senderAt,
  SMALL,
} from '../../support/s3-sends.ts';
import { ScriptedS3 } from '../../support/scripted-s3.ts';

vi.mock('../../../app/destinations/parts.ts', () => import('../../support/small-parts.ts'));

describe('a refusal names the right that is missing', () => {
  test.each<{ operation: S3Operation; right: S3Right; run: (to: Destination) => Promise<unknown> }>(
    [
      {
        operation: 'ListObjectsV2',
        right: 's3:ListBucket',
        run: (to) => to.check('bundle.age', {}),
      },
      { operation: 'PutObject', right: 's3:PutObject', run: (to) => sendBytes(to, SMALL) },
      {
        operation: 'CreateMultipartUpload',
        right: 's3:PutObject',
        run: (to) => sendBytes(to, LARGE),
      },
      { operation: 'UploadPart', right: 's3:PutObject', run: (to) => sendBytes(to, LARGE) },
      {
        operation: 'ListParts',
        right: 's3:ListMultipartUploadParts',
        run: (to) => sendBytes(to, LARGE),
      },
      {
        operation: 'CompleteMultipartUpload',
        right: 's3:PutObject',
        run: (to) => sendBytes(to, LARGE),
      },
    ],
  )('when a sender may not $operation', async ({ operation, right, run }) => {
    const server = await ScriptedS3.start();
    server.on(operation, () => ({ kind: 'refuse', status: 403, code: 'AccessDenied' }));
    const error = await failureOf(run(await senderAt(server)));
    expect(error).toMatchObject({ code: 's3-denied', data: { right, bucket: 'signet-test' } });
    expect(server.model.objects.size).toBe(0);
    expect(server.model.uploads.size).toBe(0);
  });

  test('when a recipient may not list', async () => {
    const server = await ScriptedS3.start();
    server.model.denied.add('s3:ListBucket');
    const inbox = await inboxAt(server, PREFIX);
    expect(await failureOf(inbox.list({}))).toMatchObject({
      code: 's3-denied',
      data: { right: 's3:ListBucket', bucket: 'signet-test' },
    });
  });

  test('when a recipient may not read', async () => {
    const server = await ScriptedS3.start();
    server.model.place(KEY, SMALL);
    server.model.denied.add('s3:GetObject');
    const inbox = await inboxAt(server, PREFIX);
    expect(await failureOf(fetchBytes(inbox, 'bundle.age'))).toMatchObject({
      code: 's3-denied',
      data: { right: 's3:GetObject', bucket: 'signet-test' },
    });
  });

  test('when a recipient may not delete', async () => {
    const server = await ScriptedS3.start();
    server.model.place(KEY, SMALL);
    server.model.denied.add('s3:DeleteObject');
    const inbox = await inboxAt(server, PREFIX);
    expect(await failureOf(inbox.delete('bundle.age', {}))).toMatchObject({
      code: 's3-denied',
      data: { right: 's3:DeleteObject', bucket: 'signet-test' },
    });
    expect(server.model.objects.has(KEY)).toBe(true);
  });
});

describe('a bundle that is missing', () => {
  test('is told from one that is forbidden, although S3 refuses both alike', async () => {
    const server = await ScriptedS3.start();
    server.model.denied.add('s3:GetObject');
    const inbox = await inboxAt(server, PREFIX);
    expect(await failureOf(fetchBytes(inbox, 'bundle.age'))).toMatchObject({
      code: 's3-no-object',
      data: { location: `s3://signet-test/${KEY}` },
    });
  });

  test('is not told from one that is forbidden to somebody who may not list', async () => {
    const server = await ScriptedS3.start();
    server.model.denied.add('s3:GetObject');
    server.model.denied.add('s3:ListBucket');
    const inbox = await inboxAt(server, PREFIX);
    expect(await failureOf(fetchBytes(inbox, 'bundle.age'))).toMatchObject({
      code: 's3-denied',
      data: { right: 's3:GetObject' },
    });
  });
});

describe('the rights to clean up', () => {
  test('are not needed when nothing has to be cleaned up', async () => {
    const server = await ScriptedS3.start();
    server.model.denied.add('s3:DeleteObject');
    server.model.denied.add('s3:AbortMultipartUpload');
    server.model.denied.add('s3:GetObject');
    const destination = await senderAt(server);
    await destination.check('bundle.age', {});
    await sendBytes(destination, LARGE);
    expect(server.model.objects.get(KEY)?.bytes.equals(LARGE)).toBe(true);
  });

  test('let a bundle whose parts may not be listed be taken back whole', async () => {
    const server = await ScriptedS3.start();
    server.model.denied.add('s3:ListMultipartUploadParts');
    await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(server.count('CompleteMultipartUpload')).toBe(0);
    expect(server.count('AbortMultipartUpload')).toBe(1);
    expect(server.model.uploads.size).toBe(0);
  });
});
