import { useEffect, useState } from 'react';
import type { ErrorRecord } from '../../../app/contract/errors.ts';
import type { Grant } from '../../../app/contract/views.ts';
import { useChoose } from '../choose/choose.tsx';
import { useSnapshot } from '../state/core.tsx';

/** The way to choose a bundle. */
export interface BundleChooser {
  readonly choose: () => void;
  readonly busy: boolean;
  readonly error: ErrorRecord | null;
}

/**
 * Lets the person choose a bundle, with a button or, wherever they are, with Ctrl or Cmd and O.
 *
 * @param takeBundle - puts it on the Open screen
 * @param onStart - hears when choosing begins
 */
export function useBundleChooser(
  takeBundle: (grants: readonly Grant[]) => Promise<ErrorRecord | null>,
  onStart: () => void,
): BundleChooser {
  const choose = useChoose();
  const { host } = useSnapshot();
  const [state, setState] = useState<{ busy: boolean; error: ErrorRecord | null }>({
    busy: false,
    error: null,
  });
  const start = async (): Promise<void> => {
    onStart();
    setState({ busy: false, error: null });
    const { grants, error } = await choose.files('bundle', () => {
      setState({ busy: true, error: null });
    });
    const refused = grants.length === 0 ? null : await takeBundle(grants);
    setState({ busy: false, error: error ?? refused });
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const command = host.platform === 'darwin' ? event.metaKey : event.ctrlKey;
      if (!command || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'o') return;
      if (document.querySelector('.veil') !== null) return;
      event.preventDefault();
      void start();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  });
  return { ...state, choose: () => void start() };
}
