import { useState } from 'react';
import type { RevealedPassphrase } from '../../../../app/contract/answers.ts';
import type { ErrorRecord } from '../../../../app/contract/errors.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { useCopy } from '../../state/use-copy.ts';
import { useRevealed } from './use-revealed.ts';

/** The ways in which a passphrase can be told that show something. */
export type TellWay = 'showLarge' | 'qr' | 'message' | 'print';

/** What goes on while a passphrase is told. */
export interface Tell {
  readonly open: TellWay | null;
  readonly revealed: RevealedPassphrase | null;
  readonly copied: boolean;
  readonly error: ErrorRecord | null;
  readonly start: (way: TellWay | 'copy') => Promise<void>;
  readonly copyText: (text: string) => Promise<void>;
  readonly close: () => void;
}

/**
 * Telling the passphrase of a receipt.
 *
 * @param receipt - its id
 */
export function useTell(receipt: string): Tell {
  const run = useRun();
  const toClipboard = useCopy();
  const { host } = useSnapshot();
  const { revealed, reveal, hide, error: revealError } = useRevealed({ receipt });
  const [open, setOpen] = useState<TellWay | null>(null);
  const [copied, setCopied] = useState(false);
  const [error, setError] = useState<ErrorRecord | null>(null);

  const put = async (text: string): Promise<void> => {
    const failed = await toClipboard(text, true);
    setCopied(failed === null);
    setError(failed);
  };

  const copy = async (): Promise<void> => {
    if (host.kind === 'electron') {
      // The core copies it by itself: it need not come into the page.
      const answer = await run('copyPassphrase', { of: { receipt } });
      setCopied(answer.ok);
      setError(answer.ok ? null : answer.error);
      return;
    }
    const shown = await reveal();
    if (shown === null) return;
    await put(shown.passphrase);
    hide();
  };

  return {
    open,
    revealed,
    copied,
    error: error ?? revealError,
    start: async (way) => {
      setError(null);
      if (way === 'copy') await copy();
      else if ((await reveal()) !== null) setOpen(way);
    },
    copyText: put,
    close: () => {
      setOpen(null);
      hide();
    },
  };
}
