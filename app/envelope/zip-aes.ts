import { createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { CounterMode } from './zip-ctr.ts';
import { DERIVED_ANEW, DerivedKeys } from './zip-derived.ts';

/*
 * WinZip's AES encryption of ZIP entries, AE-1 and AE-2 (www.winzip.com/en/support/aes-encryption): PBKDF2 with HMAC-SHA1, 1,000
 * rounds, a salt for each entry; AES in counter mode; HMAC-SHA1 over the ciphertext, cut to ten bytes. The counter starts at 1
 * for every entry, so that a salt is never used twice.
 */

/** Rounds of PBKDF2, fixed by the format. */
export const ZIP_AES_ROUNDS = 1000;
/** How many bytes the authentication code behind an entry has. */
const CODE_BYTES = 10;
const VERIFIER_BYTES = 2;
/** Keys on their way at once; four threads derive them while documents are read and sealed. */
const KEYS_AHEAD = 16;

const derive = promisify(pbkdf2);

/** How the format counts key lengths: 128, 192 and 256 bits. */
export type AesStrength = 1 | 2 | 3;

/** An entry's keys, only for as long as it takes to set up the ciphers. */
interface EntryKeys {
  readonly encryption: Uint8Array;
  readonly authentication: Uint8Array;
  readonly verifier: Uint8Array;
  wipe(): void;
}

/** Seals one entry. */
export interface AesEntrySealer {
  /** What stands before the sealed bytes: salt and verifier. */
  readonly head: Uint8Array;
  /** Seals the next bytes, which are left as they are. The result is a buffer of its own. */
  seal(bytes: Uint8Array): Uint8Array;
  /** What stands behind the sealed bytes. */
  finish(): Uint8Array;
}

/** Seals the entries of one archive. */
export interface AesSealing {
  readonly strength: AesStrength;
  /** How many bytes sealing adds to each entry. */
  readonly overhead: number;
  /** The keys of all entries but the first, for the proof: that one it has to derive from the passphrase as anybody would. */
  readonly derived: DerivedKeys;
  /** Keys for the next entry. */
  next(): Promise<AesEntrySealer>;
  /** Wipes the passphrase, but not what was derived. Harmless twice. */
  close(): void;
}

/** Opens one entry. */
export interface AesEntryOpener {
  /** Authenticates and opens the next bytes. */
  open(sealed: Uint8Array): Uint8Array;
  /** Counts bytes towards the authentication code, and no more. */
  authenticate(sealed: Uint8Array): void;
  /** Opens bytes at any position without authenticating them. */
  openAt(position: number, sealed: Uint8Array): Uint8Array;
  /** Whether the code behind the entry is the one of the bytes that went by. */
  finish(code: Uint8Array): boolean;
}

/**
 * The length of an entry's salt.
 *
 * @param strength - of its key
 * @returns bytes
 */
export function saltBytes(strength: AesStrength): number {
  return 4 + strength * 4;
}

/**
 * Starts to seal an archive with AES-256. Keys are derived beside the sealing, some entries ahead.
 *
 * @param passphrase - used as UTF-8
 * @param entries - how many there will be; more are possible, but their keys are waited for
 */
export function sealWithAes(passphrase: string, entries: number): AesSealing {
  const secret = Buffer.from(passphrase);
  const ahead: Promise<AesEntrySealer>[] = [];
  const derived = DerivedKeys.forEntries(entries);
  let left = entries;
  let count = 0;
  const prepare = (): Promise<AesEntrySealer> => {
    const salt = randomBytes(saltBytes(3));
    const index = count;
    count += 1;
    const sealer = deriveBits(secret, salt, 3).then((bits) => {
      if (index >= DERIVED_ANEW) derived.put(index, salt, bits);
      return entrySealer(salt, keysOf(bits, 3));
    });
    // It is awaited when its turn comes; if that never comes, its failure is nobody's concern.
    sealer.catch(() => undefined);
    return sealer;
  };
  const fill = (): void => {
    for (; left > 0 && ahead.length < KEYS_AHEAD; left -= 1) ahead.push(prepare());
  };
  fill();
  return {
    strength: 3,
    overhead: saltBytes(3) + VERIFIER_BYTES + CODE_BYTES,
    derived,
    next: () => {
      const next = ahead.shift() ?? prepare();
      fill();
      return next;
    },
    close: () => {
      left = 0;
      ahead.length = 0;
      secret.fill(0);
    },
  };
}

function entrySealer(salt: Uint8Array, keys: EntryKeys): AesEntrySealer {
  const stream = new CounterMode(keys.encryption);
  const code = createHmac('sha1', keys.authentication);
  const head = Buffer.concat([salt, keys.verifier]);
  keys.wipe();
  let position = 0;
  return {
    head,
    seal: (bytes) => {
      const sealed = stream.apply(position, bytes);
      position += bytes.byteLength;
      code.update(sealed);
      return sealed;
    },
    finish: () => finishCode(code),
  };
}

/**
 * Tries a passphrase on an entry.
 *
 * @param secret - the passphrase's bytes
 * @param strength - as the entry says
 * @param head - salt and verifier, as they stand before the sealed bytes
 * @returns `undefined` where the verifier says that it is another; one wrong passphrase in 65,536 passes it
 */
export async function openWithAes(
  secret: Uint8Array,
  strength: AesStrength,
  head: Uint8Array,
): Promise<AesEntryOpener | undefined> {
  const salt = head.subarray(0, saltBytes(strength));
  return openWithKeys(await deriveBits(secret, salt, strength), strength, head);
}

/**
 * Opens an entry with keys that were derived already.
 *
 * @param bits - as the derivation gave them; they are wiped
 * @param strength - as the entry says
 * @param head - salt and verifier, as they stand before the sealed bytes
 * @returns `undefined` where the verifier says that they are another's
 */
export function openWithKeys(
  bits: Uint8Array,
  strength: AesStrength,
  head: Uint8Array,
): AesEntryOpener | undefined {
  const keys = keysOf(bits, strength);
  try {
    const verifier = head.subarray(saltBytes(strength));
    if (verifier.byteLength !== VERIFIER_BYTES || !timingSafeEqual(keys.verifier, verifier))
      return undefined;
    return entryOpener(keys);
  } finally {
    keys.wipe();
  }
}

function entryOpener(keys: EntryKeys): AesEntryOpener {
  const stream = new CounterMode(keys.encryption);
  const code = createHmac('sha1', keys.authentication);
  let position = 0;
  return {
    open: (sealed) => {
      code.update(sealed);
      const bytes = stream.apply(position, sealed);
      position += sealed.byteLength;
      return bytes;
    },
    authenticate: (sealed) => {
      code.update(sealed);
    },
    openAt: (at, sealed) => stream.apply(at, sealed),
    finish: (expected) =>
      expected.byteLength === CODE_BYTES && timingSafeEqual(finishCode(code), expected),
  };
}

function finishCode(code: ReturnType<typeof createHmac>): Uint8Array {
  return code.digest().subarray(0, CODE_BYTES);
}

async function deriveBits(
  secret: Uint8Array,
  salt: Uint8Array,
  strength: AesStrength,
): Promise<Uint8Array> {
  return await derive(
    secret,
    salt,
    ZIP_AES_ROUNDS,
    2 * keyBytes(strength) + VERIFIER_BYTES,
    'sha1',
  );
}

function keysOf(bits: Uint8Array, strength: AesStrength): EntryKeys {
  const length = keyBytes(strength);
  return {
    encryption: bits.subarray(0, length),
    authentication: bits.subarray(length, 2 * length),
    verifier: bits.subarray(2 * length),
    wipe: () => {
      bits.fill(0);
    },
  };
}

function keyBytes(strength: AesStrength): number {
  return 8 + strength * 8;
}
