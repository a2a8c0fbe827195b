import type { PowerMonitor, PowerSaveBlocker } from 'electron';

/** After this long without a hand on the machine, whoever comes next may be somebody else. */
const IDLE_SECONDS = 5 * 60;
const LOOK_EVERY_MS = 15_000;

/** Keeps the system awake while something runs. */
export interface Wakefulness {
  /** @param working - whether something runs */
  update(working: boolean): void;
}

/**
 * Makes wakefulness. The display may sleep: only the work must not.
 *
 * @param blocker - Electron's
 */
export function createWakefulness(blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>): Wakefulness {
  let id: number | undefined;
  return {
    update: (working) => {
      if (working && id === undefined) id = blocker.start('prevent-app-suspension');
      else if (!working && id !== undefined) {
        blocker.stop(id);
        id = undefined;
      }
    },
  };
}

/**
 * Calls when the person went away: the machine sleeps, the screen was locked, or nobody touched it for five minutes, once for each
 * such time. Linux tells only of the last.
 *
 * @param monitor - Electron's
 * @param onAway - what to do then
 * @returns stops it
 */
export function watchPresence(
  monitor: Pick<PowerMonitor, 'getSystemIdleTime' | 'off' | 'on'>,
  onAway: () => void,
): () => void {
  let away = false;
  monitor.on('suspend', onAway);
  monitor.on('lock-screen', onAway);
  const timer = setInterval(() => {
    const idle = monitor.getSystemIdleTime() >= IDLE_SECONDS;
    if (idle && !away) onAway();
    away = idle;
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    monitor.off('suspend', onAway);
    monitor.off('lock-screen', onAway);
  };
}
