import type { HostEvent } from '../../../app/contract/events.ts';
import type { JobView, Snapshot } from '../../../app/contract/views.ts';
import type { Bridge } from '../bridge/bridge.ts';

/** What the screen knows of the core. */
export interface Known {
  /** `null` until the first answer. */
  readonly snapshot: Snapshot | null;
  /** Whether the host answered last time it was asked. */
  readonly lost: boolean;
}

/** Keeps the newest snapshot and tells who asked when it changes. */
export interface Store {
  readonly get: () => Known;
  readonly subscribe: (onChange: () => void) => () => void;
  /** Asks for the snapshot now. */
  readonly refresh: () => Promise<void>;
  readonly close: () => void;
}

/**
 * Follows the core: fetches the snapshot when told that it changed, puts progress into it, drops what is older than what it has.
 * However many events come, the screen changes at most once a frame.
 *
 * @param bridge - to the host
 * @param nextFrame - calls back before the next frame is drawn
 */
export function createStore(
  bridge: Pick<Bridge, 'run' | 'listen'>,
  nextFrame: (callback: () => void) => void = (callback) => void requestAnimationFrame(callback),
): Store {
  let known: Known = { snapshot: null, lost: false };
  let wanted = 0;
  let fetching = false;
  let scheduled = false;
  const progress = new Map<string, { revision: number; job: JobView }>();
  const listeners = new Set<() => void>();

  const set = (next: Known): void => {
    known = next;
    for (const listener of listeners) listener();
  };

  const refresh = async (): Promise<void> => {
    if (fetching) return;
    fetching = true;
    try {
      let answered: number;
      do {
        answered = wanted;
        const answer = await bridge.run('getSnapshot', {});
        if (!answer.ok) {
          set({ ...known, lost: true });
          return;
        }
        const newer = answer.value.revision >= (known.snapshot?.revision ?? 0);
        if (newer || known.lost) set({ snapshot: answer.value, lost: false });
        // What was said to have changed before it was asked is in the answer, whatever revision it was said to have.
        if (wanted === answered) wanted = Math.min(wanted, answer.value.revision);
      } while (wanted > answered);
    } finally {
      fetching = false;
    }
  };

  const flush = (): void => {
    scheduled = false;
    const { snapshot } = known;
    if (snapshot !== null && progress.size > 0) {
      let revision = snapshot.revision;
      const jobs = snapshot.jobs.map((job) => {
        const news = progress.get(job.id);
        if (news === undefined || news.revision <= snapshot.revision) return job;
        revision = Math.max(revision, news.revision);
        return news.job;
      });
      if (revision > snapshot.revision) set({ ...known, snapshot: { ...snapshot, jobs } });
    }
    progress.clear();
    if (wanted > (snapshot?.revision ?? 0)) void refresh();
  };

  const stop = bridge.listen((event: HostEvent) => {
    if (event.kind === 'changed') wanted = Math.max(wanted, event.revision);
    else if ((progress.get(event.job.id)?.revision ?? -1) < event.revision)
      progress.set(event.job.id, event);
    if (scheduled) return;
    scheduled = true;
    nextFrame(flush);
  });

  void refresh();
  return {
    get: () => known,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    refresh,
    close: () => {
      stop();
      listeners.clear();
    },
  };
}
