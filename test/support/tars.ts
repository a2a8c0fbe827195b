const BLOCK_BYTES = 512;

/** An entry as an attacker would write it: every field as it is given, whether it makes sense or not. */
export interface RawEntry {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** The type flag; `0` is a file, `5` a folder. */
  readonly type?: string;
  readonly link?: string;
  /** What the header says; the content's real size unless given. */
  readonly size?: number;
  /** Seconds since 1970. */
  readonly mtime?: number;
  /** Records of a pax header that goes before. */
  readonly pax?: Readonly<Record<string, string>>;
}

/** What ends a tar. */
export const END_OF_TAR = Buffer.alloc(2 * BLOCK_BYTES);

/**
 * A tar made by hand, so that no library can keep it from being hostile.
 *
 * @param entries - in order; a name of more than 100 bytes goes into a pax header by itself
 */
export function tarOf(...entries: readonly RawEntry[]): Buffer {
  return Buffer.concat([...entries.map(tarEntry), END_OF_TAR]);
}

/**
 * One entry of a tar: pax header where there is one, header, content, padding.
 *
 * @param entry - to write
 */
export function tarEntry(entry: RawEntry): Buffer {
  const name = Buffer.from(entry.name);
  const long = name.byteLength > 100;
  const pax = { ...(long ? { path: name.toString() } : {}), ...entry.pax };
  const content = Buffer.from(entry.content ?? '');
  const parts = [tarHeader(entry, content.byteLength), padded(content)];
  if (Object.keys(pax).length > 0) parts.unshift(paxHeader(pax));
  return Buffer.concat(parts);
}

/**
 * The header block alone.
 *
 * @param entry - its fields; a name is cut to 100 bytes
 * @param size - where the entry gives none
 */
export function tarHeader(entry: RawEntry, size = 0): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  Buffer.from(entry.name).copy(block, 0, 0, 100);
  writeOctal(block, 0o644, 100, 8);
  writeOctal(block, 0, 108, 8);
  writeOctal(block, 0, 116, 8);
  writeSize(block, entry.size ?? size);
  writeOctal(block, entry.mtime ?? 1_700_000_000, 136, 12);
  block.write(entry.type ?? '0', 156, 'latin1');
  block.write(entry.link ?? '', 157, 100);
  block.write('ustar\x0000', 257, 'latin1');
  return signHeader(block);
}

/**
 * Puts the right checksum into a header block, in place.
 *
 * @param block - 512 bytes
 * @returns the block
 */
export function signHeader(block: Buffer): Buffer {
  block.fill(' ', 148, 156);
  let sum = 0;
  // Quick enough for a hundred thousand of them.
  for (let index = 0; index < block.byteLength; index += 1) sum += block[index]!;
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/**
 * A pax header for the entry that follows.
 *
 * @param records - keys and values, written as they are
 */
export function paxHeader(records: Readonly<Record<string, string>>): Buffer {
  const body = Buffer.concat(
    Object.entries(records).map(([key, value]) => paxRecord(`${key}=${value}\n`)),
  );
  return Buffer.concat([
    tarHeader({ name: 'PaxHeader', type: 'x' }, body.byteLength),
    padded(body),
  ]);
}

/** A record begins with its own length in decimal, that number included. */
function paxRecord(text: string): Buffer {
  const rest = Buffer.byteLength(text) + 1;
  let length = rest + String(rest).length;
  if (String(length).length > String(rest).length) length += 1;
  return Buffer.from(`${String(length)} ${text}`);
}

function padded(content: Uint8Array): Buffer {
  const padding = (BLOCK_BYTES - (content.byteLength % BLOCK_BYTES)) % BLOCK_BYTES;
  return Buffer.concat([content, Buffer.alloc(padding)]);
}

function writeOctal(block: Buffer, value: number, offset: number, width: number): void {
  block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, offset, 'latin1');
}

/** Eleven octal digits, or the binary form that larger and negative sizes have. */
function writeSize(block: Buffer, size: number): void {
  if (size >= 0 && size < 8 ** 11) {
    writeOctal(block, size, 124, 12);
    return;
  }
  block.writeUInt32BE(size < 0 ? 0xffff_ffff : 0x8000_0000, 124);
  block.writeBigInt64BE(BigInt(size), 128);
}
