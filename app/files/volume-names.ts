/*
 * Volumes are the plain pieces of a file, `NAME.001`, `NAME.002` and so on, the way 7-Zip names and joins them and `cat NAME.*`
 * does. They carry no header, so that the names are all that says which is which.
 */
const VOLUME = /^(?<base>.+)\.(?<digits>[0-9]{3,6})$/su;
const LEAST_DIGITS = 3;

/** A volume's name, taken apart. */
export interface VolumeName {
  /** The name of the whole. */
  readonly base: string;
  /** From 1. */
  readonly number: number;
  /** As they stand in the name. */
  readonly digits: string;
}

/**
 * Whether a file name is one that a volume has: it ends with a dot and three to six digits, not all zero.
 *
 * @param name - a file name
 */
export function isVolumeName(name: string): boolean {
  return parseVolumeName(name) !== undefined;
}

/**
 * Takes a volume's name apart.
 *
 * @param name - a file name
 * @returns `undefined` where it is not one
 */
export function parseVolumeName(name: string): VolumeName | undefined {
  const { base, digits } = VOLUME.exec(name)?.groups ?? {};
  if (base === undefined || digits === undefined) return undefined;
  const number = Number(digits);
  return number === 0 ? undefined : { base, number, digits };
}

/**
 * The name of a volume.
 *
 * @param base - the name of the whole
 * @param number - which volume, from 1
 * @param width - least number of digits
 */
export function volumeName(base: string, number: number, width: number): string {
  return `${base}.${String(number).padStart(width, '0')}`;
}

/**
 * How many digits volumes are numbered with, so that their names sort in their order.
 *
 * @param count - how many volumes there are
 * @returns 3 or more
 */
export function volumeDigits(count: number): number {
  return Math.max(LEAST_DIGITS, String(count).length);
}

/**
 * The numbers of digits with which the first volume of a set may be numbered: `.0002` follows `.0001`, while `.1000` may follow
 * `.0999` and, made by 7-Zip, `.999`.
 *
 * @param digits - of one volume of the set
 */
export function possibleWidths(digits: string): number[] {
  if (digits.startsWith('0')) return [digits.length];
  return Array.from({ length: digits.length - LEAST_DIGITS + 1 }, (_, more) => LEAST_DIGITS + more);
}
