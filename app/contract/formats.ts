/** The kinds of bundle: an age file around a tar, a ZIP with AES (AE-2), a 7z with its names sealed, a page that opens itself. */
export type FormatId = 'age' | 'zip' | '7z' | 'html';

/** Every format, the one that protects best first. */
export const FORMATS = ['age', 'zip', '7z', 'html'] as const satisfies readonly FormatId[];

/** What a person should hear about a bundle that was opened. */
export type OpenWarning =
  /** Nothing in it was encrypted, so that anybody on the way could read and change it. */
  | 'not-encrypted'
  /** Some of its documents were not encrypted. */
  | 'partly-encrypted'
  /** ZipCrypto, the old encryption of ZIP, which is broken. */
  | 'legacy-encryption';

/** How a passphrase becomes a key, which is what each guess costs. */
export type Derivation =
  /** scrypt with N = 2^logN, r = 8, p = 1: about 2^logN KiB for each guess. */
  | { readonly kind: 'scrypt'; readonly logN: number }
  /** PBKDF2 with HMAC-SHA1, 1,000 rounds, as the AE-2 form of ZIP has it. */
  | { readonly kind: 'pbkdf2-sha1'; readonly rounds: number }
  /** 7-Zip's own: SHA-256 over 2^logRounds repetitions. */
  | { readonly kind: 'sha256-rounds'; readonly logRounds: number }
  /** The old encryption of ZIP: no derivation worth the name. */
  | { readonly kind: 'zipcrypto' }
  /** Keys instead of a passphrase. */
  | { readonly kind: 'keys' }
  /** Not encrypted. */
  | { readonly kind: 'none' };

/** What can be said of a bundle without opening it. */
export interface BundleSummary {
  readonly format: FormatId;
  /** Size in bytes. */
  readonly bytes: number;
  readonly lockedWith: 'passphrase' | 'keys' | 'nothing';
  readonly derivation: Derivation;
  /** Whether the documents' names can be read by anybody. */
  readonly names: 'sealed' | 'visible';
  /** How many files, where that can be read by anybody. */
  readonly documents?: number;
  /** Of age: the stanza types in the header, and whether it is text. */
  readonly age?: { readonly stanzas: readonly string[]; readonly armored: boolean };
  /** Of AES in ZIP: the smallest key among its entries, in bits. */
  readonly aesBits?: 128 | 192 | 256;
}

/** How much may come out of a compressed bundle. */
export interface ExpansionLimits {
  /** All documents together, in bytes. */
  readonly maxBytes: number;
  /** Bytes that come out for each byte that is in the bundle. */
  readonly maxRatio: number;
  /** Up to this many bytes do no harm, whatever the ratio. */
  readonly harmlessBytes: number;
}
