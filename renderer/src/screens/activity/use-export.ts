import { useState } from 'react';
import type { ErrorRecord } from '../../../../app/contract/errors.ts';
import { useChoose } from '../../choose/choose.tsx';
import { useRun } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';

/** The export of the whole activity. */
export interface Export {
  readonly busy: boolean;
  readonly error: ErrorRecord | null;
  /** Where the last one lies. */
  readonly path: string | null;
  readonly start: (format: 'csv' | 'jsonl') => Promise<void>;
  readonly clear: () => void;
}

/** Asks for a folder and writes the activity into it. */
export function useExport(): Export {
  const run = useRun();
  const choose = useChoose();
  const { busy, error, act, clear } = useAction();
  const [path, setPath] = useState<string | null>(null);
  return {
    busy,
    error,
    path,
    start: async (format) => {
      const folder = await choose.folder('export');
      if (folder === null) return;
      setPath(null);
      const answer = await act(() => run('exportActivity', { folder: folder.id, format }));
      if (answer !== undefined) setPath(answer.path);
    },
    clear: () => {
      setPath(null);
      clear();
    },
  };
}
