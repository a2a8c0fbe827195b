import { AppError } from '../contract/errors.ts';
import { AES_CODE_BYTES, type AesOpener, type ZipUnlocking } from './zip-cipher.ts';
import { notAuthentic } from './zip-contents.ts';
import { take, type Forward } from './zip-forward.ts';
import { lockBytes, type LocalHeader } from './zip-parse.ts';

/** The content of an entry, opened while it is read forward. */
export interface OpenedForward {
  readonly forward: Forward;
  /** To be called where the content ended: checks what stands behind it. */
  finish(): Promise<void>;
}

/**
 * Opens an entry that is read forward and does not say how long it is.
 *
 * @param name - of the entry
 * @param local - its header, which was just read
 * @param bytes - what follows
 * @param unlock - the passphrase; absent where nothing is sealed
 * @throws `wrong-passphrase`; `finish` throws `bundle-damaged`
 */
export async function openForward(
  name: string,
  local: LocalHeader,
  bytes: Forward,
  unlock: ZipUnlocking | undefined,
): Promise<OpenedForward> {
  if (unlock === undefined) return { forward: new Counted(bytes), finish: () => Promise.resolve() };
  const opener = await openHead(local, await take(bytes, lockBytes(local.lock).head), unlock);
  return {
    forward: new Opened(bytes, opener),
    finish: async () => {
      if (!opener.finish(await take(bytes, AES_CODE_BYTES))) throw notAuthentic(name);
    },
  };
}

/**
 * Derives an entry's keys anew.
 *
 * @param local - its header
 * @param head - salt and verifier
 * @param unlock - the passphrase
 * @throws `wrong-passphrase`, `proof-failed` for an entry that is not sealed
 */
export async function openHead(
  { lock }: LocalHeader,
  head: Uint8Array,
  unlock: ZipUnlocking,
): Promise<AesOpener> {
  if (lock.kind !== 'aes') throw new AppError('proof-failed', {});
  const opener = await unlock.openAes(lock.strength, head);
  if (opener === undefined) throw new AppError('wrong-passphrase', {});
  return opener;
}

/** Bytes whose positions start anew. */
class Counted implements Forward {
  position = 0;
  readonly #bytes: Forward;

  constructor(bytes: Forward) {
    this.#bytes = bytes;
  }

  peek(): Promise<Uint8Array> {
    return this.#bytes.peek();
  }

  skip(count: number): void {
    this.position += count;
    this.#bytes.skip(count);
  }
}

/** Sealed bytes, opened as soon as they are seen, and authenticated as they are taken: only then is it known that they belong here. */
class Opened implements Forward {
  position = 0;
  readonly #bytes: Forward;
  readonly #opener: AesOpener;
  #sealed: Uint8Array = new Uint8Array();
  #plain: Uint8Array = new Uint8Array();

  constructor(bytes: Forward, opener: AesOpener) {
    this.#bytes = bytes;
    this.#opener = opener;
  }

  async peek(): Promise<Uint8Array> {
    if (this.#plain.byteLength === 0) {
      this.#sealed = await this.#bytes.peek();
      this.#plain = this.#opener.openAt(this.position, this.#sealed);
    }
    return this.#plain;
  }

  skip(count: number): void {
    this.#opener.authenticate(this.#sealed.subarray(0, count));
    this.#bytes.skip(count);
    this.position += count;
    this.#sealed = this.#sealed.subarray(count);
    this.#plain = this.#plain.subarray(count);
  }
}
