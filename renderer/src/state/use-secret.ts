import { useCallback, useState } from 'react';
import { useSnapshot } from './core.tsx';

/**
 * A secret that is being typed. It lives in the component alone, and is dropped when the core says that secrets have to be forgotten.
 *
 * @returns the secret, empty at first, and what changes it
 */
export function useSecret(): readonly [string, (secret: string) => void] {
  const { locked } = useSnapshot();
  const [held, setHeld] = useState({ secret: '', locked });
  // While drawing, not afterwards: no frame shows or hands on what was to be forgotten.
  if (held.locked !== locked) setHeld({ secret: '', locked });
  const hold = useCallback(
    (secret: string) => {
      setHeld({ secret, locked });
    },
    [locked],
  );
  return [held.locked === locked ? held.secret : '', hold];
}
