import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Destination } from '../../../app/destinations/destination.ts';
import { s3Destination } from '../../../app/destinations/s3.ts';
import { s3Inbox } from '../../../app/inbox/s3.ts';
import type { S3Right } from '../../../app/s3/errors.ts';
import { keyVariables, useAwsEnvironment } from '../../support/aws-environment.ts';
import { GatewayBucket, type GatewayUser } from '../../support/gateway.ts';
import { s3Server } from '../../support/peers.ts';
import { SENDER_RIGHTS } from '../../support/policies.ts';
import { failureOf, KEY, LARGE, PREFIX, sendBytes, SMALL } from '../../support/s3-sends.ts';

vi.mock('../../../app/destinations/parts.ts', () => import('../../support/small-parts.ts'));

describe.skipIf(s3Server() === undefined)('a sender', () => {
  let bucket: GatewayBucket;
  let sender: GatewayUser;
  beforeAll(async () => {
    bucket = await GatewayBucket.create();
    sender = await bucket.addUser();
  });
  afterEach(() => bucket.empty());
  afterAll(() => bucket.remove());

  function allow(...actions: readonly S3Right[]): Promise<void> {
    return bucket.allow({ user: sender.name, actions, prefix: PREFIX });
  }

  function allowAllBut(missing: S3Right): Promise<void> {
    const actions = SENDER_RIGHTS.filter((right) => right !== missing);
    const common = { user: sender.name, prefix: PREFIX };
    // On Ceph an upload belongs to whoever began it, who may list its parts unless that is denied in so many words.
    return missing === 's3:ListMultipartUploadParts'
      ? bucket.allow({ ...common, actions }, { ...common, effect: 'Deny', actions: [missing] })
      : bucket.allow({ ...common, actions });
  }

  async function destination(key = PREFIX): Promise<Destination> {
    useAwsEnvironment(keyVariables(sender));
    const { endpoint, name } = bucket;
    const made = await s3Destination({ endpoint }, { bucket: name, key });
    onTestFinished(() => {
      made.close();
    });
    return made;
  }

  /** As `app.send` does it: the look before, then the bundle. */
  async function send(to: Destination, bytes: Uint8Array): Promise<void> {
    await to.check('bundle.age', {});
    await sendBytes(to, bytes);
  }

  test.each<{ right: S3Right; size: string; bytes: Buffer }>([
    { right: 's3:ListBucket', size: 'small', bytes: SMALL },
    { right: 's3:PutObject', size: 'small', bytes: SMALL },
    { right: 's3:PutObject', size: 'large', bytes: LARGE },
    { right: 's3:ListMultipartUploadParts', size: 'large', bytes: LARGE },
  ])('without $right is told so, and a $size bundle leaves nothing', async ({ right, bytes }) => {
    await allowAllBut(right);
    const error = await failureOf(send(await destination(), bytes));
    expect(error).toMatchObject({ code: 's3-denied', data: { right, bucket: bucket.name } });
    expect(await bucket.keys()).toEqual([]);
    expect(await bucket.pendingUploads()).toEqual([]);
  });

  test.each<{ right: S3Right; size: string; bytes: Buffer }>([
    { right: 's3:ListMultipartUploadParts', size: 'small', bytes: SMALL },
    { right: 's3:AbortMultipartUpload', size: 'large', bytes: LARGE },
    { right: 's3:DeleteObject', size: 'large', bytes: LARGE },
  ])('does not need $right for a $size bundle that goes through', async ({ right, bytes }) => {
    await allowAllBut(right);
    await send(await destination(), bytes);
    expect(await bucket.keys()).toEqual([KEY]);
  });

  test('without s3:AbortMultipartUpload is told that a failed upload was left behind', async () => {
    await allowAllBut('s3:AbortMultipartUpload');
    const to = await destination();
    async function* breaking(): AsyncGenerator<Uint8Array, void, undefined> {
      yield LARGE;
      await Promise.reject(new Error('the disk is gone'));
    }
    const error = await failureOf(to.put('bundle.age', breaking(), LARGE.byteLength, {}));
    expect(error).toMatchObject({
      code: 's3-left-behind',
      data: {
        location: `s3://${bucket.name}/${KEY}`,
        after: 'internal',
        remains: 'parts',
        right: 's3:AbortMultipartUpload',
      },
    });
    expect(await bucket.keys()).toEqual([]);
    expect(await bucket.pendingUploads()).toEqual([KEY]);
  });

  test('without s3:DeleteObject is told so in the inbox', async () => {
    await allowAllBut('s3:DeleteObject');
    await bucket.place(new Map([[KEY, SMALL]]));
    useAwsEnvironment(keyVariables(sender));
    const { endpoint, name } = bucket;
    const inbox = await s3Inbox({ endpoint }, { bucket: name, key: PREFIX });
    const error = await failureOf(inbox.delete('bundle.age', {}));
    inbox.close();
    expect(error).toMatchObject({ code: 's3-denied', data: { right: 's3:DeleteObject' } });
    expect(await bucket.keys()).toEqual([KEY]);
  });

  test.each(['home/ben/', 'home/', 'home/an/', ''])(
    'may not even look at %j, and is told which right that would need',
    async (foreign) => {
      await allow(...SENDER_RIGHTS);
      const error = await failureOf((await destination(foreign)).check('bundle.age', {}));
      expect(error).toMatchObject({ code: 's3-denied', data: { right: 's3:ListBucket' } });
    },
  );

  test.each(['home/ben/', 'home/', 'home/anabel/', ''])(
    'may put nothing into %j, and is told which right that would need',
    async (foreign) => {
      await allow(...SENDER_RIGHTS);
      const error = await failureOf(sendBytes(await destination(foreign), SMALL));
      expect(error).toMatchObject({ code: 's3-denied', data: { right: 's3:PutObject' } });
      expect(await bucket.keys()).toEqual([]);
    },
  );

  test('may not read, which nothing on the way needs', async () => {
    await allow(...SENDER_RIGHTS);
    await bucket.place(new Map([[KEY, SMALL]]));
    useAwsEnvironment(keyVariables(sender));
    const { endpoint, name } = bucket;
    const inbox = await s3Inbox({ endpoint }, { bucket: name, key: PREFIX });
    const error = await failureOf(inbox.fetch('bundle.age', {}));
    inbox.close();
    expect(error).toMatchObject({ code: 's3-denied', data: { right: 's3:GetObject' } });
  });
});
