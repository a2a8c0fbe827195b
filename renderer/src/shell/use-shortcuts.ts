import { useEffect } from 'react';
import type { Snapshot } from '../../../app/contract/views.ts';
import { PLACES, placesOf, type Place } from './places.ts';

/**
 * Ctrl or Cmd with 1 to 5 goes to a place.
 *
 * @param go - goes there
 * @param snapshot - knows which places there are
 */
export function useShortcuts(go: (place: Place) => void, snapshot: Snapshot): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const command = snapshot.host.platform === 'darwin' ? event.metaKey : event.ctrlKey;
      if (!command || event.altKey || event.shiftKey) return;
      // While a question is open it has to be answered first.
      if (document.querySelector('[aria-modal="true"], .veil') !== null) return;
      const wanted = PLACES[Number(event.key) - 1];
      if (wanted === undefined || !placesOf(snapshot).includes(wanted)) return;
      event.preventDefault();
      go(wanted.place);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [go, snapshot]);
}
