import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  ENGINE_NAMES,
  type Cipher,
  type Engine,
  type EngineName,
} from '../../../app/envelope/engine.ts';
import { checkEngine, loadEngine } from '../../../app/envelope/load-engine.ts';

const honest = await loadEngine('openssl');

/** The error of the known-answer test; engines are loaded once a module, so fresh modules throw a class of their own. */
function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'accepted';
}

describe('the known-answer test', () => {
  it.each(ENGINE_NAMES)('accepts the %s engine', async (name) => {
    const engine = await loadEngine(name);
    expect(engine.name).toBe(name);
    expect(
      codeOf(() => {
        checkEngine(engine);
      }),
    ).toBe('accepted');
  });

  type Lie = (cipher: Cipher, key: Uint8Array) => Partial<Cipher>;

  const lying = (lie: Lie): Engine => ({
    name: honest.name,
    cipher: (key) => {
      const cipher = honest.cipher(key);
      return { ...cipher, ...lie(cipher, key) };
    },
  });

  const liars: readonly [string, Lie][] = [
    ['does not seal at all', () => ({ seal: () => undefined })],
    [
      'seals a single bit wrong',
      (cipher) => ({
        seal: (nonce, plaintext, sealed) => {
          cipher.seal(nonce, plaintext, sealed);
          sealed[sealed.byteLength - 1]! ^= 1;
        },
      }),
    ],
    [
      'seals with the plaintext in the clear',
      (cipher) => ({
        seal: (nonce, plaintext, sealed) => {
          cipher.seal(nonce, plaintext, sealed);
          sealed.set(plaintext);
        },
      }),
    ],
    [
      'uses only half of the key',
      (_cipher, key) => honest.cipher(key.map((byte, index) => (index < 16 ? byte : 0))),
    ],
    ['refuses what is authentic', () => ({ open: () => false })],
    [
      'opens, but calls nothing authentic',
      (cipher) => ({
        open: (...call) => {
          cipher.open(...call);
          return false;
        },
      }),
    ],
    ['calls everything authentic without opening it', () => ({ open: () => true })],
    [
      'opens a single bit wrong',
      (cipher) => ({
        open: (nonce, sealed, plaintext) => {
          const authentic = cipher.open(nonce, sealed, plaintext);
          plaintext[0]! ^= 1;
          return authentic;
        },
      }),
    ],
    [
      'decrypts, but takes what was altered for authentic',
      (cipher) => ({
        open: (nonce, sealed, plaintext) => {
          cipher.open(nonce, sealed, plaintext);
          return true;
        },
      }),
    ],
  ];

  it.each(liars)('refuses an engine that %s', (_how, lie) => {
    const engine = lying(lie);
    expect(
      codeOf(() => {
        checkEngine(engine);
      }),
    ).toBe('engine-wrong');
  });

  it('names the engine that it refuses', () => {
    expect(() => {
      checkEngine({ ...lying(() => ({ open: () => false })), name: 'wasm' });
    }).toThrow(expect.objectContaining({ code: 'engine-wrong', data: { engine: 'wasm' } }));
  });
});

describe('loading an engine', () => {
  afterEach(() => {
    vi.doUnmock('../../../app/envelope/engine-openssl.ts');
    vi.doUnmock('../../../app/envelope/engine-sodium.ts');
    vi.doUnmock('../../../app/envelope/engine-wasm.ts');
    vi.resetModules();
  });

  /** A machine where some engines are absent, or wrong. Only their absence is made up: what loads is the real one. */
  async function machine(
    states: Partial<Record<EngineName, 'absent' | 'wrong'>>,
  ): Promise<typeof loadEngine> {
    vi.resetModules();
    const made = (name: EngineName): Engine | undefined =>
      states[name] === 'absent'
        ? undefined
        : { name, cipher: () => ({ seal: () => undefined, open: () => false }) };
    if (states.openssl !== undefined)
      vi.doMock('../../../app/envelope/engine-openssl.ts', () => ({
        createOpensslEngine: () => made('openssl'),
      }));
    if (states.sodium !== undefined)
      vi.doMock('../../../app/envelope/engine-sodium.ts', () => ({
        createSodiumEngine: () => Promise.resolve(made('sodium')),
      }));
    if (states.wasm !== undefined)
      vi.doMock('../../../app/envelope/engine-wasm.ts', () => ({
        createWasmEngine: () => Promise.resolve(made('wasm')),
      }));
    return (await import('../../../app/envelope/load-engine.ts')).loadEngine;
  }

  it('prefers openssl, then sodium, then wasm', async () => {
    expect((await (await machine({}))()).name).toBe('openssl');
    expect((await (await machine({ openssl: 'absent' }))()).name).toBe('sodium');
    const bare = await machine({ openssl: 'absent', sodium: 'absent' });
    expect((await bare()).name).toBe('wasm');
  });

  it.each(ENGINE_NAMES)('takes %s when that is asked for', async (name) => {
    expect((await loadEngine(name)).name).toBe(name);
  });

  it('does not fall back when the engine that was asked for is absent', async () => {
    const load = await machine({ openssl: 'absent', sodium: 'absent' });
    await expect(load('openssl')).rejects.toMatchObject({
      code: 'engine-unavailable',
      data: { engine: 'openssl' },
    });
    await expect(load('sodium')).rejects.toMatchObject({ data: { engine: 'sodium' } });
  });

  it('says so when there is none at all', async () => {
    const load = await machine({ openssl: 'absent', sodium: 'absent', wasm: 'absent' });
    await expect(load()).rejects.toMatchObject({
      code: 'engine-unavailable',
      data: { engine: 'openssl, sodium, wasm' },
    });
  });

  it('stops at an engine that computes wrongly instead of hiding it behind the next', async () => {
    const load = await machine({ openssl: 'wrong' });
    await expect(load()).rejects.toMatchObject({
      code: 'engine-wrong',
      data: { engine: 'openssl' },
    });
    // Also the second time: what failed once is not taken for good from the cache.
    await expect(load('openssl')).rejects.toMatchObject({ code: 'engine-wrong' });
    expect((await load('sodium')).name).toBe('sodium');
  });

  it('loads each engine once', async () => {
    expect(await loadEngine('wasm')).toBe(await loadEngine('wasm'));
  });
});

describe('the engine of node:crypto', () => {
  it('is absent where node:crypto lacks the cipher, as in Electron', async () => {
    vi.resetModules();
    vi.doMock('node:crypto', async (original) => ({
      ...(await original<typeof import('node:crypto')>()),
      getCiphers: () => ['aes-256-gcm'],
    }));
    try {
      const { createOpensslEngine } = await import('../../../app/envelope/engine-openssl.ts');
      expect(createOpensslEngine()).toBeUndefined();
    } finally {
      vi.doUnmock('node:crypto');
      vi.resetModules();
    }
  });
});

describe('the engine of sodium-native', () => {
  it('is absent where its binary does not load', async () => {
    vi.resetModules();
    vi.doMock('sodium-native', () => {
      throw new Error('no prebuilt binary');
    });
    try {
      const { createSodiumEngine } = await import('../../../app/envelope/engine-sodium.ts');
      expect(await createSodiumEngine()).toBeUndefined();
    } finally {
      vi.doUnmock('sodium-native');
      vi.resetModules();
    }
  });
});
