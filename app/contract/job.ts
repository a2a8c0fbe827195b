import { AppError } from './errors.ts';

/** What a job is doing. `derive` is the deliberately slow step from passphrase to key. */
export type Stage =
  'collect' | 'derive' | 'seal' | 'upload' | 'verify' | 'list' | 'fetch' | 'open' | 'place';

/** A moment in a job. */
export interface Progress {
  readonly stage: Stage;
  /** Bytes of the documents, or of the bundle when it is fetched, that are done. */
  readonly bytes: number;
  /** How many there will be; absent where nobody can know yet. */
  readonly total?: number;
}

/** What every long job takes: a way to stop it and a way to hear from it. */
export interface Job {
  /** Aborting it makes the job fail with `cancelled` and leave nothing half-made. */
  readonly signal?: AbortSignal | undefined;
  /** Called often, with no promise about how often: whoever shows it thins it out. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Throws `cancelled` when the job was stopped.
 *
 * @param job - the job to ask
 */
export function checkCancelled(job: Job): void {
  if (job.signal?.aborted === true) throw new AppError('cancelled', {});
}

/**
 * Waits for something that cannot be stopped, but no longer than until the job is cancelled.
 *
 * @param job - the job
 * @param work - goes on unheard when the job is cancelled; whatever comes of it then is handed to `late`
 * @param late - puts away a result that came too late
 * @throws `cancelled`, and what the work throws
 */
export async function untilCancelled<T>(
  job: Job,
  work: Promise<T>,
  late: (result: T) => void = () => undefined,
): Promise<T> {
  const { signal } = job;
  if (signal === undefined) return await work;
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => {
    work.then(late, () => undefined);
    reject(new AppError('cancelled', {}));
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
