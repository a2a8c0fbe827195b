import { crc32 } from 'node:zlib';
import type { DocumentRecord } from '../contract/records.ts';
import { sha256, startDigest, type Digest } from '../digest/digest.ts';
import { SUMS_NAME } from './sums.ts';
import { damagedArchive } from './zip-damage.ts';
import { AES_CODE_BYTES, type ZipUnlocking } from './zip-cipher.ts';
import { notAuthentic } from './zip-contents.ts';
import { InflateError, inflateForward, inflateStream, inflateWhole } from './zip-deflate.ts';
import { take, takePieces, type Forward } from './zip-forward.ts';
import { lockBytes, type LocalHeader } from './zip-parse.ts';
import { openHead } from './zip-prove-opened.ts';
import { METHOD } from './zip-records.ts';

/** A document as it came out. */
export interface Content {
  readonly record: DocumentRecord;
  /** The text of the checksum file. */
  readonly text?: string;
}

/**
 * Proves an entry that is all in memory.
 *
 * @param name - of the entry
 * @param local - its header
 * @param sealed - all that stands behind it
 * @param unlock - the passphrase; absent where nothing is sealed
 * @throws `wrong-passphrase`, `bundle-damaged`
 */
export async function proveWhole(
  name: string,
  local: LocalHeader,
  sealed: Uint8Array,
  unlock: ZipUnlocking | undefined,
): Promise<Content> {
  const { head, tail } = lockBytes(local.lock);
  const content = sealed.subarray(head, sealed.byteLength - tail);
  let plain = content;
  if (unlock !== undefined) {
    const opener = await openHead(local, sealed.subarray(0, head), unlock);
    plain = opener.open(content);
    if (!opener.finish(sealed.subarray(sealed.byteLength - tail))) throw notAuthentic(name);
  }
  const bytes =
    local.method === METHOD.store ? plain : told(name, () => inflateWhole(plain, local.bytes));
  expectSame(name, local, unlock, bytes.byteLength, crcOf(unlock, bytes));
  return {
    record: { name, bytes: bytes.byteLength, sha256: sha256(bytes) },
    ...(name === SUMS_NAME ? { text: Buffer.from(bytes).toString() } : {}),
  };
}

/**
 * Proves an entry that says how long it is, as it goes by.
 *
 * @param name - of the entry
 * @param local - its header
 * @param bytes - what stands behind it
 * @param unlock - the passphrase; absent where nothing is sealed
 * @throws `wrong-passphrase`, `bundle-damaged`
 */
export async function proveLarge(
  name: string,
  local: LocalHeader,
  bytes: Forward,
  unlock: ZipUnlocking | undefined,
): Promise<Content> {
  const { head, tail } = lockBytes(local.lock);
  const opener =
    unlock === undefined ? undefined : await openHead(local, await take(bytes, head), unlock);
  async function* plain(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of takePieces(bytes, local.sealedBytes - head - tail))
      yield opener?.open(piece) ?? piece;
    if (opener !== undefined && !opener.finish(await take(bytes, AES_CODE_BYTES)))
      throw notAuthentic(name);
  }
  const tally = new Tally(name, local.bytes, unlock === undefined);
  try {
    const content = local.method === METHOD.store ? plain() : inflateStream(plain());
    for await (const piece of content) await tally.update(piece);
    expectSame(name, local, unlock, tally.bytes, tally.crc);
    return await tally.finish();
  } catch (error) {
    throw translated(name, error);
  } finally {
    tally.abandon();
  }
}

/**
 * Proves the content of an entry that does not say how long it is.
 *
 * @param name - of the entry
 * @param local - its header
 * @param content - the content, opened
 * @param expected - how long a stored one is; how long about a compressed one will be
 * @throws `bundle-damaged`
 */
export async function proveContent(
  name: string,
  local: LocalHeader,
  content: Forward,
  expected: number,
): Promise<Content & { readonly crc: number }> {
  const tally = new Tally(name, expected, true);
  try {
    if (local.method === METHOD.store)
      for await (const piece of takePieces(content, expected)) await tally.update(piece);
    else await inflateForward(content, (piece) => tally.update(piece));
    return { ...(await tally.finish()), crc: tally.crc };
  } catch (error) {
    throw translated(name, error);
  } finally {
    tally.abandon();
  }
}

/** What is known of a document while it goes by. */
class Tally {
  bytes = 0;
  crc = 0;
  readonly #name: string;
  readonly #withCrc: boolean;
  readonly #digest: Digest;
  readonly #text: Uint8Array[] = [];

  constructor(name: string, expected: number, withCrc: boolean) {
    this.#name = name;
    this.#withCrc = withCrc;
    this.#digest = startDigest(expected);
  }

  update(piece: Uint8Array): Promise<void> | undefined {
    this.bytes += piece.byteLength;
    if (this.#withCrc) this.crc = crc32(piece, this.crc);
    if (this.#name === SUMS_NAME) this.#text.push(Uint8Array.from(piece));
    return this.#digest.update(piece);
  }

  async finish(): Promise<Content> {
    const record = { name: this.#name, bytes: this.bytes, sha256: await this.#digest.finish() };
    return this.#name === SUMS_NAME
      ? { record, text: Buffer.concat(this.#text).toString() }
      : { record };
  }

  abandon(): void {
    this.#digest.abandon();
  }
}

function crcOf(unlock: ZipUnlocking | undefined, bytes: Uint8Array): number {
  return unlock === undefined ? crc32(bytes) : 0;
}

/** What came out is as long as the header says; and where nothing authenticates it, its CRC is the one in the header. */
function expectSame(
  name: string,
  local: LocalHeader,
  unlock: ZipUnlocking | undefined,
  bytes: number,
  crc: number,
): void {
  if (bytes !== local.bytes) throw damagedArchive('malformed', name);
  if (unlock === undefined && crc !== local.crc) throw damagedArchive('malformed', name);
}

function told<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translated(name, error);
  }
}

function translated(name: string, error: unknown): unknown {
  return error instanceof InflateError ? damagedArchive('malformed', name, error) : error;
}
