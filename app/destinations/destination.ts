import type { Job } from '../contract/job.ts';
import type { Placement } from '../contract/records.ts';

/** Somewhere a bundle can go. */
export interface Destination {
  /** Where a bundle of that name will lie: a path or a URL. */
  locate(name: string): string;
  /**
   * Finds out, before anything is read or sealed, whether a bundle of that name can be put here.
   *
   * @throws what `put` would throw
   */
  check(name: string, job: Job): Promise<void>;
  /**
   * Takes a bundle. It appears under its name only when the stream has ended, everything has arrived and was verified; otherwise
   * nothing is left.
   *
   * @param name - the bundle's name
   * @param bundle - its bytes; a failure of this stream is thrown on
   * @param expectedBytes - about how long it will be, for choosing sizes
   * @param job - `upload` progress where there is a network in between
   */
  put(
    name: string,
    bundle: AsyncIterable<Uint8Array>,
    expectedBytes: number,
    job: Job,
  ): Promise<Placement>;
  /** Closes connections. */
  close(): void;
}
