import { damagedArchive } from './zip-damage.ts';
import type { RandomBytes } from './zip-directory.ts';
import {
  localLengths,
  lockBytes,
  parseLocal,
  RECORD_BYTES,
  type LocalHeader,
  type ZipEntry,
} from './zip-parse.ts';
import { FLAG, MAX_32, SIGNATURE } from './zip-records.ts';
import { Window } from './zip-window.ts';

/** Up to this size an entry is read whole. */
const WHOLE_SEALED_BYTES = 256 * 1024;
/** Room for the extra fields of a local header, which may be others than those in the central directory. */
const EXTRA_GUESS = 64;
/** With signature and long sizes. */
const DESCRIPTOR_BYTES = 24;
/** What both headers have to agree on. */
const FLAGS_COMPARED = FLAG.encrypted | FLAG.descriptor | FLAG.utf8;

/** An entry whose local header was found to say what the central directory says. */
export interface LocatedEntry {
  readonly entry: ZipEntry;
  /** Where the sealed bytes begin, behind what stands before them. */
  readonly start: number;
  /** Where they end. */
  readonly end: number;
  readonly head: Uint8Array;
  /** What stands behind them, of an entry that was read whole. */
  readonly tail: Uint8Array | undefined;
  /** The sealed bytes, of an entry that was read whole. */
  readonly sealed: Uint8Array | undefined;
}

/**
 * Refuses an archive in which entries lie on each other, so that much comes out of little, or lie where none can.
 *
 * @param entries - of the central directory
 * @param directoryStart - where it begins
 * @returns for each entry, by its offset, where it has to end
 * @throws `bundle-damaged` (`archive`)
 */
export function expectApart(
  entries: readonly ZipEntry[],
  directoryStart: number,
): ReadonlyMap<number, number> {
  const sorted = entries.toSorted((one, other) => one.offset - other.offset);
  const limits = new Map<number, number>();
  sorted.forEach((entry, index) => {
    const limit = sorted[index + 1]?.offset ?? directoryStart;
    const least = entry.offset + RECORD_BYTES.local + entry.rawName.length + entry.sealedBytes;
    if (least > limit || limit > directoryStart) throw damagedArchive('malformed', entry.name);
    limits.set(entry.offset, limit);
  });
  return limits;
}

/** Finds entries in an archive and compares what it says of each in two places. */
export class Locator {
  readonly #file: RandomBytes;
  readonly #window: Window;
  readonly #limits: ReadonlyMap<number, number>;

  /**
   * @param file - the archive
   * @param limits - where each entry has to end, by its offset
   */
  constructor(file: RandomBytes, limits: ReadonlyMap<number, number>) {
    this.#file = file;
    this.#window = new Window(file);
    this.#limits = limits;
  }

  /**
   * Where an entry lies, from its local header to the next entry.
   *
   * @param entry - of the central directory
   */
  rangeOf(entry: ZipEntry | undefined): { start: number; end: number } | undefined {
    if (entry === undefined) return undefined;
    const end = this.#limits.get(entry.offset);
    return end === undefined ? undefined : { start: entry.offset, end };
  }

  /**
   * Finds an entry; a small one is read whole.
   *
   * @param entry - of the central directory
   * @throws `bundle-damaged` (`archive`), `format-unsupported`
   */
  async locate(entry: ZipEntry): Promise<LocatedEntry> {
    const small = entry.sealedBytes <= WHOLE_SEALED_BYTES;
    const limit = this.#limits.get(entry.offset) ?? 0;
    const { dataStart, bytes } = await this.#readLocal(entry, small, limit);
    const behind = dataStart + entry.sealedBytes;
    if (behind > limit) throw damagedArchive('malformed', entry.name);
    if ((entry.flags & FLAG.descriptor) !== 0) await this.#checkDescriptor(entry, behind, limit);
    const around = lockBytes(entry.lock);
    const start = dataStart + around.head;
    const end = behind - around.tail;
    if (start > end) throw damagedArchive('malformed', entry.name);
    if (!small) {
      const head = await this.#window.read(dataStart, around.head, false);
      return { entry, start, end, head, tail: undefined, sealed: undefined };
    }
    return {
      entry,
      start,
      end,
      head: bytes.subarray(0, around.head),
      sealed: bytes.subarray(around.head, entry.sealedBytes - around.tail),
      tail: bytes.subarray(entry.sealedBytes - around.tail),
    };
  }

