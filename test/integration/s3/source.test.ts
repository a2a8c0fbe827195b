import { describe, expect, test, vi } from 'vitest';
import type { S3Operation } from '../../support/s3-protocol.ts';
import { failureOf, LARGE, senderAt } from '../../support/s3-sends.ts';
import { ScriptedS3 } from '../../support/scripted-s3.ts';
import { pieces } from '../../support/streams.ts';

vi.mock('../../../app/destinations/parts.ts', () => import('../../support/small-parts.ts'));

describe('the stream that a destination was given', () => {
  test.each<{ operation: S3Operation; failsAt: string }>([
    { operation: 'CreateMultipartUpload', failsAt: 'the start of the upload' },
    { operation: 'UploadPart', failsAt: 'the first part' },
    { operation: 'CompleteMultipartUpload', failsAt: 'the completion' },
  ])('is closed, and with it what it reads from, when $failsAt fails', async ({ operation }) => {
    const server = await ScriptedS3.start();
    server.on(operation, () => ({ kind: 'refuse', status: 403, code: 'AccessDenied' }));
    const destination = await senderAt(server);
    let open = false;
    async function* bundle(): AsyncGenerator<Uint8Array, void, undefined> {
      open = true;
      try {
        yield* pieces(LARGE, 64 * 1024);
      } finally {
        open = false;
      }
    }
    await failureOf(destination.put('bundle.age', bundle(), LARGE.byteLength, {}));
    expect(open).toBe(false);
  });

  test('is read no faster than the parts go up, so that memory stays bounded', async () => {
    const server = await ScriptedS3.start();
    const { promise: partsGoOn, resolve: letPartsGoOn } = Promise.withResolvers<undefined>();
    server.on('UploadPart', async () => {
      await partsGoOn;
      return undefined;
    });
    const destination = await senderAt(server);
    const bytes = Buffer.alloc(LARGE.byteLength * 1.9);
    let read = 0;
    const { promise: third, resolve: thirdPartArrived } = Promise.withResolvers<undefined>();
    server.whileArriving('UploadPart', (_bytes, nth) => {
      if (nth === 3) thirdPartArrived(undefined);
      return undefined;
    });
    async function* bundle(): AsyncGenerator<Uint8Array, void, undefined> {
      for await (const piece of pieces(bytes, 64 * 1024)) {
        read += piece.byteLength;
        yield piece;
      }
    }
    const sending = destination.put('bundle.age', bundle(), bytes.byteLength, {});
    await third;
    // Three parts are under way, and not a byte of the fourth was asked for.
    expect(read).toBe(3 * 5 * 1024 * 1024);
    letPartsGoOn(undefined);
    await sending;
    expect(read).toBe(bytes.byteLength);
  });

  test('may come in pieces of any size', async () => {
    const server = await ScriptedS3.start();
    const destination = await senderAt(server);
    const pieceSize = 7 * 1024 * 1024 + 1;
    await destination.put('bundle.age', pieces(LARGE, pieceSize), LARGE.byteLength, {});
    expect([...server.model.objects.values()][0]?.bytes.equals(LARGE)).toBe(true);
  });

  test.each([
    { what: 'longer', expected: 10 },
    { what: 'shorter', expected: 10 * LARGE.byteLength },
  ])('may be $what than expected', async ({ expected }) => {
    const server = await ScriptedS3.start();
    const destination = await senderAt(server);
    const placement = await destination.put('bundle.age', pieces(LARGE, 65_536), expected, {});
    expect(placement.bytes).toBe(LARGE.byteLength);
    expect([...server.model.objects.values()][0]?.bytes.equals(LARGE)).toBe(true);
  });
});
