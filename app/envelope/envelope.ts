import type { Identity } from 'age-encryption';
import { AppError, isAppError } from '../contract/errors.ts';
import { closing } from '../streams/closing.ts';
import { prepend } from '../streams/prepend.ts';
import { ARMOR_BEGIN, decodeArmor } from './armor.ts';
import type { Engine } from './engine.ts';
import {
  AGE_INTRO,
  openHeader,
  readHeader,
  sealHeader,
  summariseHeader,
  type HeaderSummary,
} from './header.ts';
import { openPayload, sealPayload } from './payload.ts';
import { MAX_LOG_N, passphraseIdentity, passphraseRecipient } from './scrypt.ts';

/** How a bundle is to be locked. */
export type Lock =
  | { readonly kind: 'passphrase'; readonly passphrase: string; readonly logN: number }
  | { readonly kind: 'keys'; readonly recipients: readonly string[] };

/** What a person has to open a bundle with. */
export interface Unlock {
  /** Readings of the passphrase, the most literal first. */
  readonly passphrases: readonly string[];
  /** Identities: `AGE-SECRET-KEY-…`, or what unwraps the file key by itself. */
  readonly identities: readonly (string | Identity)[];
  /** The highest scrypt work factor to accept; 22 unless given. */
  readonly maxLogN?: number;
}

/**
 * Seals a stream as an age file. The slow step, from passphrase to key, is done when the promise resolves: twice, because what the
 * recipient will be told has to lead to the file key, and before the payload, because it takes as much memory as all the rest.
 *
 * @param engine - does the payload's cipher
 * @param lock - for whom
 * @param plaintext - pieces of any size, read only when the result is
 * @param onFileKey - hears the file key, to be copied, for whoever re-opens the bundle
 * @returns the file in pieces; to be closed (`return`) even when it is not read, so that the file key is wiped
 * @throws `recipient-invalid`, `recipients-mixed`, `too-many-recipients`, `proof-failed` where the passphrase does not open the header
 */
export async function sealEnvelope(
  engine: Engine,
  lock: Lock,
  plaintext: AsyncIterable<Uint8Array>,
  onFileKey: (fileKey: Uint8Array) => void = () => undefined,
): Promise<AsyncIterableIterator<Uint8Array>> {
  const { header, fileKey } = await sealHeader(
    lock.kind === 'keys'
      ? lock
      : {
          kind: 'passphrase',
          recipient: passphraseRecipient(engine, lock.passphrase, lock.logN),
        },
  );
  if (lock.kind === 'passphrase')
    await provePassphrase(engine, header, lock).catch((error: unknown) => {
      fileKey.fill(0);
      throw error;
    });
  onFileKey(fileKey);
  async function* file(): AsyncGenerator<Uint8Array, void, undefined> {
    yield header;
    yield* sealPayload(engine, fileKey, plaintext);
  }
  return closing(file, () => fileKey.fill(0));
}

async function provePassphrase(
  engine: Engine,
  header: Uint8Array,
  { passphrase, logN }: Extract<Lock, { kind: 'passphrase' }>,
): Promise<void> {
  // Another file key than the header's fails its MAC.
  const opening = openHeader(header, [passphraseIdentity(engine, [passphrase], logN)]);
  const found = await opening.catch((error: unknown) => {
    throw isAppError(error, 'bundle-damaged') ? new AppError('proof-failed', {}, error) : error;
  });
  if (found === undefined) throw new AppError('proof-failed', {});
  found.fill(0);
}

/**
 * Opens an age file, binary or armored. The header is dealt with when the promise resolves.
 *
 * @param engine - does the payload's cipher
 * @param source - the file in pieces of any size
 * @param unlock - what the person has
 * @returns the plaintext; only its normal end says that it is complete; to be closed even when it is not read
 * @throws `wrong-passphrase`, `no-matching-key`, `passphrase-needed`, `key-needed`, `work-factor-too-high`, `bundle-damaged`;
 * the source is closed then
 */
export async function openEnvelope(
  engine: Engine,
  source: AsyncIterable<Uint8Array>,
  unlock: Unlock,
): Promise<AsyncIterableIterator<Uint8Array>> {
  const { header, rest } = await readHeader(await binary(source));
  try {
    const fileKey = await openHeader(header, [
      // First, because it refuses a passphrase stanza that is not alone, which no key may get past.
      passphraseIdentity(engine, unlock.passphrases, unlock.maxLogN ?? MAX_LOG_N),
      ...unlock.identities,
    ]);
    if (fileKey === undefined) throw unmatched(await summariseHeader(header), unlock);
    return closing(
      () => openPayload(engine, fileKey, rest),
      () => {
        fileKey.fill(0);
        return rest.return?.();
      },
    );
  } catch (error) {
    await rest.return?.();
    throw error;
  }
}

function unmatched(header: HeaderSummary, unlock: Unlock): AppError {
  if (header.logN !== undefined)
    return unlock.passphrases.length > 0
      ? new AppError('wrong-passphrase', {})
      : new AppError('passphrase-needed', {});
  return unlock.identities.length > 0
    ? new AppError('no-matching-key', {})
    : new AppError('key-needed', {});
}

/** What can be said of an age file without opening it. */
export interface EnvelopeSummary extends HeaderSummary {
  readonly armored: boolean;
  /** Size of the header in bytes. */
  readonly headerBytes: number;
}

/**
 * Reads what an age file says openly.
 *
 * @param source - the file in pieces; only its beginning is read
 * @throws `bundle-damaged`
 */
export async function inspectEnvelope(source: AsyncIterable<Uint8Array>): Promise<EnvelopeSummary> {
  const { armored, all } = await peekArmor(source);
  const { header, rest } = await readHeader(armored ? decodeArmor(all) : all);
  await rest.return?.();
  return { armored, headerBytes: header.byteLength, ...(await summariseHeader(header)) };
}

/**
 * Recognises a file by how it begins, whatever its name.
 *
 * @param head - at least the first 128 bytes, or all of a shorter file
 */
export function recogniseEnvelope(head: Uint8Array): 'age' | 'armored-age' | 'other' {
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith(AGE_INTRO)) return 'age';
  return text.trimStart().startsWith(ARMOR_BEGIN) ? 'armored-age' : 'other';
}

async function binary(source: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const { armored, all } = await peekArmor(source);
  return armored ? decodeArmor(all) : all;
}

async function peekArmor(
  source: AsyncIterable<Uint8Array>,
): Promise<{ armored: boolean; all: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let text = '';
  // White space may stand before the armor, so the first visible characters decide.
  while (text.trimStart().length < AGE_INTRO.length && text.length < 4096) {
    const next = await iterator.next();
    if (next.done === true) break;
    pieces.push(next.value);
    text += Buffer.from(next.value.subarray(0, 4096)).toString('latin1');
  }
  return { armored: text.trimStart().startsWith('-----'), all: prepend(pieces, iterator) };
}
