import type { ConnectionView } from '../../../app/contract/views.ts';

/**
 * Whether a connection has an inbox to show. An empty prefix does not tell a right to read from none; then whoever may not put anything
 * there is taken for the recipient.
 *
 * @param connection - as far as its rights were checked
 */
export function readsInbox({ rights }: Pick<ConnectionView, 'rights'>): boolean {
  if (rights?.list !== 'granted') return false;
  return rights.read === 'granted' || (rights.read === 'unknown' && rights.put !== 'granted');
}

/**
 * Whether a connection can be sent by, as far as is known.
 *
 * @param connection - as far as its rights were checked
 */
export function sends({ rights }: Pick<ConnectionView, 'rights'>): boolean {
  return rights?.put !== 'denied';
}
