import { Decrypter, Encrypter, type Identity, type Stanza } from 'age-encryption';
import { AppError, isAppError } from '../contract/errors.ts';
import { prepend } from '../streams/prepend.ts';

/** The line that every age file begins with. */
export const AGE_INTRO = 'age-encryption.org/v1\n';
/** Room for 150 post-quantum recipients; a longer header is somebody's attempt to keep us busy. */
const MAX_HEADER_BYTES = 256 * 1024;
/** Each X25519 stanza is about 100 bytes and each hybrid one about 1,600. */
export const MAX_RECIPIENTS = 100;

/** Whom a bundle is sealed for: everyone with the passphrase, or the holders of the keys. */
export type Recipients =
  | { readonly kind: 'passphrase'; readonly recipient: import('age-encryption').Recipient }
  | { readonly kind: 'keys'; readonly recipients: readonly string[] };

/** What a header says openly about who can open the bundle. */
export interface HeaderSummary {
  /** The type of each stanza, such as `scrypt`, `X25519`, `mlkem768x25519`. */
  readonly stanzas: readonly string[];
  /** log2 of scrypt's N, where a passphrase opens it. */
  readonly logN?: number;
}

/**
 * Makes an age header with the `age-encryption` library; the file key, which that library would use itself, comes out beside it.
 *
 * @param to - whom to seal for
 * @returns the header up to and including the MAC line, and the 16-byte file key, which the caller wipes
 * @throws `recipient-invalid`, `recipients-mixed`, `too-many-recipients`
 */
export async function sealHeader(
  to: Recipients,
): Promise<{ header: Uint8Array; fileKey: Uint8Array }> {
  const encrypter = new Encrypter();
  let fileKey: Uint8Array | undefined;
  encrypter.addRecipient({
    wrapFileKey: (key) => {
      // The library is done with its own buffer when `encrypt` resolves: no copy, so that wiping this one wipes the only one.
      fileKey = key;
      return [];
    },
  });
  if (to.kind === 'passphrase') encrypter.addRecipient(to.recipient);
  else addKeys(encrypter, to.recipients);
  // The library can only make a whole file: this one has an empty payload, which is cut off and never used.
  const file = await encrypter.encrypt(new Uint8Array());
  const end = headerEnd(file, 0);
  if (end === undefined || fileKey === undefined) throw new AppError('internal', {});
  return { header: file.slice(0, end), fileKey };
}

/**
 * Refuses recipients for whom no bundle can be sealed.
 *
 * @param recipients - public keys
 * @throws `recipient-invalid`, `recipients-mixed`, `too-many-recipients`
 */
export function checkRecipients(recipients: readonly string[]): void {
  addKeys(new Encrypter(), recipients);
}

function addKeys(encrypter: Encrypter, recipients: readonly string[]): void {
  // Nobody could ever open such a bundle.
  if (recipients.length === 0) throw new AppError('recipient-invalid', { recipient: '' });
  if (recipients.length > MAX_RECIPIENTS)
    throw new AppError('too-many-recipients', { limit: MAX_RECIPIENTS });
  // One classical recipient among post-quantum ones would undo what those are for; age refuses the mixture, too.
  const postQuantum = recipients.filter(isPostQuantum);
  if (postQuantum.length > 0 && postQuantum.length < recipients.length)
    throw new AppError('recipients-mixed', {});
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      // The cause would quote it.
      throw new AppError('recipient-invalid', { recipient: redact(recipient) });
    }
  }
}

function isPostQuantum(recipient: string): boolean {
  return recipient.startsWith('age1pq1') || recipient.startsWith('age1tagpq1');
}

/** Somebody who mixes up the two halves of a key, or pastes both, must not find the secret one in an error text, even mistyped. */
function redact(recipient: string): string {
  if (/secret/i.test(recipient)) return 'AGE-SECRET-KEY-…';
  return /^age1[a-z0-9]*$/.test(recipient) ? recipient.slice(0, 80) : recipient.slice(0, 12);
}

