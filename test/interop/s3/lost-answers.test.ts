import { hash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Destination } from '../../../app/destinations/destination.ts';
import { PART_BYTES } from '../../../app/destinations/parts.ts';
import { s3Destination } from '../../../app/destinations/s3.ts';
import { keyVariables, useAwsEnvironment } from '../../support/aws-environment.ts';
import { GatewayBucket, type GatewayUser } from '../../support/gateway.ts';
import { s3Server } from '../../support/peers.ts';
import { SENDER_RIGHTS } from '../../support/policies.ts';
import { failureOf, KEY, LARGE, PREFIX, sendBytes, SMALL } from '../../support/s3-sends.ts';
import { S3Proxy } from '../../support/s3-proxy.ts';

vi.mock('../../../app/destinations/parts.ts', () => import('../../support/small-parts.ts'));

describe.skipIf(s3Server() === undefined)('a send through a connection that fails', () => {
  let bucket: GatewayBucket;
  let sender: GatewayUser;
  beforeAll(async () => {
    bucket = await GatewayBucket.create();
    sender = await bucket.addUser();
    await bucket.allow({ user: sender.name, actions: SENDER_RIGHTS, prefix: PREFIX });
  });
  afterEach(() => bucket.empty());
  afterAll(() => bucket.remove());

  async function through({ endpoint }: S3Proxy): Promise<Destination> {
    useAwsEnvironment(keyVariables(sender));
    const destination = await s3Destination({ endpoint }, { bucket: bucket.name, key: PREFIX });
    onTestFinished(() => {
      destination.close();
    });
    return destination;
  }

  test('finds out that its one request was done although nobody said so', async () => {
    const proxy = await S3Proxy.start(bucket.endpoint);
    proxy.at('PutObject', { answered: (nth) => (nth === 1 ? 'lose' : undefined) });
    const placement = await sendBytes(await through(proxy), SMALL);
    expect(proxy.passed).toEqual([
      ['PutObject', 200],
      ['PutObject', 412],
      ['ListObjectsV2', 200],
      ['ListObjectsV2', 200],
    ]);
    expect(placement.sha256).toBe(hash('sha256', await bucket.read(KEY)));
  });

  test('finds out that its upload was completed although nobody said so', async () => {
    const proxy = await S3Proxy.start(bucket.endpoint);
    proxy.at('CompleteMultipartUpload', { answered: () => 'lose' });
    const placement = await sendBytes(await through(proxy), LARGE);
    expect(placement.verifiedBy).toEqual(['parts-md5', 'etag-md5', 'listed-size']);
    expect(placement.sha256).toBe(hash('sha256', await bucket.read(KEY)));
    expect(await bucket.pendingUploads()).toEqual([]);
  });

  test('sends a part again that broke off in the middle', async () => {
    const proxy = await S3Proxy.start(bucket.endpoint);
    let broken = false;
    const destination = await through(proxy);
    proxy.at('UploadPart', {
      arriving: (bytes) => {
        if (broken || bytes < PART_BYTES / 2) return undefined;
        broken = true;
        return 'break';
      },
    });
    const placement = await sendBytes(destination, LARGE);
    expect(placement.sha256).toBe(hash('sha256', await bucket.read(KEY)));
  });

  test('leaves nothing when a part never gets through', async () => {
    const proxy = await S3Proxy.start(bucket.endpoint);
    proxy.at('UploadPart', {
      arriving: (bytes) => (bytes > PART_BYTES / 2 ? 'break' : undefined),
    });
    const error = await failureOf(sendBytes(await through(proxy), LARGE));
    expect(error).toMatchObject({ code: 's3-unreachable', data: { endpoint: proxy.endpoint } });
    expect(await bucket.keys()).toEqual([]);
    expect(await bucket.pendingUploads()).toEqual([]);
  });
});
