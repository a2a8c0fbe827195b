import { FolderOpen, History, Inbox, Send, Settings, type LucideIcon } from 'lucide-react';
import type { Snapshot } from '../../../app/contract/views.ts';
import { readsInbox } from '../state/connections.ts';

/** Where one can be. */
export type Place = 'send' | 'open' | 'inbox' | 'activity' | 'settings';

/** A part of the settings. */
export type SettingsPart = 'connections' | 'email' | 'defaults' | 'about';

/** The places in their order, with their icons. */
export const PLACES: readonly { readonly place: Place; readonly icon: LucideIcon }[] = [
  { place: 'send', icon: Send },
  { place: 'open', icon: FolderOpen },
  { place: 'inbox', icon: Inbox },
  { place: 'activity', icon: History },
  { place: 'settings', icon: Settings },
];

/**
 * The places that there are at the moment: an inbox only once a connection can read one.
 *
 * @param snapshot - of the moment
 */
export function placesOf({ connections }: Pick<Snapshot, 'connections'>): typeof PLACES {
  const readable = connections.some(readsInbox);
  return PLACES.filter(({ place }) => place !== 'inbox' || readable);
}
