import type { Job, Progress } from '../../app/contract/job.ts';

/**
 * A job that is cancelled at one exact step: the steps are the moments in which somebody asks whether it was.
 *
 * @param step - how often the answer is no before it is yes
 */
export function cancelledAt(step: number): Job {
  const { signal } = new AbortController();
  let asked = 0;
  Object.defineProperty(signal, 'aborted', {
    get: () => {
      asked += 1;
      return asked > step;
    },
  });
  return { signal };
}

/**
 * A job that does something at one moment of itself.
 *
 * @param when - picks the moment; the first one counts
 * @param what - done synchronously, while the job waits
 */
export function interruptedBy(when: (progress: Progress) => boolean, what: () => void): Job {
  let done = false;
  return {
    onProgress: (progress) => {
      if (done || !when(progress)) return;
      done = true;
      what();
    },
  };
}
