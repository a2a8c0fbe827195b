/** What a ZIP's own fields for date and time can hold. */
const EARLIEST = Date.UTC(1980, 0, 1);
const LATEST = Date.UTC(2107, 11, 31, 23, 59, 58);
const MAX_SECONDS = 2 ** 31 - 1;
/** From the first of January 1601, from which NTFS counts, to that of 1970, in milliseconds. */
const NTFS_EPOCH = 11_644_473_600_000;

/**
 * A time in the form of MS-DOS, in steps of two seconds. It has no time zone; written in UTC it gives away none.
 *
 * @param time - brought into the years 1980 to 2107
 */
export function dosTime(time: Date): { readonly date: number; readonly time: number } {
  const at = new Date(Math.min(Math.max(time.getTime() || 0, EARLIEST), LATEST));
  return {
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  };
}

/**
 * A time in the form of MS-DOS, understood as the time of this place, as every program does.
 *
 * @param date - the field
 * @param time - the field
 */
export function fromDosTime(date: number, time: number): Date {
  return new Date(
    1980 + (date >> 9),
    ((date >> 5) & 15) - 1,
    date & 31,
    time >> 11,
    (time >> 5) & 63,
    (time & 31) * 2,
  );
}

/**
 * A time for the extended timestamp.
 *
 * @param time - any
 * @returns seconds since 1970; `undefined` where the field cannot hold it
 */
export function extendedTime(time: Date): number | undefined {
  const seconds = Math.floor(time.getTime() / 1000);
  return seconds >= 0 && seconds <= MAX_SECONDS ? seconds : undefined;
}

/**
 * The time of last change out of the field of Info-ZIP.
 *
 * @param field - its content
 */
export function fromExtendedTime(field: Buffer): Date | undefined {
  if (field.byteLength < 5 || (field.readUInt8(0) & 1) === 0) return undefined;
  return new Date(field.readInt32LE(1) * 1000);
}

/**
 * The time of last change out of the field of NTFS.
 *
 * @param field - its content
 */
export function fromNtfsTime(field: Buffer): Date | undefined {
  for (let offset = 4; offset + 4 <= field.byteLength;) {
    const length = field.readUInt16LE(offset + 2);
    if (field.readUInt16LE(offset) === 1 && length >= 8 && offset + 12 <= field.byteLength) {
      const time = Number(field.readBigUInt64LE(offset + 4) / 10_000n) - NTFS_EPOCH;
      return Math.abs(time) <= 8.64e15 ? new Date(time) : undefined;
    }
    offset += 4 + length;
  }
  return undefined;
}
