import { AppError, toAppError, type ErrorRecord } from '../contract/errors.ts';
import type { Job, Progress, Stage } from '../contract/job.ts';
import type { JobKind, JobOutcome, JobView } from '../contract/views.ts';
import { newId } from './ids.ts';
import type { Notices } from './notices.ts';
import { SpeedMeter } from './speed.ts';

/** A job's progress is told at most so often, in milliseconds. */
const INTERVAL_MS = 100;
/** Ended jobs that nobody dismissed. */
const MAX_ENDED = 50;
/** What works at the same time; what comes later waits. */
const MAX_WORKING = 4;
/** What waits and works, at most: nobody starts more by hand. */
const MAX_UNFINISHED = 100;

/** Stages overlap, and report in turn; a job is at the last that has begun. */
const ORDER: Readonly<Record<Stage, number>> = {
  collect: 0,
  list: 0,
  derive: 1,
  seal: 2,
  open: 2,
  fetch: 2,
  upload: 3,
  verify: 4,
  place: 4,
};

/** What the work of a job leads to. */
export interface Ended {
  readonly outcome: JobOutcome;
  /** What there is to show of it in the file manager. */
  readonly path?: string | undefined;
}

/** What is to be done as a job. */
export interface Work {
  readonly kind: JobKind;
  readonly subject: string;
  /** The ids of what it works on, as the screen knows them. */
  readonly about?: readonly string[];
  readonly stage: Stage;
  run(job: Job): Promise<Ended>;
  /** Done in any case when it is over, even when it was cancelled before it began. */
  end?(): Promise<void>;
}

interface Entry {
  readonly id: string;
  readonly kind: JobKind;
  readonly subject: string;
  readonly about: readonly string[] | undefined;
  readonly started: string;
  readonly controller: AbortController;
  readonly meter: SpeedMeter;
  state: JobView['state'];
  stage: Stage;
  bytes: number;
  total: number | undefined;
  /** The documents' size, which an upload in parts does not know. */
  sealing: number | undefined;
  timer: NodeJS.Timeout | undefined;
  outcome: JobOutcome | undefined;
  path: string | undefined;
  error: ErrorRecord | undefined;
}

/** Everything that takes long: started, watched, cancelled, and kept on a list until it is dismissed. */
export class Jobs {
  readonly #notices: Notices;
  readonly #jobs = new Map<string, Entry>();
  readonly #unfinished = new Set<Promise<void>>();
  readonly #waiting = new Set<() => void>();
  #working = 0;
  #closing = false;

  /** @param notices - hears of every change */
  constructor(notices: Notices) {
    this.#notices = notices;
  }

  /** How many have not ended. */
  get running(): number {
    return this.#unfinished.size;
  }

  /** Whether another one would be refused. */
  get full(): boolean {
    return this.#unfinished.size >= MAX_UNFINISHED;
  }

  /** Oldest first. */
  views(): JobView[] {
    return Array.from(this.#jobs.values(), view);
  }

  /**
   * Starts something.
   *
   * @param work - runs at once, or when others have ended
   * @returns the job's id
   */
  start(work: Work): string {
    const { kind, subject, about, stage } = work;
    const entry: Entry = {
      id: newId(),
      kind,
      subject,
      about,
      stage,
      started: new Date().toISOString(),
      controller: new AbortController(),
      meter: new SpeedMeter(),
      state: 'running',
      bytes: 0,
      total: undefined,
      sealing: undefined,
      timer: undefined,
      outcome: undefined,
      path: undefined,
      error: undefined,
    };
    this.#jobs.set(entry.id, entry);
    this.#notices.changed();
    // Asked for before the end, ready to start after it.
    if (this.#closing) entry.controller.abort();
    const ending = this.#run(entry, work).finally(() => {
      this.#unfinished.delete(ending);
    });
    this.#unfinished.add(ending);
    return entry.id;
  }

  /**
   * Asks a job to stop. One that has ended stays as it is.
   *
   * @throws `reference-unknown`
   */
  cancel(id: string): void {
    const entry = this.#find(id);
    if (entry.state !== 'running') return;
    entry.state = 'cancelling';
    this.#notices.changed();
    entry.controller.abort();
  }

