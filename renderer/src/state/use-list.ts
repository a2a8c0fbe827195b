import { useCallback, useEffect, useState } from 'react';
import type { ErrorRecord } from '../../../app/contract/errors.ts';
import type { Result } from '../../../app/contract/result.ts';

/** A list that is too long to be part of the snapshot. */
export interface Listed<T> {
  /** `null` until it was fetched. */
  readonly items: readonly T[] | null;
  readonly error: ErrorRecord | null;
  readonly loading: boolean;
  readonly reload: () => void;
}

/**
 * Fetches a list, and again whenever the key changes. What came last stays until there is something newer.
 *
 * @param fetch - asks for the list; stable
 * @param key - a new one is a reason to fetch
 */
export function useList<T>(
  fetch: () => Promise<Result<readonly T[]>>,
  key: string | number,
): Listed<T> {
  const [state, setState] = useState<{
    readonly items: readonly T[] | null;
    readonly error: ErrorRecord | null;
    /** What the answer was for. */
    readonly of: string | null;
  }>({ items: null, error: null, of: null });
  const [turn, setTurn] = useState(0);
  const of = `${String(turn)}:${String(key)}`;
  useEffect(() => {
    let current = true;
    void fetch().then((answer) => {
      if (!current) return;
      setState((before) =>
        answer.ok
          ? { items: answer.value, error: null, of }
          : { items: before.items, error: answer.error, of },
      );
    });
    return () => {
      current = false;
    };
  }, [fetch, of]);
  const reload = useCallback(() => {
    setTurn((before) => before + 1);
  }, []);
  return { items: state.items, error: state.error, loading: state.of !== of, reload };
}
