import { expect, test } from 'vitest';
import { ForwardBytes, take, takePieces } from '../../../app/archive/zip-forward.ts';
import { patternBytes } from '../../support/documents.ts';
import { collect, pieces } from '../../support/streams.ts';

const BYTES = patternBytes(1000);

test.each([1, 7, 100, 1000])('bytes are taken exactly, in pieces of %i', async (size) => {
  const source = new ForwardBytes(pieces(BYTES, size));
  for (const [start, end] of [
    [0, 0],
    [0, 4],
    [4, 34],
    [34, 34],
    [34, 534],
    [534, 1000],
  ] as const) {
    expect(source.position).toBe(start);
    expect(Buffer.from(await take(source, end - start)).equals(BYTES.subarray(start, end))).toBe(
      true,
    );
  }
  expect((await source.peek()).byteLength).toBe(0);
});

test('the end comes too early for whoever wants more', async () => {
  const truncated = { code: 'bundle-damaged', data: { part: 'archive', damage: 'truncated' } };
  await expect(take(new ForwardBytes(pieces(BYTES, 300)), 1001)).rejects.toMatchObject(truncated);
  const source = new ForwardBytes(pieces(BYTES, 300));
  await expect(collect(takePieces(source, 1001))).rejects.toMatchObject(truncated);
});

test('empty pieces are passed over', async () => {
  async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
    yield await Promise.resolve(new Uint8Array());
    yield BYTES;
    yield new Uint8Array();
  }
  const forward = new ForwardBytes(source());
  expect(await take(forward, 1000)).toHaveLength(1000);
  expect((await forward.peek()).byteLength).toBe(0);
});

test('what was only seen is still there', async () => {
  const source = new ForwardBytes(pieces(BYTES, 300));
  expect(await source.peek()).toHaveLength(300);
  source.skip(299);
  expect(await source.peek()).toHaveLength(1);
  expect(Buffer.from(await take(source, 2))).toEqual(BYTES.subarray(299, 301));
});
