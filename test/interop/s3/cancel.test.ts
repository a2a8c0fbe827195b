import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createApp } from '../../../app/app.ts';
import type { Job } from '../../../app/contract/job.ts';
import type { Destination } from '../../../app/destinations/destination.ts';
import { PART_BYTES } from '../../../app/destinations/parts.ts';
import { s3Destination } from '../../../app/destinations/s3.ts';
import { keyVariables, useAwsEnvironment } from '../../support/aws-environment.ts';
import { testKey } from '../../support/bundles.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { GatewayBucket, type GatewayUser } from '../../support/gateway.ts';
import { interruptedBy } from '../../support/jobs.ts';
import { s3Server } from '../../support/peers.ts';
import { SENDER_RIGHTS } from '../../support/policies.ts';
import type { S3Operation } from '../../support/s3-protocol.ts';
import { S3Proxy, type Moments } from '../../support/s3-proxy.ts';
import { failureOf, LARGE, PREFIX, sendBytes, SMALL } from '../../support/s3-sends.ts';
import { temporaryFolder } from '../../support/temporary.ts';

vi.mock('../../../app/destinations/parts.ts', () => import('../../support/small-parts.ts'));

describe.skipIf(s3Server() === undefined)('a send that does not reach its end', () => {
  let bucket: GatewayBucket;
  let sender: GatewayUser;
  beforeAll(async () => {
    bucket = await GatewayBucket.create();
    sender = await bucket.addUser();
    await bucket.allow({ user: sender.name, actions: SENDER_RIGHTS, prefix: PREFIX });
  });
  afterEach(() => bucket.empty());
  afterAll(() => bucket.remove());

  async function destinationAt(endpoint: string): Promise<Destination> {
    useAwsEnvironment(keyVariables(sender));
    const destination = await s3Destination({ endpoint }, { bucket: bucket.name, key: PREFIX });
    onTestFinished(() => {
      destination.close();
    });
    return destination;
  }

  async function expectNothingLeft(): Promise<void> {
    expect(await bucket.keys()).toEqual([]);
    expect(await bucket.pendingUploads()).toEqual([]);
  }

  const moments: {
    moment: string;
    operation: S3Operation;
    bytes: Buffer;
    at: (stop: () => void) => Moments;
  }[] = [
    {
      moment: 'in the middle of its one request',
      operation: 'PutObject',
      bytes: LARGE.subarray(0, PART_BYTES - 1),
      at: (stop) => ({
        arriving: (bytes) => {
          if (bytes > PART_BYTES / 2) stop();
          return undefined;
        },
      }),
    },
    {
      // The server is at work and cannot be stopped any more.
      moment: 'when its one request has arrived whole',
      operation: 'PutObject',
      bytes: LARGE.subarray(0, PART_BYTES - 1),
      at: (stop) => ({ asked: stop }),
    },
    {
      moment: 'when its one request is done but not answered',
      operation: 'PutObject',
      bytes: SMALL,
      at: (stop) => ({
        answered: () => {
          stop();
          return 'lose';
        },
      }),
    },
    {
      moment: 'while the upload is begun',
      operation: 'CreateMultipartUpload',
      bytes: LARGE,
      at: (stop) => ({ asked: stop }),
    },
    {
      moment: 'in the middle of a part',
      operation: 'UploadPart',
      bytes: LARGE,
      at: (stop) => ({
        arriving: (bytes) => {
          if (bytes > PART_BYTES / 2) stop();
          return undefined;
        },
      }),
    },
    {
      moment: 'when a part has arrived whole',
      operation: 'UploadPart',
      bytes: LARGE,
      at: (stop) => ({ asked: stop }),
    },
    {
      moment: 'while the parts are compared',
      operation: 'ListParts',
      bytes: LARGE,
      at: (stop) => ({ asked: stop }),
    },
    {
      moment: 'while the server puts the parts together',
      operation: 'CompleteMultipartUpload',
      bytes: LARGE,
      at: (stop) => ({ asked: stop }),
    },
    {
      moment: 'when the parts are put together but nobody said so',
      operation: 'CompleteMultipartUpload',
      bytes: LARGE,
      at: (stop) => ({
        answered: () => {
          stop();
          return 'lose';
        },
      }),
    },
  ];
  test.each(moments)('leaves nothing when it is cancelled $moment', async (each) => {
    const proxy = await S3Proxy.start(bucket.endpoint);
    const controller = new AbortController();
    proxy.at(
      each.operation,
      each.at(() => {
        controller.abort();
      }),
    );
    const job: Job = { signal: controller.signal };
    const error = await failureOf(sendBytes(await destinationAt(proxy.endpoint), each.bytes, job));
    expect(error.code).toBe('cancelled');
    await expectNothingLeft();
  });

  test('leaves nothing when it is cancelled before it begins', async () => {
    const destination = await destinationAt(bucket.endpoint);
    const error = await failureOf(sendBytes(destination, LARGE, { signal: AbortSignal.abort() }));
    expect(error.code).toBe('cancelled');
    await expectNothingLeft();
  });

  test('leaves nothing when a document changes while it goes up', async () => {
    useAwsEnvironment(keyVariables(sender));
    const folder = writeDocuments(temporaryFolder(), { 'big.bin': patternBytes(2.5 * PART_BYTES) });
    const job = interruptedBy(
      ({ stage }) => stage === 'upload',
      () => {
        appendFileSync(join(folder, 'big.bin'), 'one line more');
      },
    );
    const sending = createApp().send(
      { paths: [folder], lock: { kind: 'keys', recipients: [testKey.recipient] } },
      { url: `s3://${bucket.name}/${PREFIX}`, s3: { endpoint: bucket.endpoint } },
      job,
    );
    expect((await failureOf(sending)).code).toBe('document-changed');
    await expectNothingLeft();
  });
});