/**
 * Reads the header off the front of an age file.
 *
 * @param source - the file in pieces of any size
 * @returns the header up to and including the MAC line, and what follows it
 * @throws `bundle-damaged` (`header`) when there is no complete header within 256 KiB; the source is closed then
 */
export async function readHeader(
  source: AsyncIterable<Uint8Array>,
): Promise<{ header: Uint8Array; rest: AsyncIterableIterator<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    return await takeHeader(iterator);
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
}

async function takeHeader(
  iterator: AsyncIterator<Uint8Array>,
): Promise<{ header: Uint8Array; rest: AsyncIterableIterator<Uint8Array> }> {
  let buffer = Buffer.alloc(1024);
  let used = 0;
  let searched = 0;
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) throw malformed('truncated');
    const piece = next.value;
    if (used + piece.byteLength > buffer.byteLength) {
      const larger = Buffer.alloc(Math.max(2 * buffer.byteLength, used + piece.byteLength));
      larger.set(buffer.subarray(0, used));
      buffer = larger;
    }
    buffer.set(piece, used);
    used += piece.byteLength;
    const end = headerEnd(buffer.subarray(0, used), searched);
    if (used > MAX_HEADER_BYTES && (end === undefined || end > MAX_HEADER_BYTES))
      throw malformed('malformed');
    if (end !== undefined) {
      const behind = buffer.subarray(end, used);
      return { header: buffer.subarray(0, end), rest: prepend([behind], iterator) };
    }
    // The MAC line may begin in what was seen and end in what comes.
    searched = Math.max(0, buffer.subarray(0, used).lastIndexOf('\n'));
  }
}

/** Where the header ends, behind the line break of its `---` line; `undefined` when that line is not complete yet. */
function headerEnd(bytes: Uint8Array, from: number): number | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mac = buffer.indexOf('\n---', from);
  if (mac < 0) return undefined;
  const end = buffer.indexOf('\n', mac + 1);
  return end < 0 ? undefined : end + 1;
}

function malformed(damage: 'malformed' | 'truncated'): AppError {
  return new AppError('bundle-damaged', { part: 'header', damage });
}

/**
 * Recovers the file key from a header with the `age-encryption` library, which also checks the header's MAC.
 *
 * @param header - up to and including the MAC line
 * @param identities - tried in order
 * @returns the 16-byte file key, which the caller wipes; `undefined` when no identity matched
 * @throws `bundle-damaged` (`header`), and what the identities throw themselves
 */
export async function openHeader(
  header: Uint8Array,
  identities: readonly (string | Identity)[],
): Promise<Uint8Array | undefined> {
  const decrypter = new Decrypter();
  for (const identity of identities) addIdentity(decrypter, identity);
  const state = { exhausted: false };
  // The library asks identities in order, so it reaches this one only when no other matched.
  decrypter.addIdentity({
    unwrapFileKey: () => {
      state.exhausted = true;
      return null;
    },
  });
  try {
    return await decrypter.decryptHeader(header);
  } catch (error) {
    if (state.exhausted) return undefined;
    if (isAppError(error)) throw error;
    throw new AppError('bundle-damaged', { part: 'header', damage: 'malformed' }, error);
  }
}

function addIdentity(decrypter: Decrypter, identity: string | Identity): void {
  try {
    decrypter.addIdentity(identity);
  } catch {
    // Whoever calls has parsed it before. The cause would quote it, and it may be a secret with a typing mistake in it.
    throw new AppError('internal', {});
  }
}

/**
 * Reads what a header says without any key.
 *
 * @param header - up to and including the MAC line
 * @throws `bundle-damaged` (`header`)
 */
export async function summariseHeader(header: Uint8Array): Promise<HeaderSummary> {
  let stanzas: readonly Stanza[] = [];
  await openHeader(header, [
    {
      unwrapFileKey: (found) => {
        stanzas = found;
        return null;
      },
    },
  ]);
  const scrypt = stanzas.find(({ args }) => args[0] === 'scrypt');
  const logN = Number(scrypt?.args[2]);
  return {
    stanzas: stanzas.map(({ args }) => args[0] ?? ''),
    ...(Number.isSafeInteger(logN) ? { logN } : {}),
  };
}
