import type { JobView } from '../../app/contract/views.ts';
import type { Words } from './words.ts';

/** Shorter work than this was not worth leaving the window for. */
const LONG_MS = 10_000;

/** What notifying needs. */
export interface Notifying {
  /** Whether the person is looking at the window. */
  readonly looking: () => boolean;
  readonly words: () => Words;
  /** Shows a notification of the system. */
  readonly show: (title: string, body: string) => void;
}

/**
 * Tells of long jobs that ended while nobody looked. What they were about is not told: notifications show on locked screens and are kept.
 *
 * @param notifying - what it needs
 * @returns takes the jobs whenever they changed
 */
export function createNotifier(notifying: Notifying): (jobs: readonly JobView[]) => void {
  let running = new Set<string>();
  return (jobs) => {
    for (const job of jobs) {
      if (!running.has(job.id) || (job.state !== 'done' && job.state !== 'failed')) continue;
      if (notifying.looking() || Date.now() - Date.parse(job.started) < LONG_MS) continue;
      const words = notifying.words();
      if (job.state === 'done') notifying.show(words.jobDone, words.jobDoneDetail);
      else notifying.show(words.jobFailed, words.jobFailedDetail);
    }
    running = new Set(jobs.filter(({ state }) => state === 'running').map(({ id }) => id));
  };
}
