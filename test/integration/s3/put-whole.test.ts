import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PART_BYTES } from '../../../app/destinations/parts.ts';
import { patternBytes } from '../../support/documents.ts';
import { failureOf, KEY, PREFIX, sendBytes, senderAt, SMALL } from '../../support/s3-sends.ts';
import { rewriting, ScriptedS3 } from '../../support/scripted-s3.ts';

const LOCATION = `s3://signet-test/${KEY}`;

describe('a bundle of less than one part', () => {
  test('arrives in one request, and the receipt says what proves it', async () => {
    const server = await ScriptedS3.start();
    const placement = await sendBytes(await senderAt(server), SMALL);
    expect(placement).toEqual({
      location: LOCATION,
      bytes: SMALL.byteLength,
      sha256: hash('sha256', SMALL),
      verifiedBy: ['checksum-sha256', 'etag-md5', 'listed-size'],
    });
    expect(server.model.objects.get(KEY)?.bytes.equals(SMALL)).toBe(true);
    expect(server.asked.map(({ operation }) => operation)).toEqual(['PutObject', 'ListObjectsV2']);
  });

  test('asks for encryption at rest, and that nothing be overwritten', async () => {
    const server = await ScriptedS3.start();
    await sendBytes(await senderAt(server), SMALL);
    expect(server.model.objects.get(KEY)?.encryption).toBe('AES256');
    expect(server.asked[0]?.headers).toMatchObject({
      'if-none-match': '*',
      'content-type': 'application/octet-stream',
    });
  });

  test('brings digests along, so that the server refuses what was altered on the way', async () => {
    const server = await ScriptedS3.start();
    await sendBytes(await senderAt(server), SMALL);
    expect(server.asked[0]?.headers).toMatchObject({
      'content-md5': hash('md5', SMALL, 'base64'),
      'x-amz-checksum-sha256': hash('sha256', SMALL, 'base64'),
      'content-length': String(SMALL.byteLength),
    });
  });

  test('carries no tag, no access list and no metadata, for which a sender has no right', async () => {
    const server = await ScriptedS3.start();
    await sendBytes(await senderAt(server), SMALL);
    const names = Object.keys(server.asked[0]?.headers ?? {});
    expect(
      names.filter((name) => /^x-amz-(?:acl|grant|tagging|meta|object-lock)/.test(name)),
    ).toEqual([]);
  });

  test('lists only the own prefix, because a policy may allow nothing else', async () => {
    const server = await ScriptedS3.start();
    const destination = await senderAt(server);
    await destination.check('bundle.age', {});
    await sendBytes(destination, SMALL);
    const listings = server.asked.filter(({ operation }) => operation === 'ListObjectsV2');
    expect(listings.map(({ query }) => query.get('prefix'))).toEqual([PREFIX, PREFIX]);
  });

  test('may be empty', async () => {
    const server = await ScriptedS3.start();
    const placement = await sendBytes(await senderAt(server), new Uint8Array());
    expect(placement.bytes).toBe(0);
    expect(server.model.objects.get(KEY)?.bytes.byteLength).toBe(0);
  });

  test.each([
    { bytes: PART_BYTES - 1, operation: 'PutObject' },
    { bytes: PART_BYTES, operation: 'CreateMultipartUpload' },
  ])(
    'ends where a part begins: $bytes bytes begin with $operation',
    async ({ bytes, operation }) => {
      const server = await ScriptedS3.start();
      const content = patternBytes(bytes);
      await sendBytes(await senderAt(server), content);
      expect(server.asked[0]?.operation).toBe(operation);
      expect(server.model.objects.get(KEY)?.bytes.equals(content)).toBe(true);
    },
  );

  test('is proved by size and ETag where the server keeps no checksums', async () => {
    const server = await ScriptedS3.start();
    server.model.checksums = false;
    const placement = await sendBytes(await senderAt(server), SMALL);
    expect(placement.verifiedBy).toEqual(['etag-md5', 'listed-size']);
  });

  test('is proved by size alone where the ETag is no MD5', async () => {
    const server = await ScriptedS3.start();
    server.model.checksums = false;
    server.on('ListObjectsV2', () => rewriting(/<ETag>.*?<\/ETag>/, '<ETag>"kms"</ETag>'));
    const placement = await sendBytes(await senderAt(server), SMALL);
    expect(placement.verifiedBy).toEqual(['listed-size']);
  });
});

describe('nothing is overwritten', () => {
  test('when the bundle is already there before anything is sealed', async () => {
    const server = await ScriptedS3.start();
    server.model.place(KEY, Buffer.from('older'));
    const error = await failureOf((await senderAt(server)).check('bundle.age', {}));
    expect(error).toMatchObject({ code: 's3-exists', data: { location: LOCATION } });
  });

  test('when a bundle of that name arrives in between', async () => {
    const server = await ScriptedS3.start();
    const destination = await senderAt(server);
    await destination.check('bundle.age', {});
    server.model.place(KEY, Buffer.from('somebody else was faster'));
    const error = await failureOf(sendBytes(destination, SMALL));
    expect(error).toMatchObject({ code: 's3-exists', data: { location: LOCATION } });
    expect(server.model.objects.get(KEY)?.bytes.toString()).toBe('somebody else was faster');
  });

  test('when one of the same size but other bytes is there', async () => {
    const server = await ScriptedS3.start();
    const other = patternBytes(SMALL.byteLength, 7);
    server.model.place(KEY, other);
    const error = await failureOf(sendBytes(await senderAt(server), SMALL));
    expect(error.code).toBe('s3-exists');
    expect(server.model.objects.get(KEY)?.bytes.equals(other)).toBe(true);
  });

  test('by a neighbour whose name only begins alike', async () => {
    const server = await ScriptedS3.start();
    server.model.place(`${KEY}.old`, Buffer.from('neighbour'));
    server.model.place(KEY.slice(0, -1), Buffer.from('neighbour'));
    const destination = await senderAt(server);
    await destination.check('bundle.age', {});
    await sendBytes(destination, SMALL);
    expect(server.model.objects.size).toBe(3);
  });
});

