import { AppError } from '../../contract/errors.ts';
import type { ExpansionLimits } from '../../contract/formats.ts';
import { Allowance } from '../expansion.ts';
import type { ListedEntry } from './messages.ts';

/** What 7-Zip's strongest setting asks for, twice: it is all allocated before the first byte comes out. */
const MAX_DICTIONARY_BYTES = 512 * 2 ** 20;
/** Coders that 7-Zip does not know it lists by their number. */
const UNKNOWN_CODER = /^[0-9A-F]{2,}$/;
const UNITS: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/**
 * Refuses what is not to be taken out of an archive, by what it says of itself. Names are judged elsewhere.
 *
 * @param entries - as listed
 * @param archiveBytes - size of the archive
 * @param limits - how much may come out
 * @returns how much will come out, in bytes
 * @throws `unsafe-entry`, `expands-too-much`, `format-unsupported`
 */
export function judgeListing(
  entries: readonly ListedEntry[],
  archiveBytes: number,
  limits: ExpansionLimits,
): number {
  let total = 0;
  for (const { name, kind, bytes, method } of entries) {
    if (kind !== 'file' && kind !== 'folder')
      throw new AppError('unsafe-entry', { name, problem: kind });
    judgeMethod(method);
    total += bytes;
  }
  new Allowance(limits, archiveBytes).expect(total);
  return total;
}

function judgeMethod(method: string): void {
  for (const coder of method.split(' ')) {
    const [name = '', ...settings] = coder.split(':');
    if (UNKNOWN_CODER.test(name))
      throw new AppError('format-unsupported', { format: '7z', feature: 'compression' });
    const dictionary = Math.max(0, ...settings.map((setting) => dictionaryOf(name, setting)));
    if (dictionary > MAX_DICTIONARY_BYTES)
      throw new AppError('format-unsupported', { format: '7z', feature: 'solid-too-large' });
  }
}

/** A size is a power of two, or has a unit: `LZMA2:24`, `LZMA:1536k`, `PPMD:o6:mem24`. */
function dictionaryOf(coder: string, setting: string): number {
  if (!/^(?:LZMA2?|PPMD)$/.test(coder)) return 0;
  const size = /^(?:mem)?(?<number>[0-9]+)(?<unit>[bkmg]?)$/.exec(setting)?.groups;
  if (size === undefined) return 0;
  const number = Number(size['number']);
  const unit = UNITS[size['unit'] ?? ''];
  return unit === undefined ? 2 ** number : number * unit;
}