  /**
   * As `cancel`, for a job that may not be on the list any more.
   *
   * @param id - of the job
   */
  stop(id: string): void {
    if (this.#jobs.has(id)) this.cancel(id);
  }

  /**
   * Takes a job that has ended off the list. One that runs stays.
   *
   * @throws `reference-unknown`
   */
  dismiss(id: string): void {
    const entry = this.#find(id);
    if (!hasEnded(entry)) return;
    this.#jobs.delete(id);
    this.#notices.changed();
  }

  /**
   * What a job led to that can be shown in the file manager.
   *
   * @throws `reference-unknown`
   */
  pathOf(id: string): string | undefined {
    return this.#find(id).path;
  }

  /** Stops everything and waits until it has stopped. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const entry of this.#jobs.values()) if (!hasEnded(entry)) this.cancel(entry.id);
    while (this.#unfinished.size > 0) await Promise.all(this.#unfinished);
  }

  #find(id: string): Entry {
    const entry = this.#jobs.get(id);
    if (entry === undefined) throw new AppError('reference-unknown', { kind: 'job' });
    return entry;
  }

  async #run(entry: Entry, work: Work): Promise<void> {
    const { signal } = entry.controller;
    let state: JobView['state'];
    try {
      await this.#turn(signal);
      const onProgress = (progress: Progress): void => {
        this.#note(entry, progress);
      };
      const { outcome, path } = await work.run({ signal, onProgress }).finally(() => {
        this.#working -= 1;
        this.#waiting.values().next().value?.();
      });
      entry.outcome = outcome;
      entry.path = path;
      state = 'done';
    } catch (error) {
      const { code, data } = toAppError(error);
      state = code === 'cancelled' ? 'cancelled' : 'failed';
      if (state === 'failed') entry.error = { code, data };
    }
    // What has become of the work is known by now; its tidying up cannot change that.
    await work.end?.().catch(() => undefined);
    entry.state = state;
    clearTimeout(entry.timer);
    entry.timer = undefined;
    this.#forgetOldest();
    this.#notices.changed();
  }

  /** Waits until not too much is going on. */
  async #turn(signal: AbortSignal): Promise<void> {
    // Always later than the caller, who has to get the job's id first.
    await Promise.resolve();
    while (this.#working >= MAX_WORKING && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const wake = (): void => {
        resolve(undefined);
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
      await promise;
      this.#waiting.delete(wake);
      signal.removeEventListener('abort', wake);
    }
    if (signal.aborted) throw new AppError('cancelled', {});
    this.#working += 1;
  }

  /** Called for every piece of every document: it only takes down what was said. */
  #note(entry: Entry, { stage, bytes, total }: Progress): void {
    if (ORDER[stage] < ORDER[entry.stage]) return;
    if (stage !== entry.stage) {
      entry.meter.reset();
      entry.total = undefined;
    }
    entry.stage = stage;
    entry.bytes = bytes;
    if (stage === 'seal') entry.sealing = total;
    entry.total = total ?? (stage === 'upload' ? entry.sealing : undefined);
    if (entry.timer !== undefined || hasEnded(entry)) return;
    entry.timer = setTimeout(() => {
      entry.timer = undefined;
      entry.meter.note(performance.now(), entry.bytes);
      this.#notices.progress(view(entry));
    }, INTERVAL_MS);
  }

  #forgetOldest(): void {
    const ended = [...this.#jobs.values()].filter(hasEnded);
    for (const { id } of ended.slice(0, Math.max(0, ended.length - MAX_ENDED)))
      this.#jobs.delete(id);
  }
}

function hasEnded({ state }: Entry): boolean {
  return state !== 'running' && state !== 'cancelling';
}

function view(entry: Entry): JobView {
  const { id, kind, subject, about, state, stage, bytes, started, outcome, error } = entry;
  // An upload is a little longer than its documents.
  const total = entry.total === undefined ? undefined : Math.max(entry.total, bytes);
  const speed = hasEnded(entry) ? undefined : entry.meter.speed();
  const left =
    total === undefined || speed === undefined || speed <= 0 ? undefined : (total - bytes) / speed;
  return {
    id,
    kind,
    subject,
    state,
    stage,
    bytes,
    started,
    ...(about === undefined ? {} : { about }),
    ...(total === undefined ? {} : { total }),
    ...(speed === undefined ? {} : { speed: Math.round(speed) }),
    ...(left === undefined ? {} : { secondsLeft: Math.ceil(left) }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(error === undefined ? {} : { error }),
  };
}
