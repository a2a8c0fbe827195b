import type { BrowserWindow } from 'electron';
import type { JobView } from '../../app/contract/views.ts';

/** What the bar of the dock or taskbar shows: a part of one, `working` without a known end, or nothing. */
export type Bar = number | 'working' | 'nothing';

/**
 * Sums up what runs.
 *
 * @param jobs - all
 */
export function barOf(jobs: readonly JobView[]): Bar {
  const running = jobs.filter(isRunning);
  if (running.length === 0) return 'nothing';
  let bytes = 0;
  let total = 0;
  for (const job of running) {
    if (job.total === undefined || job.total === 0) return 'working';
    bytes += Math.min(job.bytes, job.total);
    total += job.total;
  }
  return bytes / total;
}

/**
 * Tells whether a job is still at work.
 *
 * @param job - to ask
 */
export function isRunning(job: JobView): boolean {
  return job.state === 'running' || job.state === 'cancelling';
}

/**
 * Shows it.
 *
 * @param window - whose entry in the dock or taskbar
 * @param bar - what to show
 */
export function showBar(window: Pick<BrowserWindow, 'setProgressBar'>, bar: Bar): void {
  if (bar === 'nothing') window.setProgressBar(-1);
  else if (bar === 'working') window.setProgressBar(2, { mode: 'indeterminate' });
  else window.setProgressBar(bar, { mode: 'normal' });
}
