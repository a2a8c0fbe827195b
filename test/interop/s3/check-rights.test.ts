import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../app/app.ts';
import type { S3Right } from '../../../app/s3/errors.ts';
import { useAwsEnvironment } from '../../support/aws-environment.ts';
import { GatewayBucket, type GatewayUser } from '../../support/gateway.ts';
import { s3Server } from '../../support/peers.ts';
import { RECIPIENT_RIGHTS, SENDER_RIGHTS } from '../../support/policies.ts';

const PREFIX = 'home/ana/';

describe.skipIf(s3Server() === undefined)('a check of rights', () => {
  let bucket: GatewayBucket;
  let user: GatewayUser;
  beforeAll(async () => {
    bucket = await GatewayBucket.create();
    user = await bucket.addUser();
  });
  afterAll(() => bucket.remove());

  afterEach(() => bucket.empty());

  test.each<[string, boolean, readonly S3Right[], object]>([
    [
      'a sender, beside a bundle',
      true,
      SENDER_RIGHTS,
      { list: 'granted', put: 'granted', read: 'denied', remove: 'unknown' },
    ],
    [
      'a sender, where nothing is yet',
      false,
      SENDER_RIGHTS,
      { list: 'granted', put: 'granted', read: 'unknown', remove: 'granted' },
    ],
    [
      'a recipient, beside a bundle',
      true,
      RECIPIENT_RIGHTS,
      { list: 'granted', put: 'denied', read: 'granted', remove: 'granted' },
    ],
    [
      'a recipient, where nothing is yet',
      false,
      RECIPIENT_RIGHTS,
      { list: 'granted', put: 'denied', read: 'unknown', remove: 'granted' },
    ],
    [
      'a reader',
      true,
      ['s3:ListBucket', 's3:GetObject'],
      { list: 'granted', put: 'denied', read: 'granted', remove: 'denied' },
    ],
    [
      'somebody who may only put',
      true,
      ['s3:PutObject', 's3:AbortMultipartUpload'],
      { list: 'denied', put: 'granted', read: 'unknown', remove: 'denied' },
    ],
  ])('finds those of %s, and leaves nothing behind', async (_, beside, actions, expected) => {
    const there = beside ? [`${PREFIX}bundle.age`] : [];
    await bucket.place(new Map(there.map((key) => [key, Buffer.from('x')])));
    await bucket.allow({ user: user.name, actions, prefix: PREFIX });
    // Nothing is found but what the connection itself has.
    useAwsEnvironment();
    const { accessKeyId, secretAccessKey } = user;
    const credentials = { accessKeyId, secretAccessKey };
    const s3 = { endpoint: bucket.endpoint, region: 'us-east-1', credentials };
    const url = `s3://${bucket.name}/${PREFIX}`;
    expect(await createApp().checkRights({ url, s3 })).toEqual(expected);
    expect(await bucket.keys()).toEqual(there);
    expect(await bucket.pendingUploads()).toEqual([]);
  });
});
