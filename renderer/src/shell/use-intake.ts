import { useCallback, useState } from 'react';
import type { ErrorRecord } from '../../../app/contract/errors.ts';
import type { Grant } from '../../../app/contract/views.ts';
import { useCore } from '../state/core.tsx';
import { grantAll, type readDrop } from './drop.ts';

type Dropped = Awaited<ReturnType<typeof readDrop>>;

/** Takes files in, for a place that wants them. */
export interface Intake {
  /** How many of how many files were handed over; `null` when none are. */
  readonly taking: { readonly done: number; readonly of: number } | null;
  readonly error: ErrorRecord | null;
  readonly clearError: () => void;
  /** Hands the files over and then to whoever wants them. */
  readonly take: (
    files: Dropped,
    then: (grants: readonly Grant[]) => Promise<ErrorRecord | null>,
  ) => Promise<void>;
}

/** The state of what is being taken in. */
export function useIntake(): Intake {
  const { bridge } = useCore();
  const [taking, setTaking] = useState<Intake['taking']>(null);
  const [error, setError] = useState<ErrorRecord | null>(null);
  const take = useCallback<Intake['take']>(
    async (files, then) => {
      if (files.length === 0) return;
      setError(null);
      setTaking({ done: 0, of: files.length });
      const granted = await grantAll(files, bridge, (done) => {
        setTaking({ done, of: files.length });
      });
      const failed = granted.grants.length === 0 ? null : await then(granted.grants);
      setTaking(null);
      setError(granted.error ?? failed);
    },
    [bridge],
  );
  const clearError = useCallback(() => {
    setError(null);
  }, []);
  return { taking, error, clearError, take };
}
