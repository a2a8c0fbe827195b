import {
  openWithAes,
  openWithKeys,
  saltBytes,
  type AesEntryOpener,
  type AesStrength,
} from './zip-aes.ts';
import { openWithZipCrypto, type ZipCryptoOpener } from './zip-crypto.ts';
import { DerivedKeys } from './zip-derived.ts';

/** How an entry of a ZIP is locked, with what stands before its sealed bytes. */
export type LockedEntry =
  | { readonly kind: 'aes'; readonly strength: AesStrength; readonly head: Uint8Array }
  /** `check` is the byte with which the opened head ends. */
  | { readonly kind: 'zipcrypto'; readonly check: number; readonly head: Uint8Array };

/** What a person has to open a ZIP with. */
export class ZipUnlock {
  readonly #candidates: Uint8Array[];
  readonly #derived: DerivedKeys | undefined;

  /**
   * @param passphrases - readings of what was typed, the most literal first
   * @param derived - memory with keys of the entries, in their order, where a sealing has derived them
   */
  constructor(passphrases: readonly string[], derived?: Uint8Array) {
    this.#candidates = passphrases.flatMap(encodings);
    this.#derived = derived === undefined ? undefined : new DerivedKeys(derived);
  }

  /** Whether there is anything to try. */
  get empty(): boolean {
    return this.#candidates.length === 0;
  }

  /**
   * Finds the reading of the passphrase that fits, and forgets the others. A wrong one passes the check of one entry by chance,
   * so that several are asked.
   *
   * @param samples - the first entries that are locked
   * @returns whether there is one that fits the first entry
   */
  async settle(samples: readonly LockedEntry[]): Promise<boolean> {
    let best: { readonly secret: Uint8Array; readonly fits: number } | undefined;
    for (const secret of this.#candidates) {
      let fits = 0;
      for (const sample of samples) {
        if (!(await fitsEntry(secret, sample))) break;
        fits += 1;
      }
      if (fits > (best?.fits ?? 0)) best = { secret, fits };
      if (fits === samples.length) break;
    }
    this.#keepOnly(best?.secret);
    return best !== undefined;
  }

  /**
   * Opens an entry that is locked with AES.
   *
   * @param strength - of its key
   * @param head - salt and verifier
   * @returns `undefined` where no reading of the passphrase fits
   */
  async openAes(strength: AesStrength, head: Uint8Array): Promise<AesEntryOpener | undefined> {
    const known = this.#derived?.take(head.subarray(0, saltBytes(strength)));
    if (known !== undefined) return openWithKeys(known, strength, head);
    for (const secret of this.#candidates) {
      const opener = await openWithAes(secret, strength, head);
      if (opener !== undefined) return opener;
    }
    return undefined;
  }

  /**
   * Opens an entry that is locked with ZipCrypto.
   *
   * @param check - the byte with which the opened head ends
   * @param head - what stands before the sealed bytes
   * @returns `undefined` where no reading of the passphrase fits
   */
  openZipCrypto(check: number, head: Uint8Array): ZipCryptoOpener | undefined {
    for (const secret of this.#candidates) {
      const opener = openWithZipCrypto(secret, head, check);
      if (opener !== undefined) return opener;
    }
    return undefined;
  }

  /** Wipes the passphrase. Harmless twice. */
  close(): void {
    this.#keepOnly(undefined);
  }

  #keepOnly(kept: Uint8Array | undefined): void {
    for (const secret of this.#candidates.splice(0)) {
      if (secret === kept) this.#candidates.push(secret);
      else secret.fill(0);
    }
  }
}

/** UTF-8 is what most write today; older programs for Windows took one byte for each letter of western Europe. */
function encodings(passphrase: string): Uint8Array[] {
  const utf8 = Buffer.from(passphrase);
  const oneByteEach = /^[\0-\u00ff]*[\u0080-\u00ff][\0-\u00ff]*$/.test(passphrase);
  return oneByteEach ? [utf8, Buffer.from(passphrase, 'latin1')] : [utf8];
}

async function fitsEntry(secret: Uint8Array, entry: LockedEntry): Promise<boolean> {
  const opener =
    entry.kind === 'aes'
      ? await openWithAes(secret, entry.strength, entry.head)
      : openWithZipCrypto(secret, entry.head, entry.check);
  return opener !== undefined;
}
