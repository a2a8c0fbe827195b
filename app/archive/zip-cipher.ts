/*
 * What the archive asks of whoever seals and opens its entries. The archive knows where salts, sealed bytes and codes stand; what
 * they are it does not.
 */

/** Seals one entry. */
export interface EntrySealer {
  /** What stands before the sealed bytes. */
  readonly head: Uint8Array;
  /** Seals the next bytes, which are left as they are. The result is a buffer of its own. */
  seal(bytes: Uint8Array): Uint8Array;
  /** What stands behind the sealed bytes. */
  finish(): Uint8Array;
}

/** Seals the entries of one archive with AES. */
export interface ZipSealing {
  /** How the format counts the key's length. */
  readonly strength: 1 | 2 | 3;
  /** How many bytes sealing adds to each entry. */
  readonly overhead: number;
  /** Keys for the next entry. */
  next(): Promise<EntrySealer>;
}

/** How an entry is locked, with what stands before its sealed bytes. */
export type LockedHead =
  | { readonly kind: 'aes'; readonly strength: 1 | 2 | 3; readonly head: Uint8Array }
  /** `check` is the byte with which the opened head ends. */
  | { readonly kind: 'zipcrypto'; readonly check: number; readonly head: Uint8Array };

/** Opens one entry that is locked with AES. */
export interface AesOpener {
  /** Authenticates and opens the next bytes. */
  open(sealed: Uint8Array): Uint8Array;
  /** Counts bytes towards the authentication code, and no more. */
  authenticate(sealed: Uint8Array): void;
  /** Opens bytes at any position without authenticating them. */
  openAt(position: number, sealed: Uint8Array): Uint8Array;
  /** Whether the code behind the entry is the one of the bytes that went by. */
  finish(code: Uint8Array): boolean;
}

/** Opens one entry that is locked with ZipCrypto. */
export interface LegacyOpener {
  open(sealed: Uint8Array): Uint8Array;
}

/** What a person has to open an archive with. */
export interface ZipUnlocking {
  /** Whether there is anything to try. */
  readonly empty: boolean;
  /** Finds the reading of a passphrase that fits the first of these entries, and as many of the others as any; whether there is one. */
  settle(samples: readonly LockedHead[]): Promise<boolean>;
  /** `undefined` where the passphrase does not fit. */
  openAes(strength: 1 | 2 | 3, head: Uint8Array): Promise<AesOpener | undefined>;
  /** `undefined` where the passphrase does not fit. */
  openZipCrypto(check: number, head: Uint8Array): LegacyOpener | undefined;
}

/** What stands behind the sealed bytes of an entry that is locked with AES. */
export const AES_CODE_BYTES = 10;
/** What stands before those of ZipCrypto. */
export const ZIP_CRYPTO_HEAD_BYTES = 12;

/**
 * What stands before the sealed bytes of an entry that is locked with AES: salt and verifier.
 *
 * @param strength - of its key
 * @returns bytes
 */
export function aesHeadBytes(strength: 1 | 2 | 3): number {
  return 4 + strength * 4 + 2;
}