describe('a lost answer', () => {
  test('does not make a bundle that arrived look like somebody else’s', async () => {
    const server = await ScriptedS3.start();
    server.on('PutObject', (nth) => (nth === 1 ? { kind: 'lose-answer' } : undefined));
    const placement = await sendBytes(await senderAt(server), SMALL);
    expect(server.count('PutObject')).toBe(2);
    expect(placement.verifiedBy).toEqual(['etag-md5', 'listed-size']);
    expect(server.model.objects.get(KEY)?.bytes.equals(SMALL)).toBe(true);
  });

  test('to the last attempt does not make it look as if nothing had arrived', async () => {
    const server = await ScriptedS3.start();
    server.on('PutObject', (nth) => ({ kind: nth < 4 ? 'drop' : 'lose-answer' }));
    const placement = await sendBytes(await senderAt(server), SMALL);
    expect(placement.bytes).toBe(SMALL.byteLength);
    expect(server.model.objects.get(KEY)?.bytes.equals(SMALL)).toBe(true);
  });
});

describe('a bundle that did not arrive as it was sent', () => {
  test('is deleted when the server echoes another checksum', async () => {
    const server = await ScriptedS3.start();
    const wrong = hash('sha256', 'other bytes', 'base64');
    server.on('PutObject', () => ({
      kind: 'change',
      change: (answer) => ({
        ...answer,
        headers: { ...answer.headers, 'x-amz-checksum-sha256': wrong },
      }),
    }));
    const error = await failureOf(sendBytes(await senderAt(server), SMALL));
    expect(error).toMatchObject({ code: 's3-integrity', data: { location: LOCATION } });
    expect(server.model.objects.size).toBe(0);
  });

  test('is deleted when the listing shows another size', async () => {
    const server = await ScriptedS3.start();
    server.on('ListObjectsV2', () => rewriting(/<Size>\d+/, '<Size>99999'));
    const error = await failureOf(sendBytes(await senderAt(server), SMALL));
    expect(error).toMatchObject({ code: 's3-integrity', data: { location: LOCATION } });
    expect(server.model.objects.size).toBe(0);
  });

  test('is reported as left behind when it cannot be deleted', async () => {
    const server = await ScriptedS3.start();
    server.model.denied.add('s3:DeleteObject');
    server.on('PutObject', () => ({
      kind: 'change',
      change: (answer) => ({
        ...answer,
        headers: { ...answer.headers, 'x-amz-checksum-sha256': hash('sha256', '', 'base64') },
      }),
    }));
    const error = await failureOf(sendBytes(await senderAt(server), SMALL));
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

  test('is reported as left behind, for no right, when the network is gone before it is deleted', async () => {
    const server = await ScriptedS3.start();
    server.on('ListObjectsV2', () => rewriting(/<Size>\d+/, '<Size>99999'));
    server.on('DeleteObject', () => ({ kind: 'drop' }));
    const error = await failureOf(sendBytes(await senderAt(server), SMALL));
    expect(error.code).toBe('s3-left-behind');
    expect(error.data).toEqual({ location: LOCATION, after: 's3-integrity', remains: 'object' });
    expect(server.model.objects.has(KEY)).toBe(true);
  });

  test('is reported as unverified, and not deleted, when it is gone before it is listed', async () => {
    const server = await ScriptedS3.start();
    server.on('ListObjectsV2', () => {
      // A recipient's machine that empties its inbox as soon as something comes.
      server.model.objects.delete(KEY);
      return undefined;
    });
    const error = await failureOf(sendBytes(await senderAt(server), SMALL));
    expect(error).toMatchObject({ code: 's3-unverified', data: { location: LOCATION } });
    expect(server.count('DeleteObject')).toBe(0);
  });

  test('is reported as unverified, and not deleted, when somebody put another in its place', async () => {
    const server = await ScriptedS3.start();
    server.on('ListObjectsV2', () => {
      server.model.place(KEY, Buffer.from('of somebody else'));
      return undefined;
    });
    const error = await failureOf(sendBytes(await senderAt(server), SMALL));
    expect(error).toMatchObject({ code: 's3-unverified', data: { location: LOCATION } });
    expect(server.model.objects.get(KEY)?.bytes.toString()).toBe('of somebody else');
  });

  test('is reported as unverified, and kept, when it cannot be listed', async () => {
    const server = await ScriptedS3.start();
    server.model.denied.add('s3:ListBucket');
    const error = await failureOf(sendBytes(await senderAt(server), SMALL));
    expect(error).toMatchObject({ code: 's3-unverified', data: { location: LOCATION } });
    expect(error.cause).toMatchObject({ code: 's3-denied', data: { right: 's3:ListBucket' } });
    expect(server.model.objects.get(KEY)?.bytes.equals(SMALL)).toBe(true);
  });
});
