import type { InboxEntry } from '../../../../app/contract/views.ts';

/** Which bundles to show. */
export interface Filter {
  readonly text: string;
  /** `null` for everyone. */
  readonly sender: string | null;
  readonly status: InboxEntry['status'] | 'all';
}

/** Shows everything. */
export const NO_FILTER: Filter = { text: '', sender: null, status: 'all' };

/** What bundles can be sorted by. */
export type SortColumn = 'sender' | 'name' | 'bytes' | 'received' | 'status';

/** How bundles are sorted. */
export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/**
 * The bundles that a filter lets through, sorted. Words of the search may stand anywhere in sender and name, in any order.
 *
 * @param entries - all
 * @param filter - which
 * @param sort - in which order
 */
export function arrange(
  entries: readonly InboxEntry[],
  filter: Filter,
  sort: Sort,
): readonly InboxEntry[] {
  const words = fold(filter.text)
    .split(/\s+/u)
    .filter((word) => word !== '');
  const shown = entries.filter(
    ({ sender, name, status }) =>
      (filter.sender === null || sender === filter.sender) &&
      (filter.status === 'all' || status === filter.status) &&
      words.every((word) => fold(`${sender}/${name}`).includes(word)),
  );
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const { column } = sort;
  const by = (a: InboxEntry, b: InboxEntry): number =>
    column === 'bytes'
      ? a.bytes - b.bytes
      : column === 'received'
        ? Date.parse(a.received) - Date.parse(b.received)
        : compare(a[column], b[column]);
  return shown.sort((a, b) => (sort.descending ? by(b, a) : by(a, b)));
}

/**
 * Everybody who sent something, sorted.
 *
 * @param entries - all
 */
export function sendersOf(entries: readonly InboxEntry[]): readonly string[] {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return [...new Set(entries.map(({ sender }) => sender))].sort(compare);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
