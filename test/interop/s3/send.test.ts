import { hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createApp, type Place } from '../../../app/app.ts';
import { keyVariables, useAwsEnvironment } from '../../support/aws-environment.ts';
import { testKey } from '../../support/bundles.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { GatewayBucket, type GatewayUser } from '../../support/gateway.ts';
import { s3Server } from '../../support/peers.ts';
import { SENDER_RIGHTS } from '../../support/policies.ts';
import { s3Destination } from '../../../app/destinations/s3.ts';
import { failureOf, PREFIX } from '../../support/s3-sends.ts';
import { filesIn, temporaryFolder } from '../../support/temporary.ts';

const app = createApp();
const lock = { kind: 'keys', recipients: [testKey.recipient] } as const;

describe.skipIf(s3Server() === undefined)('a sender with five rights on the own prefix', () => {
  let bucket: GatewayBucket;
  let sender: GatewayUser;
  beforeAll(async () => {
    bucket = await GatewayBucket.create();
    sender = await bucket.addUser();
    await bucket.allow({ user: sender.name, actions: SENDER_RIGHTS, prefix: PREFIX });
  });
  afterEach(() => bucket.empty());
  afterAll(() => bucket.remove());

  function ownPrefix(): Place {
    useAwsEnvironment(keyVariables(sender));
    return { url: `s3://${bucket.name}/${PREFIX}`, s3: { endpoint: bucket.endpoint } };
  }

  test.each([
    { size: 'small', bytes: 100_000, parts: false },
    { size: 'large', bytes: 40 * 1024 * 1024, parts: true },
  ])(
    'sends a $size bundle that the server holds byte by byte and that opens again',
    async (bundle) => {
      const folder = temporaryFolder();
      const document = patternBytes(bundle.bytes);
      const path = join(folder, 'report.bin');
      writeFileSync(path, document);

      const receipt = await app.send({ paths: [path], lock, name: 'report' }, ownPrefix());

      const key = `${PREFIX}report.tar.age`;
      expect(receipt.location).toBe(`s3://${bucket.name}/${key}`);
      expect(receipt.verifiedBy).toEqual([
        ...(bundle.parts ? ['parts-md5'] : []),
        'etag-md5',
        'listed-size',
      ]);
      expect(await bucket.keys()).toEqual([key]);
      expect(await bucket.pendingUploads()).toEqual([]);
      const stored = await bucket.read(key);
      expect(stored.byteLength).toBe(receipt.bytes);
      expect(hash('sha256', stored)).toBe(receipt.sha256);

      const sealed = join(folder, 'report.tar.age');
      writeFileSync(sealed, stored);
      const directory = join(folder, 'opened');
      const opened = await app.open({
        path: sealed,
        identities: [testKey.identity],
        into: { directory, onConflict: 'fail' },
      });
      expect(opened.verified).toBe(true);
      expect((await filesIn(directory)).get('report.bin')?.equals(document)).toBe(true);
    },
  );

  test('reports what was uploaded as it goes up', async () => {
    const folder = writeDocuments(temporaryFolder(), { big: patternBytes(40 * 1024 * 1024) });
    const stages = new Map<string, number>();
    const receipt = await app.send({ paths: [folder], lock }, ownPrefix(), {
      onProgress: ({ stage, bytes }) => {
        expect(bytes).toBeGreaterThanOrEqual(stages.get(stage) ?? 0);
        stages.set(stage, bytes);
      },
    });
    expect(stages.get('upload')).toBe(receipt.bytes);
    expect(stages.get('verify')).toBe(receipt.bytes);
  });

  test('overwrites nothing', async () => {
    const key = `${PREFIX}report.tar.age`;
    await bucket.place(new Map([[key, Buffer.from('the older one')]]));
    const folder = writeDocuments(temporaryFolder(), { a: 'a' });
    const error = await failureOf(app.send({ paths: [folder], lock, name: 'report' }, ownPrefix()));
    expect(error).toMatchObject({
      code: 's3-exists',
      data: { location: `s3://${bucket.name}/${key}` },
    });
    expect((await bucket.read(key)).toString()).toBe('the older one');
  });

  test.each([
    { size: 'small', bytes: 1000 },
    { size: 'large', bytes: 20 * 1024 * 1024 },
  ])('loses a race with a $size bundle, and destroys nothing', async ({ bytes }) => {
    const key = `${PREFIX}bundle.age`;
    const { s3 = {} } = ownPrefix();
    const destination = await s3Destination(s3, { bucket: bucket.name, key: PREFIX });
    await destination.check('bundle.age', {});
    async function* bundle(): AsyncGenerator<Uint8Array, void, undefined> {
      yield patternBytes(bytes);
      await bucket.place(new Map([[key, Buffer.from('the faster one')]]));
      yield patternBytes(bytes);
    }
    const error = await failureOf(destination.put('bundle.age', bundle(), 2 * bytes, {}));
    destination.close();
    expect(error.code).toBe('s3-exists');
    expect((await bucket.read(key)).toString()).toBe('the faster one');
    expect(await bucket.pendingUploads()).toEqual([]);
  });

  test('takes a name in any language', async () => {
    const folder = writeDocuments(temporaryFolder(), { a: 'a' });
    const name = '日本語 #1 & é + 100%';
    const receipt = await app.send({ paths: [folder], lock, name }, ownPrefix());
    expect(await bucket.keys()).toEqual([`${PREFIX}${name}.tar.age`]);
    expect(receipt.location).toBe(`s3://${bucket.name}/${PREFIX}${name}.tar.age`);
  });
});