  /**
   * Reads what stands behind the sealed bytes of an entry.
   *
   * @param located - the entry
   */
  async tail({ entry, end, tail }: LocatedEntry): Promise<Uint8Array> {
    return tail ?? (await this.#window.read(end, lockBytes(entry.lock).tail, false));
  }

  /**
   * Reads the sealed bytes of an entry.
   *
   * @param located - the entry
   */
  async *sealed({ start, end, sealed }: LocatedEntry): AsyncGenerator<Uint8Array, void, undefined> {
    if (sealed !== undefined) {
      yield sealed;
      return;
    }
    let bytes = 0;
    for await (const piece of this.#file.content(start, end)) {
      bytes += piece.byteLength;
      yield piece;
    }
    if (bytes !== end - start) throw damagedArchive('truncated');
  }

  /** The local header, and what stands behind it where the entry is small. */
  async #readLocal(
    entry: ZipEntry,
    small: boolean,
    limit: number,
  ): Promise<{ readonly dataStart: number; readonly bytes: Uint8Array }> {
    const { name, offset, rawName, sealedBytes } = entry;
    const content = small ? sealedBytes : 0;
    const guess = RECORD_BYTES.local + rawName.length + content + EXTRA_GUESS;
    const seen = await this.#window.read(offset, Math.min(guess, limit - offset), small);
    const header = seen.subarray(0, RECORD_BYTES.local);
    if (signatureOf(header) !== SIGNATURE.local) throw damagedArchive('malformed', name);
    const lengths = localLengths(header);
    const headerBytes = RECORD_BYTES.local + lengths.name + lengths.extra;
    if (headerBytes + sealedBytes > limit - offset) throw damagedArchive('malformed', name);
    const bytes =
      seen.byteLength >= headerBytes + content
        ? seen
        : await this.#window.read(offset, headerBytes + content, small);
    const nameEnd = RECORD_BYTES.local + lengths.name;
    const local = parseLocal(
      header,
      bytes.subarray(RECORD_BYTES.local, nameEnd),
      bytes.subarray(nameEnd, headerBytes),
    );
    if (!agree(entry, local)) throw damagedArchive('malformed', name);
    return {
      dataStart: offset + headerBytes,
      bytes: bytes.subarray(headerBytes, headerBytes + content),
    };
  }

  /** A signature that not all write, the CRC, and sizes of four or eight bytes. */
  async #checkDescriptor(entry: ZipEntry, position: number, limit: number): Promise<void> {
    const length = Math.min(DESCRIPTOR_BYTES, limit - position);
    const ahead = entry.sealedBytes <= WHOLE_SEALED_BYTES;
    const bytes = await this.#window.read(position, length, ahead);
    if (!isDescriptorOf(entry, bytes)) throw damagedArchive('malformed', entry.name);
  }
}

/**
 * Whether what follows an entry says the same as its headers.
 *
 * @param entry - as the central directory has it
 * @param bytes - up to 24 that follow
 */
export function isDescriptorOf(
  { crc, bytes: size, sealedBytes }: Pick<ZipEntry, 'crc' | 'bytes' | 'sealedBytes'>,
  bytes: Uint8Array,
): boolean {
  return [4, 0].some((start) =>
    [4, 8].some((width) => {
      if (start + 4 + 2 * width > bytes.byteLength) return false;
      const expected = Buffer.alloc(start + 4 + 2 * width);
      if (start > 0) expected.writeUInt32LE(SIGNATURE.descriptor, 0);
      expected.writeUInt32LE(crc, start);
      if (width === 8) {
        expected.writeBigUInt64LE(BigInt(sealedBytes), start + 4);
        expected.writeBigUInt64LE(BigInt(size), start + 12);
      } else {
        if (sealedBytes > MAX_32 || size > MAX_32) return false;
        expected.writeUInt32LE(sealedBytes, start + 4);
        expected.writeUInt32LE(size, start + 8);
      }
      return expected.equals(bytes.subarray(0, expected.byteLength));
    }),
  );
}

/** Where sizes follow the content, the local header may leave them out. */
function agree(entry: ZipEntry, local: LocalHeader): boolean {
  const later = (entry.flags & FLAG.descriptor) !== 0;
  const same = (one: number, other: number): boolean =>
    one === other || (later && (other === 0 || other === MAX_32));
  return (
    local.rawName === entry.rawName &&
    local.rawUnicodePath === entry.rawUnicodePath &&
    local.headerMethod === entry.headerMethod &&
    local.method === entry.method &&
    (local.flags & FLAGS_COMPARED) === (entry.flags & FLAGS_COMPARED) &&
    sameLock(entry, local) &&
    // Info-ZIP puts there what ZipCrypto's head ends with; what follows the content is compared, too.
    (later || entry.crc === local.crc) &&
    same(entry.bytes, local.bytes) &&
    same(entry.sealedBytes, local.sealedBytes)
  );
}

function sameLock({ lock }: ZipEntry, { lock: other }: LocalHeader): boolean {
  if (lock.kind !== 'aes' || other.kind !== 'aes') return lock.kind === other.kind;
  return lock.strength === other.strength && lock.hasCrc === other.hasCrc;
}

function signatureOf(header: Uint8Array): number {
  if (header.byteLength < RECORD_BYTES.local) throw damagedArchive('truncated');
  return Buffer.from(header.buffer, header.byteOffset, 4).readUInt32LE(0);
}
