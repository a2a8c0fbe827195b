import { InvalidArgumentError } from 'commander';

/** How much each unit is, in bytes: decimal as mail services and disks count, binary where it is written so. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/**
 * Reads a size from the command line, such as `30MB`, `1.5 GB` or `800KiB`.
 *
 * @param text - as given
 * @returns bytes
 */
export function sizeArgument(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?) ?([a-z]{0,3})$/i.exec(text) ?? [];
  const factor = number === '' ? undefined : UNITS[unit.toLowerCase()];
  if (factor === undefined)
    throw new InvalidArgumentError('It has to be a number with a unit, such as 30MB.');
  return Math.round(Number(number) * factor);
}

/**
 * A size in the decimal units in which mail services state their limits.
 *
 * @param bytes - such as 41,052,800, which gives `41 MB`
 */
export function decimalSize(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${String(bytes)} bytes`;
  let value = bytes;
  let unit = '';
  for (const next of ['kB', 'MB', 'GB', 'TB']) {
    if (value < (unit === '' ? 1000 : 999.5)) break;
    value /= 1000;
    unit = next;
  }
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}
