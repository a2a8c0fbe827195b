import { useCallback, useEffect, useRef, useState } from 'react';
import type { RevealedPassphrase } from '../../../../app/contract/answers.ts';
import type { ErrorRecord } from '../../../../app/contract/errors.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';

/** A passphrase while it is shown. */
export interface Revealed {
  readonly revealed: RevealedPassphrase | null;
  readonly error: ErrorRecord | null;
  /** Asks the core for it. The core keeps the window out of screenshots until it is hidden. */
  readonly reveal: () => Promise<RevealedPassphrase | null>;
  readonly hide: () => void;
}

/**
 * Shows and hides a passphrase. It is forgotten here when it is hidden, when the screen goes, and when the core says that it is time.
 *
 * @param of - the bundle in the making, or the id of a receipt
 */
export function useRevealed(of: 'draft' | { readonly receipt: string }): Revealed {
  const run = useRun();
  const { locked } = useSnapshot();
  const receipt = of === 'draft' ? null : of.receipt;
  const [state, setState] = useState<{
    readonly revealed: RevealedPassphrase | null;
    readonly error: ErrorRecord | null;
    readonly locked: number;
  }>({ revealed: null, error: null, locked });
  const shown = useRef(false);
  const hide = useCallback(() => {
    setState((before) => ({ ...before, revealed: null }));
    if (shown.current) void run('hidePassphrase', {});
    shown.current = false;
  }, [run]);
  const reveal = useCallback(async () => {
    const answer = await run('revealPassphrase', {
      of: receipt === null ? 'draft' : { receipt },
    });
    shown.current = answer.ok;
    setState(
      answer.ok
        ? { revealed: answer.value, error: null, locked }
        : { revealed: null, error: answer.error, locked },
    );
    return answer.ok ? answer.value : null;
  }, [run, receipt, locked]);
  useEffect(() => hide, [hide]);
  // What was shown before the core forgot is not shown any more, in the very same frame.
  const revealed = state.locked === locked ? state.revealed : null;
  return { revealed, error: state.error, reveal, hide };
}
