import { randomBytes } from 'node:crypto';
import { Stanza } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import type { Cipher } from '../../../app/envelope/engine.ts';
import { openEnvelope, sealEnvelope } from '../../../app/envelope/envelope.ts';
import { sealHeader } from '../../../app/envelope/header.ts';
import { loadEngine } from '../../../app/envelope/load-engine.ts';
import { collect, pieces } from '../../support/streams.ts';
import { isWiped, observe } from './observed-engine.ts';
import { cut, Watched } from './watched.ts';

/*
 * An engine sees the very buffers in which keys are kept, so it can tell what became of them. What the age-encryption library
 * and the garbage collector copy inside cannot be seen from here.
 */
const engine = await loadEngine();
const plaintext = randomBytes(1_000_000);
const lock = { kind: 'passphrase', passphrase: 'abacus', logN: 2 } as const;
const unlock = { passphrases: ['abacus'], identities: [] };
const file = await collect(await sealEnvelope(engine, lock, pieces(plaintext)));

function allWiped(buffers: ReadonlySet<Uint8Array>): boolean {
  return [...buffers].every(isWiped);
}

describe('sealing an envelope', () => {
  it('wipes the file key and every other key at the end', async () => {
    const { engine: watching, keys, fileKeys } = observe(engine);
    const stream = await sealEnvelope(watching, lock, pieces(plaintext, 1000));
    // The one that the passphrase was found to lead to is wiped already.
    expect([...fileKeys].map(isWiped)).toEqual([false, true]);
    await collect(stream);
    expect(allWiped(fileKeys)).toBe(true);
    // That of scrypt, twice, and that of the payload.
    expect(keys.size).toBe(3);
    expect(allWiped(keys)).toBe(true);
  });

  it('wipes them when the consumer stops early', async () => {
    const { engine: watching, keys, fileKeys } = observe(engine);
    const source = new Watched(cut(plaintext, [1000]));
    let taken = 0;
    for await (const piece of await sealEnvelope(watching, lock, source)) {
      taken += piece.byteLength;
      if (taken > 300_000) break;
    }
    expect(source.closed).toBe(true);
    expect(keys.size).toBe(3);
    expect(allWiped(keys)).toBe(true);
    expect(allWiped(fileKeys)).toBe(true);
  });

  it('wipes the file key when the result is closed unread, and gives out nothing afterwards', async () => {
    const { engine: watching, fileKeys } = observe(engine);
    const source = new Watched(cut(plaintext, [1000]));
    const stream = await sealEnvelope(watching, lock, source);
    await stream.return?.();
    expect(fileKeys.size).toBe(2);
    expect(allWiped(fileKeys)).toBe(true);
    // It would be sealed under a file key of zeros.
    expect(await collect(stream)).toHaveLength(0);
    expect(source.taken).toBe(0);
  });

  it('wipes them when the documents fail', async () => {
    const { engine: watching, keys, fileKeys } = observe(engine);
    function* failing(): Generator<Uint8Array> {
      yield plaintext;
      throw new Error('the disk is gone');
    }
    const stream = await sealEnvelope(watching, lock, new Watched(failing()));
    await expect(collect(stream)).rejects.toThrow('the disk is gone');
    expect(keys.size).toBe(3);
    expect(allWiped(keys)).toBe(true);
    expect(allWiped(fileKeys)).toBe(true);
  });

  it.each<[string, (cipher: Cipher) => Pick<Cipher, 'open'>]>([
    ['does not open', () => ({ open: () => false })],
    [
      'opens to another file key',
      (cipher) => ({
        open: (nonce, sealed, plaintext) => {
          const authentic = cipher.open(nonce, sealed, plaintext);
          plaintext[0]! ^= 1;
          return authentic;
        },
      }),
    ],
  ])('fails, and wipes, where the passphrase %s', async (_how, open) => {
    const { engine: watching, fileKeys } = observe({
      name: engine.name,
      cipher: (key) => {
        const cipher = engine.cipher(key);
        return { ...cipher, ...open(cipher) };
      },
    });
    const source = new Watched(cut(plaintext, [1000]));
    await expect(sealEnvelope(watching, lock, source)).rejects.toMatchObject({
      code: 'proof-failed',
    });
    expect(source.taken).toBe(0);
    expect(fileKeys.size).toBeGreaterThan(0);
    expect([...fileKeys].filter((fileKey) => !isWiped(fileKey)).length).toBeLessThan(2);
  });

  it('gives out the one buffer of the file key that recipients saw, so that wiping it leaves none', async () => {
    const seen: Uint8Array[] = [];
    const { fileKey } = await sealHeader({
      kind: 'passphrase',
      recipient: {
        wrapFileKey: (key) => {
          seen.push(key);
          return [new Stanza(['test'], new Uint8Array(32))];
        },
      },
    });
    expect(seen).toHaveLength(1);
    expect(isWiped(fileKey)).toBe(false);
    fileKey.fill(0);
    expect(seen.every(isWiped)).toBe(true);
  });

  it('reads nothing of the documents before the result is read', async () => {
    const source = new Watched(cut(plaintext, [1000]));
    const stream = await sealEnvelope(engine, lock, source);
    expect(source.taken).toBe(0);
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    expect(source.taken).toBe(0);
    await iterator.return?.();
  });
});

