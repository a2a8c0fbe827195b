import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../../app/envelope/load-engine.ts';
import { CHUNK_BYTES, openPayload, sealPayload } from '../../../app/envelope/payload.ts';
import { collect } from '../../support/streams.ts';
import { isWiped, observe } from './observed-engine.ts';
import { cut, Watched } from './watched.ts';

const engine = await loadEngine();
const fileKey = randomBytes(16);
const plaintext = randomBytes(40 * CHUNK_BYTES);
const sealed = await collect(sealPayload(engine, fileKey, new Watched([plaintext])));
/** A batch, and the piece behind it that shows that the batch is not the last. */
const AHEAD = 4 * (CHUNK_BYTES + 16) + 2 * 10_000;

describe.each([
  ['sealing', sealPayload, plaintext],
  ['opening', openPayload, sealed],
] as const)('%s a payload', (_name, transform, input) => {
  it('takes nothing before somebody wants something', async () => {
    const source = new Watched(cut(input, [10_000]));
    const stream = transform(engine, fileKey, source);
    await Promise.resolve();
    expect(source.taken).toBe(0);
    await stream.return();
  });

  it('never takes more than a batch ahead of what was given out', async () => {
    const source = new Watched(cut(input, [10_000]));
    let given = 0;
    for await (const piece of transform(engine, fileKey, source)) {
      given += piece.byteLength;
      expect(source.taken - given).toBeLessThanOrEqual(AHEAD);
    }
    expect(source.taken).toBe(input.byteLength);
  });

  it('closes its source when the consumer stops early', async () => {
    const source = new Watched(cut(input, [10_000]));
    let given = 0;
    for await (const piece of transform(engine, fileKey, source)) {
      given += piece.byteLength;
      if (given > CHUNK_BYTES) break;
    }
    expect(source.closed).toBe(true);
    expect(source.taken).toBeLessThan(input.byteLength / 2);
  });

  it('gives out pieces that nobody writes to any more', async () => {
    const kept: Uint8Array[] = [];
    const copies: Buffer[] = [];
    for await (const piece of transform(engine, fileKey, new Watched(cut(input, [10_000])))) {
      kept.push(piece);
      copies.push(Buffer.from(piece));
    }
    expect(kept.every((piece, index) => copies[index]!.equals(piece))).toBe(true);
  });

  it('wipes the payload key at the end', async () => {
    const { engine: watching, keys } = observe(engine);
    await collect(transform(watching, fileKey, new Watched([input])));
    expect(keys.size).toBe(1);
    expect([...keys].every(isWiped)).toBe(true);
  });

  it('wipes the payload key when the consumer stops early', async () => {
    const { engine: watching, keys } = observe(engine);
    const stream = transform(watching, fileKey, new Watched(cut(input, [10_000])));
    for (let given = 0; given <= CHUNK_BYTES;) given += (await stream.next()).value!.byteLength;
    expect([...keys].some(isWiped)).toBe(false);
    await stream.return();
    expect(keys.size).toBe(1);
    expect([...keys].every(isWiped)).toBe(true);
  });

  it('passes on what its source fails with, and wipes the payload key then, too', async () => {
    const { engine: watching, keys } = observe(engine);
    const failing = new Error('the disk is gone');
    function* source(): Generator<Uint8Array> {
      yield* cut(input.subarray(0, input.byteLength / 2), [10_000]);
      throw failing;
    }
    await expect(collect(transform(watching, fileKey, new Watched(source())))).rejects.toBe(
      failing,
    );
    expect(keys.size).toBe(1);
    expect([...keys].every(isWiped)).toBe(true);
  });
});

describe('opening a payload', () => {
  it('wipes the payload key when it finds damage', async () => {
    const { engine: watching, keys } = observe(engine);
    const altered = Buffer.from(sealed);
    altered[6 * CHUNK_BYTES]! ^= 1;
    await expect(
      collect(openPayload(watching, fileKey, new Watched([altered]))),
    ).rejects.toMatchObject({ code: 'bundle-damaged' });
    expect(keys.size).toBe(1);
    expect([...keys].every(isWiped)).toBe(true);
  });

  it('closes its source when it finds damage, and reads no further', async () => {
    const altered = Buffer.from(sealed);
    altered[100]! ^= 1;
    const source = new Watched(cut(altered, [10_000]));
    await expect(collect(openPayload(engine, fileKey, source))).rejects.toMatchObject({
      code: 'bundle-damaged',
    });
    expect(source.closed).toBe(true);
    expect(source.taken).toBeLessThanOrEqual(AHEAD);
  });
});
