import { hash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { PART_BYTES } from '../../../app/destinations/parts.ts';
import { failureOf, KEY, LARGE, sendBytes, senderAt } from '../../support/s3-sends.ts';
import { rewriting, ScriptedS3 } from '../../support/scripted-s3.ts';

vi.mock('../../../app/destinations/parts.ts', () => import('../../support/small-parts.ts'));

const LOCATION = `s3://signet-test/${KEY}`;

describe('a bundle in parts', () => {
  test('arrives, and the receipt says what proves it', async () => {
    const server = await ScriptedS3.start();
    const placement = await sendBytes(await senderAt(server), LARGE);
    expect(placement).toEqual({
      location: LOCATION,
      bytes: LARGE.byteLength,
      sha256: hash('sha256', LARGE),
      verifiedBy: ['checksum-sha256', 'parts-md5', 'etag-md5', 'listed-size'],
    });
    const object = server.model.objects.get(KEY);
    expect(object?.bytes.equals(LARGE)).toBe(true);
    expect(object?.encryption).toBe('AES256');
    expect(object?.etag).toMatch(/-3$/);
    expect(server.model.uploads.size).toBe(0);
  });

  test('brings digests along with each part, so that the server refuses what was altered', async () => {
    const server = await ScriptedS3.start();
    await sendBytes(await senderAt(server), LARGE);
    const parts = server.asked.filter(({ operation }) => operation === 'UploadPart');
    expect(parts).toHaveLength(3);
    for (const { query, headers } of parts) {
      const from = (Number(query.get('partNumber')) - 1) * PART_BYTES;
      const part = LARGE.subarray(from, from + PART_BYTES);
      expect(headers).toMatchObject({
        'content-md5': hash('md5', part, 'base64'),
        'x-amz-checksum-sha256': hash('sha256', part, 'base64'),
        'content-length': String(part.byteLength),
      });
    }
  });

  test('asks on completion, too, that nothing be overwritten', async () => {
    const server = await ScriptedS3.start();
    await sendBytes(await senderAt(server), LARGE);
    const complete = server.asked.find(({ operation }) => operation === 'CompleteMultipartUpload');
    expect(complete?.headers['if-none-match']).toBe('*');
  });

  test('compares the parts before it asks for completion', async () => {
    const server = await ScriptedS3.start();
    await sendBytes(await senderAt(server), LARGE);
    expect(server.asked.map(({ operation }) => operation)).toEqual([
      'CreateMultipartUpload',
      'UploadPart',
      'UploadPart',
      'UploadPart',
      'ListParts',
      'ListObjectsV2',
      'CompleteMultipartUpload',
      'ListObjectsV2',
    ]);
  });

  test('is compared part by part when the server lists them on several pages', async () => {
    const server = await ScriptedS3.start();
    server.model.pageSize = 2;
    const placement = await sendBytes(await senderAt(server), LARGE);
    expect(server.count('ListParts')).toBe(2);
    expect(placement.verifiedBy).toContain('parts-md5');
  });

  test('is proved without checksums where the server keeps none', async () => {
    const server = await ScriptedS3.start();
    server.model.checksums = false;
    const placement = await sendBytes(await senderAt(server), LARGE);
    expect(placement.verifiedBy).toEqual(['parts-md5', 'etag-md5', 'listed-size']);
  });

  test('is not proved by ETags that are no MD5', async () => {
    const server = await ScriptedS3.start();
    server.on('ListParts', () => rewriting(/<ETag>"(.{8}).*?<\/ETag>/g, '<ETag>"kms-$1"</ETag>'));
    const placement = await sendBytes(await senderAt(server), LARGE);
    expect(placement.verifiedBy).not.toContain('parts-md5');
  });

  test('survives a connection that breaks in the middle of a part', async () => {
    const server = await ScriptedS3.start();
    let broken = false;
    server.whileArriving('UploadPart', (bytes) => {
      if (broken || bytes < PART_BYTES / 2) return undefined;
      broken = true;
      return 'drop';
    });
    const placement = await sendBytes(await senderAt(server), LARGE);
    expect(server.count('UploadPart')).toBe(4);
    expect(placement.sha256).toBe(hash('sha256', LARGE));
    expect(server.model.objects.get(KEY)?.bytes.equals(LARGE)).toBe(true);
  });

  test('survives a lost answer to a part', async () => {
    const server = await ScriptedS3.start();
    server.on('UploadPart', (nth) => (nth === 1 ? { kind: 'lose-answer' } : undefined));
    await sendBytes(await senderAt(server), LARGE);
    expect(server.model.objects.get(KEY)?.bytes.equals(LARGE)).toBe(true);
  });
});

describe('a lost answer to the completion', () => {
  test('is made up for when the server has forgotten the upload', async () => {
    const server = await ScriptedS3.start();
    server.on('CompleteMultipartUpload', (nth) =>
      nth === 1 ? { kind: 'lose-answer' } : undefined,
    );
    const placement = await sendBytes(await senderAt(server), LARGE);
    expect(server.count('CompleteMultipartUpload')).toBe(2);
    expect(server.count('AbortMultipartUpload')).toBe(0);
    expect(placement.verifiedBy).toEqual(['parts-md5', 'etag-md5', 'listed-size']);
    expect(server.model.objects.get(KEY)?.bytes.equals(LARGE)).toBe(true);
  });

  test('is made up for when the server sees the object in its own way', async () => {
    const server = await ScriptedS3.start();
    server.on('CompleteMultipartUpload', (nth) =>
      nth === 1
        ? { kind: 'lose-answer' }
        : { kind: 'refuse', status: 412, code: 'PreconditionFailed' },
    );
    const placement = await sendBytes(await senderAt(server), LARGE);
    expect(placement.verifiedBy).toContain('etag-md5');
    expect(server.model.objects.get(KEY)?.bytes.equals(LARGE)).toBe(true);
  });

  test('is reported where what lies there cannot be told to be ours, and that is kept', async () => {
    const server = await ScriptedS3.start();
    server.on('CompleteMultipartUpload', (nth) =>
      nth === 1 ? { kind: 'lose-answer' } : undefined,
    );
    // Under KMS the ETag is no MD5 of anything.
    const kms = rewriting(/<ETag>"[^"]*"/, `<ETag>"${'f'.repeat(32)}-3"`);
    server.on('ListObjectsV2', () => kms);
    const error = await failureOf(sendBytes(await senderAt(server), LARGE));
    expect(error).toMatchObject({ code: 's3-unverified', data: { location: LOCATION } });
    expect(server.count('DeleteObject')).toBe(0);
    expect(server.model.objects.get(KEY)?.bytes.equals(LARGE)).toBe(true);
  });

  test('to the last attempt does not make it look as if nothing had arrived', async () => {
    const server = await ScriptedS3.start();
    server.on('CompleteMultipartUpload', (nth) => ({ kind: nth < 4 ? 'drop' : 'lose-answer' }));
    await sendBytes(await senderAt(server), LARGE);
    expect(server.model.objects.get(KEY)?.bytes.equals(LARGE)).toBe(true);
  });
});
