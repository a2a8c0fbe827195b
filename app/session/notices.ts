import type { HostEvent } from '../contract/events.ts';

/** The screen fetches the snapshot at most so often, in milliseconds, however much happens. */
const INTERVAL_MS = 50;

/** Tells whoever listens that something changed, with the one counter of revisions. */
export class Notices {
  readonly #listeners = new Set<(event: HostEvent) => void>();
  #revision = 0;
  #timer: NodeJS.Timeout | undefined;
  #last = -Infinity;

  /** The revision of what can be seen now. */
  get revision(): number {
    return this.#revision;
  }

  /** Something in the snapshot is different now. Costs nothing when it is said often. */
  changed(): void {
    this.#revision += 1;
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#last + INTERVAL_MS - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#last = performance.now();
      // A number of its own: whoever has seen a progress since must not take this for old.
      this.#revision += 1;
      this.#tell({ kind: 'changed', revision: this.#revision });
    }, wait);
  }

  /**
   * Tells of a job's progress at once.
   *
   * @param job - as it is now
   */
  progress(job: Extract<HostEvent, { kind: 'progress' }>['job']): void {
    this.#revision += 1;
    this.#tell({ kind: 'progress', revision: this.#revision, job });
  }

  /**
   * Hears every event from now on.
   *
   * @param onEvent - must not throw; when it does, nobody hears of it
   * @returns stops it
   */
  listen(onEvent: (event: HostEvent) => void): () => void {
    const own = (event: HostEvent): void => {
      onEvent(event);
    };
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /** Says nothing any more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #tell(event: HostEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch {
        // A listener's failure is its own: the job that is being told of goes on.
      }
    }
  }
}