describe('opening an envelope', () => {
  it('wipes the file key and every other key at the end', async () => {
    const { engine: watching, keys, fileKeys } = observe(engine);
    const stream = await openEnvelope(watching, pieces(file, 1000), unlock);
    expect(allWiped(fileKeys)).toBe(false);
    await collect(stream);
    expect(fileKeys.size).toBe(1);
    expect(allWiped(fileKeys)).toBe(true);
    expect(keys.size).toBe(2);
    expect(allWiped(keys)).toBe(true);
  });

  it('wipes them and closes its source when the consumer stops early', async () => {
    const { engine: watching, keys, fileKeys } = observe(engine);
    const source = new Watched(cut(file, [1000]));
    for await (const piece of await openEnvelope(watching, source, unlock))
      if (piece.byteLength > 0) break;
    expect(source.closed).toBe(true);
    expect(source.taken).toBeLessThan(file.byteLength / 2);
    expect(keys.size).toBe(2);
    expect(allWiped(keys)).toBe(true);
    expect(allWiped(fileKeys)).toBe(true);
  });

  it('wipes the file key and closes its source when the result is closed unread', async () => {
    const { engine: watching, fileKeys } = observe(engine);
    const source = new Watched(cut(file, [1000]));
    const stream = await openEnvelope(watching, source, unlock);
    await stream.return?.();
    expect(fileKeys.size).toBe(1);
    expect(allWiped(fileKeys)).toBe(true);
    expect(source.closed).toBe(true);
    expect(await collect(stream)).toHaveLength(0);
  });

  it('wipes them when the payload is damaged', async () => {
    const { engine: watching, keys, fileKeys } = observe(engine);
    const altered = Buffer.from(file);
    altered[600_000]! ^= 1;
    const stream = await openEnvelope(watching, pieces(altered), unlock);
    await expect(collect(stream)).rejects.toMatchObject({ code: 'bundle-damaged' });
    expect(keys.size).toBe(2);
    expect(allWiped(keys)).toBe(true);
    expect(allWiped(fileKeys)).toBe(true);
  });

  it('leaves no key behind after a wrong passphrase', async () => {
    const { engine: watching, keys } = observe(engine);
    const wrong = { passphrases: ['abdomen', 'abide'], identities: [] };
    await expect(openEnvelope(watching, pieces(file), wrong)).rejects.toMatchObject({
      code: 'wrong-passphrase',
    });
    expect(keys.size).toBe(2);
    expect(allWiped(keys)).toBe(true);
  });
});
