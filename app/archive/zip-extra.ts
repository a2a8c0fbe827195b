import { AppError } from '../contract/errors.ts';
import { damagedArchive } from './zip-damage.ts';
import { EXTRA, MAX_32 } from './zip-records.ts';
import { fromExtendedTime, fromNtfsTime } from './zip-time.ts';

/** What an entry says of its AES encryption. */
export interface AesField {
  readonly strength: 1 | 2 | 3;
  readonly hasCrc: boolean;
  readonly method: number;
}

/** What the extra fields of a header say. */
export interface Extras {
  zip64?: Buffer;
  aes?: Buffer;
  unicodePath?: Buffer;
  modified?: Date | undefined;
  strong: boolean;
}

/**
 * Reads the extra fields of a header.
 *
 * @param extra - all of them
 * @throws `bundle-damaged` (`archive`)
 */
export function parseExtras(extra: Uint8Array): Extras {
  const bytes = Buffer.from(extra.buffer, extra.byteOffset, extra.byteLength);
  const fields: Extras = { strong: false };
  let extended: Date | undefined;
  let ntfs: Date | undefined;
  // Fewer than four bytes at the end are padding, as some tools leave it.
  for (let offset = 0; offset + 4 <= bytes.byteLength;) {
    const id = bytes.readUInt16LE(offset);
    const length = bytes.readUInt16LE(offset + 2);
    offset += 4;
    if (offset + length > bytes.byteLength) throw damagedArchive();
    const field = bytes.subarray(offset, offset + length);
    offset += length;
    if (id === EXTRA.zip64) {
      // Which of two would count is what an attacker asks.
      if (fields.zip64 !== undefined) throw damagedArchive();
      fields.zip64 = field;
    } else if (id === EXTRA.aes) {
      if (fields.aes !== undefined) throw damagedArchive();
      fields.aes = field;
    } else if (id === EXTRA.unicodePath) {
      if (fields.unicodePath !== undefined) throw damagedArchive();
      fields.unicodePath = field;
    } else if (id === EXTRA.time) extended = fromExtendedTime(field);
    else if (id === EXTRA.ntfs) ntfs = fromNtfsTime(field);
    else if (id === EXTRA.strong) fields.strong = true;
  }
  fields.modified = extended ?? ntfs;
  return fields;
}

/**
 * Reads the field of WinZip's encryption: version (1 and 2), `AE`, strength, method.
 *
 * @param field - its content
 * @throws `bundle-damaged` (`archive`), `format-unsupported`
 */
export function parseAes(field: Buffer | undefined): AesField {
  if (field?.byteLength !== 7 || field.toString('latin1', 2, 4) !== 'AE') throw damagedArchive();
  const version = field.readUInt16LE(0);
  const strength = field.readUInt8(4);
  if ((version !== 1 && version !== 2) || (strength !== 1 && strength !== 2 && strength !== 3))
    throw new AppError('format-unsupported', { format: 'zip', feature: 'encryption' });
  return { strength, hasCrc: version === 1, method: field.readUInt16LE(5) };
}

/**
 * Completes sizes: each that 32 bits could not hold stands in the Zip64 field, in the same order.
 *
 * @param field - its content
 * @param sizes - as the header has them
 * @throws `bundle-damaged` (`archive`)
 */
export function wideSizes<T extends readonly number[]>(
  field: Buffer | undefined,
  sizes: readonly [...T],
): { [K in keyof T]: number } {
  let offset = 0;
  return sizes.map((size) => {
    if (size !== MAX_32) return size;
    // Without the field it is what it says.
    if (field === undefined) return size;
    if (offset + 8 > field.byteLength) throw damagedArchive();
    const wide = Number(field.readBigUInt64LE(offset));
    offset += 8;
    if (!Number.isSafeInteger(wide)) throw damagedArchive();
    return wide;
  }) as { [K in keyof T]: number };
}
