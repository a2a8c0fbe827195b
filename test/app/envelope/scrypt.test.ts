import { Decrypter, Encrypter, Stanza } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { loadEngine } from '../../../app/envelope/load-engine.ts';
import {
  DEFAULT_LOG_N,
  MAX_LOG_N,
  passphraseIdentity,
  passphraseRecipient,
} from '../../../app/envelope/scrypt.ts';
import { isWiped, observe } from './observed-engine.ts';
import { failure } from './watched.ts';

const engine = await loadEngine();
const fileKey = Uint8Array.from({ length: 16 }, (_unused, index) => index + 1);

async function stanzaFor(passphrase: string, logN: number): Promise<Stanza> {
  const [stanza] = await passphraseRecipient(engine, passphrase, logN).wrapFileKey(fileKey);
  return stanza!;
}

async function unwrap(
  stanzas: Stanza[],
  passphrases: readonly string[],
  maxLogN = MAX_LOG_N,
): Promise<Uint8Array | null> {
  return await passphraseIdentity(engine, passphrases, maxLogN).unwrapFileKey(stanzas);
}

const passphrases = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });

describe('a passphrase stanza', () => {
  it('gives the file key back to who knows the passphrase, in any script', async () => {
    await fc.assert(
      fc.asyncProperty(passphrases, fc.integer({ min: 1, max: 6 }), async (passphrase, logN) => {
        const stanza = await stanzaFor(passphrase, logN);
        expect(stanza.args.slice(0, 1)).toEqual(['scrypt']);
        expect(stanza.args[2]).toBe(String(logN));
        expect(await unwrap([stanza], [passphrase])).toEqual(fileKey);
        expect(await unwrap([stanza], [`${passphrase} `])).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  it('is what the library makes and reads, which runs scrypt in JavaScript', async () => {
    await fc.assert(
      fc.asyncProperty(passphrases, fc.integer({ min: 1, max: 6 }), async (passphrase, logN) => {
        const decrypter = new Decrypter();
        decrypter.addPassphrase(passphrase);
        const own = new Encrypter();
        own.addRecipient(passphraseRecipient(engine, passphrase, logN));
        expect(await decrypter.decrypt(await own.encrypt('ours'), 'text')).toBe('ours');

        const theirs = new Encrypter();
        theirs.setPassphrase(passphrase);
        theirs.setScryptWorkFactor(logN);
        const ownDecrypter = new Decrypter();
        ownDecrypter.addIdentity(passphraseIdentity(engine, [passphrase], MAX_LOG_N));
        expect(await ownDecrypter.decrypt(await theirs.encrypt('theirs'), 'text')).toBe('theirs');
      }),
      { numRuns: 15 },
    );
  });

  it('has another salt each time', async () => {
    const stanzas = await Promise.all(Array.from({ length: 10 }, () => stanzaFor('same', 1)));
    expect(new Set(stanzas.map(({ args }) => args[1])).size).toBe(10);
    expect(new Set(stanzas.map(({ body }) => Buffer.from(body).toString('hex'))).size).toBe(10);
  });

  it('costs at least what age itself asks for by default', () => {
    expect(DEFAULT_LOG_N).toBe(18);
    expect(MAX_LOG_N).toBe(22);
  });
});

describe('a work factor', () => {
  it.each([
    [23, 22],
    [40, 22],
    [2 ** 53, 22],
    [6, 5],
    [18, 17],
  ])('of %i is refused when the limit is %i, before anything is derived', async (logN, limit) => {
    const { args, body } = await stanzaFor('abc', 1);
    const costly = new Stanza(['scrypt', args[1]!, String(logN)], body);
    const { engine: watching, attempts } = observe(engine);
    const { code, data } = await failure(
      Promise.resolve(passphraseIdentity(watching, ['abc'], limit).unwrapFileKey([costly])),
    );
    expect(code).toBe('work-factor-too-high');
    expect(data).toEqual({ logN, limit });
    expect(attempts()).toBe(0);
  });

  it('beyond what Node.js can count is refused, however far the limit was raised', async () => {
    const { args, body } = await stanzaFor('abc', 1);
    for (const logN of [32, 33, 42]) {
      const costly = new Stanza(['scrypt', args[1]!, String(logN)], body);
      expect(await failure(unwrap([costly], ['abc'], 50))).toMatchObject({
        code: 'work-factor-too-high',
        data: { logN, limit: 31 },
      });
    }
  });

  it('for which there is no memory is not called the fault of the bundle', async () => {
    // Only the failure is made up: a machine that really has too little might rather be brought down by the attempt.
    vi.resetModules();
    vi.doMock('node:crypto', async (original) => ({
      ...(await original<typeof import('node:crypto')>()),
      scrypt: (...call: unknown[]) => {
        (call.at(-1) as (error: Error) => void)(new Error('malloc failure'));
      },
    }));
    try {
      const starved = await import('../../../app/envelope/scrypt.ts');
      const identity = starved.passphraseIdentity(engine, ['abc'], 22);
      await expect(identity.unwrapFileKey([await stanzaFor('abc', 10)])).rejects.toMatchObject({
        code: 'not-enough-memory',
        // 2^10 blocks of 1 KiB, and what OpenSSL needs besides.
        data: { bytes: 2 * 1024 * 1024 },
      });
    } finally {
      vi.doUnmock('node:crypto');
      vi.resetModules();
    }
  });

  it('at the limit is accepted', async () => {
    expect(await unwrap([await stanzaFor('abc', 6)], ['abc'], 6)).toEqual(fileKey);
  });

  it('above the limit is refused even when no passphrase was given', async () => {
    const error = await failure(unwrap([await stanzaFor('abc', 6)], [], 5));
    expect(error.code).toBe('work-factor-too-high');
  });
});

describe('the readings of a passphrase', () => {
  it('are tried in turn until one is right', async () => {
    const stanza = await stanzaFor('third', 1);
    const { engine: watching, attempts } = observe(engine);
    const identity = passphraseIdentity(watching, ['first', 'second', 'third', 'fourth'], 22);
    expect(await identity.unwrapFileKey([stanza])).toEqual(fileKey);
    expect(attempts()).toBe(3);
  });

  it('are not tried on stanzas of other types', async () => {
    const { engine: watching, attempts } = observe(engine);
    const foreign: Stanza[] = [new Stanza(['X25519', 'abc'], new Uint8Array(32))];
    expect(await passphraseIdentity(watching, ['abc'], 22).unwrapFileKey(foreign)).toBeNull();
    expect(attempts()).toBe(0);
  });
});

describe('a stanza that breaks the specification', () => {
  // Most are among age's own vectors; here each shows that nothing was derived before it was refused.
  it.each([
    ['stands beside another', (stanza: Stanza) => [stanza, new Stanza(['x'], stanza.body)]],
    ['stands twice', (stanza: Stanza) => [stanza, stanza]],
    ['has no arguments', ({ body }: Stanza) => [new Stanza(['scrypt'], body)]],
    ['has a fourth argument', ({ args, body }: Stanza) => [new Stanza([...args, '1'], body)]],
    [
      'has a padded salt',
      ({ args, body }: Stanza) => [new Stanza(['scrypt', `${args[1]!}==`, '1'], body)],
    ],
    [
      'has a work factor of zero',
      ({ args, body }: Stanza) => [new Stanza(['scrypt', args[1]!, '0'], body)],
    ],
    [
      'has a work factor in scientific notation',
      ({ args, body }: Stanza) => [new Stanza(['scrypt', args[1]!, '1e1'], body)],
    ],
    [
      'has a body that is too long',
      ({ args, body }: Stanza) => [new Stanza(args, Buffer.concat([body, body]))],
    ],
  ])('because it %s is a damaged header', async (_how, change) => {
    const { engine: watching, attempts } = observe(engine);
    const stanzas: Stanza[] = change(await stanzaFor('abc', 1));
    const { code, data } = await failure(
      Promise.resolve(passphraseIdentity(watching, ['abc'], 22).unwrapFileKey(stanzas)),
    );
    expect(code).toBe('bundle-damaged');
    expect(data).toEqual({ part: 'header', damage: 'malformed' });
    expect(attempts()).toBe(0);
  });
});

describe('the key that scrypt derives', () => {
  it('is wiped after sealing', async () => {
    const { engine: watching, keys } = observe(engine);
    await passphraseRecipient(watching, 'abc', 1).wrapFileKey(fileKey);
    expect(keys.size).toBe(1);
    expect([...keys].every(isWiped)).toBe(true);
  });

  it('is wiped after opening, of each reading', async () => {
    const { engine: watching, keys } = observe(engine);
    const stanza = await stanzaFor('right', 1);
    await passphraseIdentity(watching, ['wrong', 'right'], 22).unwrapFileKey([stanza]);
    expect(keys.size).toBe(2);
    expect([...keys].every(isWiped)).toBe(true);
  });
});
