import { crc32 } from 'node:zlib';
import { AppError } from '../contract/errors.ts';
import type { Allowance } from './expansion.ts';
import { damagedArchive } from './zip-damage.ts';
import type { AesOpener, LegacyOpener, ZipUnlocking } from './zip-cipher.ts';
import { InflateError, inflateStream, inflateWhole } from './zip-deflate.ts';
import type { LocatedEntry, Locator } from './zip-locate.ts';
import type { ZipEntry } from './zip-parse.ts';
import { METHOD } from './zip-records.ts';

/** Up to this size what comes out is expanded in one go. */
const WHOLE_BYTES = 1024 * 1024;

/** An entry that was found, with what opens it on its way. */
export interface PreparedEntry {
  readonly located: LocatedEntry;
  readonly opener:
    | undefined
    | { readonly aes: Promise<AesOpener | undefined> }
    | { readonly legacy: LegacyOpener | undefined };
}

type Opener = { readonly aes: AesOpener } | { readonly legacy: LegacyOpener } | undefined;

/** Opens, expands and checks what is in entries. */
export class EntryContents {
  readonly #locator: Locator;
  readonly #unlock: ZipUnlocking;
  readonly #allowance: Allowance;
  readonly #advance: (sealedBytes: number) => void;

  /**
   * @param locator - reads the archive
   * @param unlock - what opens its entries
   * @param allowance - how much may come out of all of them
   * @param advance - hears of each sealed byte that was read
   */
  constructor(
    locator: Locator,
    unlock: ZipUnlocking,
    allowance: Allowance,
    advance: (sealedBytes: number) => void,
  ) {
    this.#locator = locator;
    this.#unlock = unlock;
    this.#allowance = allowance;
    this.#advance = advance;
  }

  /**
   * The content of a file, never longer than the directory says. Only its end says that it is authentic.
   *
   * @param prepared - the entry
   * @param unsure - whether damage would rather mean that the passphrase is wrong
   * @throws `bundle-damaged`, `wrong-passphrase`, `expands-too-much`
   */
  async *open(
    prepared: PreparedEntry,
    unsure: boolean,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const { located } = prepared;
    try {
      const opener = await opened(prepared);
      if (located.sealed !== undefined && located.entry.bytes <= WHOLE_BYTES) {
        const bytes = this.#whole(located, located.sealed, opener);
        if (bytes.byteLength > 0) yield bytes;
      } else yield* this.#stream(located, opener);
    } catch (error) {
      if (unsure && (error instanceof InflateError || error instanceof ChecksumError))
        throw new AppError('wrong-passphrase', {}, error);
      if (error instanceof InflateError) throw await this.#inflateFailure(prepared, error);
      if (error instanceof ChecksumError)
        throw new AppError(
          'bundle-damaged',
          { part: 'checksums', damage: 'mismatch', name: located.entry.name },
          error,
        );
      throw error;
    }
  }

  #whole({ entry, tail }: LocatedEntry, sealed: Uint8Array, opener: Opener): Uint8Array {
    this.#advance(entry.sealedBytes);
    const plain = openPiece(opener, sealed);
    expectAuthentic(entry, opener, tail ?? new Uint8Array());
    const bytes = entry.method === METHOD.store ? plain : inflateWhole(plain, entry.bytes);
    this.#allowance.take(bytes.byteLength);
    if (hasCrc(entry) && crc32(bytes) !== entry.crc) throw new ChecksumError();
    return bytes;
  }

  async *#stream(
    located: LocatedEntry,
    opener: Opener,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const { entry } = located;
    const plain = this.#opened(located, opener);
    const content = entry.method === METHOD.store ? plain : inflateStream(plain);
    const checked = hasCrc(entry);
    let bytes = 0;
    let crc = 0;
    for await (const piece of content) {
      bytes += piece.byteLength;
      if (bytes > entry.bytes) throw new InflateError('longer than it says');
      this.#allowance.take(piece.byteLength);
      if (checked) crc = crc32(piece, crc);
      yield piece;
    }
    if (bytes !== entry.bytes) throw new InflateError('shorter than it says');
    if (checked && crc !== entry.crc) throw new ChecksumError();
  }

  async *#opened(
    located: LocatedEntry,
    opener: Opener,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of this.#locator.sealed(located)) {
      this.#advance(piece.byteLength);
      yield openPiece(opener, piece);
    }
    expectAuthentic(located.entry, opener, await this.#locator.tail(located));
  }

  /** What does not expand was changed on the way, or was never right: the authentication code tells. */
  async #inflateFailure({ located }: PreparedEntry, cause: InflateError): Promise<AppError> {
    const { entry, head } = located;
    if (entry.lock.kind === 'aes') {
      const aes = await this.#unlock.openAes(entry.lock.strength, head);
      for await (const piece of this.#locator.sealed(located)) aes?.authenticate(piece);
      const tail = await this.#locator.tail(located);
      if (aes?.finish(tail) !== true) return notAuthentic(entry.name);
    }
    return damagedArchive('malformed', entry.name, cause);
  }
}

/** A CRC that is not the one in the headers. */
class ChecksumError extends Error {}

async function opened({ located, opener }: PreparedEntry): Promise<Opener> {
  if (opener === undefined) return undefined;
  if ('legacy' in opener) {
    if (opener.legacy === undefined) throw notAuthentic(located.entry.name);
    return { legacy: opener.legacy };
  }
  const aes = await opener.aes;
  if (aes === undefined) throw notAuthentic(located.entry.name);
  return { aes };
}

function openPiece(opener: Opener, sealed: Uint8Array): Uint8Array {
  if (opener === undefined) return sealed;
  return 'aes' in opener ? opener.aes.open(sealed) : opener.legacy.open(sealed);
}

function expectAuthentic(entry: ZipEntry, opener: Opener, code: Uint8Array): void {
  if (opener !== undefined && 'aes' in opener && !opener.aes.finish(code))
    throw notAuthentic(entry.name);
}

/**
 * The failure of an entry that is not what its sender sealed.
 *
 * @param name - of the entry
 */
export function notAuthentic(name: string): AppError {
  return new AppError('bundle-damaged', { part: 'payload', damage: 'not-authentic', name });
}

/** Everything has a CRC but AE-2, which has its authentication code instead. */
function hasCrc({ lock }: ZipEntry): boolean {
  return lock.kind !== 'aes' || lock.hasCrc;
}
