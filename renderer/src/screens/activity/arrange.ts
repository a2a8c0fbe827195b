import type { ActivityRecord } from '../../../../app/contract/views.ts';

/** Which records to show. */
export interface Wanted {
  readonly kind: ActivityRecord['kind'] | 'all';
  readonly result: ActivityRecord['result'] | 'all';
  /** What a record has to contain, word by word. */
  readonly search: string;
}

/** Everything. */
export const ALL: Wanted = { kind: 'all', result: 'all', search: '' };

/** A line of the list: a record, or the name of the day that the records below it are of. */
export interface ListLine {
  readonly id: string;
  /** The local date, as `2031-04-09`. */
  readonly day: string;
  readonly record?: ActivityRecord;
}

/**
 * Picks the records that are wanted.
 *
 * @param records - in any order, which is kept
 * @param wanted - a record has to meet all of it; its words may stand in the bundle's name, the place, the checksum or the code of an error
 */
export function pick(
  records: readonly ActivityRecord[],
  { kind, result, search }: Wanted,
): readonly ActivityRecord[] {
  const words = fold(search)
    .split(/\s+/)
    .filter((word) => word !== '');
  return records.filter((record) => {
    if (kind !== 'all' && record.kind !== kind) return false;
    if (result !== 'all' && record.result !== result) return false;
    if (words.length === 0) return true;
    const { bundle, location = '', sha256 = '', error = '' } = record;
    const text = fold(`${bundle}\n${location}\n${sha256}\n${error}`);
    return words.every((word) => text.includes(word));
  });
}

/**
 * Puts the name of each day of local time above its records.
 *
 * @param records - newest first
 */
export function linesOf(records: readonly ActivityRecord[]): readonly ListLine[] {
  const lines: ListLine[] = [];
  for (const record of records) {
    const day = localDate(new Date(record.at));
    const last = lines.at(-1);
    // The record below goes into the id: a clock that was put back makes a day come twice.
    if (last?.day !== day) lines.push({ id: `day ${record.id}`, day });
    lines.push({ id: record.id, day, record });
  }
  return lines;
}

/**
 * The date where the person is.
 *
 * @param at - when
 * @returns as `2031-04-09`
 */
export function localDate(at: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/**
 * How far a day lies back, when that can be said in a word.
 *
 * @param date - as `localDate` gives it
 * @param now - the present
 */
export function nearDay(date: string, now: Date): 'today' | 'yesterday' | undefined {
  if (date === localDate(now)) return 'today';
  // By the calendar: a day may have 23 or 25 hours.
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return date === localDate(before) ? 'yesterday' : undefined;
}

/** Upper and lower case and Unicode form do not matter in a search. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
