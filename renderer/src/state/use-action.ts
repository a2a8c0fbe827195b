import { useCallback, useState } from 'react';
import type { ErrorRecord } from '../../../app/contract/errors.ts';
import type { Result } from '../../../app/contract/result.ts';

/** Something that a control does: it can be under way and it can have failed. */
export interface Action {
  readonly busy: boolean;
  readonly error: ErrorRecord | null;
  /** Does it. Resolves to what came of it, or to `undefined` when it failed. */
  readonly act: <T>(work: () => Promise<Result<T>>) => Promise<T | undefined>;
  readonly clear: () => void;
}

/** The state of one control's action: its error belongs next to the control. */
export function useAction(): Action {
  const [state, setState] = useState<{ busy: boolean; error: ErrorRecord | null }>({
    busy: false,
    error: null,
  });
  const act = useCallback(async <T>(work: () => Promise<Result<T>>): Promise<T | undefined> => {
    setState({ busy: true, error: null });
    const answer = await work();
    setState({ busy: false, error: answer.ok ? null : answer.error });
    return answer.ok ? answer.value : undefined;
  }, []);
  const clear = useCallback(() => {
    setState({ busy: false, error: null });
  }, []);
  return { ...state, act, clear };
}
