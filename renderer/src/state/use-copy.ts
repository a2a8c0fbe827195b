import { useCallback } from 'react';
import type { ErrorRecord } from '../../../app/contract/errors.ts';
import { useRun, useSnapshot } from './core.tsx';

/** Puts a text on the clipboard, and tells what kept it from getting there. */
export type Copy = (text: string, secret: boolean) => Promise<ErrorRecord | null>;

/** The way to the clipboard: in Electron through the core, which clears it of secrets later; in a browser the page's own. */
export function useCopy(): Copy {
  const run = useRun();
  const native = useSnapshot().host.kind === 'electron';
  return useCallback(
    async (text, secret) => {
      if (native) {
        const answer = await run('copyText', { text, secret });
        return answer.ok ? null : answer.error;
      }
      return await navigator.clipboard.writeText(text).then(
        () => null,
        () => ({ code: 'host-failed', data: {} }) as const,
      );
    },
    [run, native],
  );
}
