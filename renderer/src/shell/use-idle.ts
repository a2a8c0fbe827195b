import { useEffect } from 'react';
import type { HostView } from '../../../app/contract/views.ts';
import { useRun } from '../state/core.tsx';

/** Without a touch for so long, secrets are forgotten; in milliseconds. */
const IDLE = 5 * 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/**
 * Forgets secrets when nobody is there. Electron's main process watches the whole system for that; in a browser only the page can.
 *
 * @param host - around the page
 */
export function useIdle(host: HostView['kind']): void {
  const run = useRun();
  useEffect(() => {
    if (host !== 'web') return;
    let timer = 0;
    const forget = (): void => {
      void run('forgetSecrets', {});
    };
    const stir = (): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(forget, IDLE);
    };
    stir();
    for (const sign of SIGNS) window.addEventListener(sign, stir, { passive: true });
    return () => {
      window.clearTimeout(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, stir);
    };
  }, [host, run]);
}
