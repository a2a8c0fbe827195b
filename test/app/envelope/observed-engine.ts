import type { Engine } from '../../../app/envelope/engine.ts';

/** An engine that keeps the very buffers that pass through it, to see what becomes of them. */
export interface ObservedEngine {
  readonly engine: Engine;
  /** Every buffer that a key came in. */
  readonly keys: ReadonlySet<Uint8Array>;
  /** Every buffer of 16 bytes that was sealed or opened: the file key of a passphrase's stanza. */
  readonly fileKeys: ReadonlySet<Uint8Array>;
  /** How often something was tried to be opened. */
  readonly attempts: () => number;
}

/**
 * Observes an engine.
 *
 * @param engine - does the work
 */
export function observe(engine: Engine): ObservedEngine {
  const keys = new Set<Uint8Array>();
  const fileKeys = new Set<Uint8Array>();
  let attempts = 0;
  return {
    keys,
    fileKeys,
    attempts: () => attempts,
    engine: {
      name: engine.name,
      cipher: (key) => {
        keys.add(key);
        const cipher = engine.cipher(key);
        return {
          seal: (nonce, plaintext, sealed) => {
            if (plaintext.byteLength === 16) fileKeys.add(plaintext);
            cipher.seal(nonce, plaintext, sealed);
          },
          open: (nonce, sealed, plaintext) => {
            attempts += 1;
            if (plaintext.byteLength === 16) fileKeys.add(plaintext);
            return cipher.open(nonce, sealed, plaintext);
          },
        };
      },
    },
  };
}

/**
 * Whether nothing is left in a buffer.
 *
 * @param bytes - of any length
 */
export function isWiped(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
