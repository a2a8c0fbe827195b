import { EventEmitter } from 'node:events';
import type { HostEvent } from '../../../app/contract/events.ts';
import type { Session } from '../../../app/contract/host.ts';
import type { Result } from '../../../app/contract/result.ts';
import type { JobView, Snapshot } from '../../../app/contract/views.ts';

/** Electron's classes have hundreds of members; a test gives those that the code under test may use, and any other is `undefined`. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- it is the cast that the comment speaks of
export function as<T>(parts: unknown): T {
  return parts as T;
}

/** An event of Electron's that can be prevented. */
export function preventable(): { prevented: boolean; preventDefault: () => void } {
  const event = {
    prevented: false,
    preventDefault: () => {
      event.prevented = true;
    },
  };
  return event;
}

/** Something that emits, with some functions of its own. */
export function emitter<T extends object>(members: T): EventEmitter & T {
  return Object.assign(new EventEmitter(), members);
}

/** A job as the screen sees it, at work unless said otherwise. */
export function job(parts: Partial<JobView> = {}): JobView {
  return {
    id: 'job-1',
    kind: 'seal',
    subject: 'passport-of-jane.tar.age',
    state: 'running',
    stage: 'seal',
    bytes: 0,
    started: new Date().toISOString(),
    ...parts,
  };
}

/** A core that answers as it is told to. */
export function fakeSession(parts: Partial<Session> = {}): Session & {
  emit: (event: HostEvent) => void;
} {
  const listeners = new Set<(event: HostEvent) => void>();
  const nothing: Result<null> = { ok: true, value: null };
  return {
    invoke: () => Promise.resolve(nothing),
    grant: () => Promise.resolve({ ok: true, value: [] }),
    openFile: () => Promise.resolve(nothing),
    running: () => Promise.resolve(0),
    close: () => Promise.resolve(),
    listen: (onEvent) => {
      listeners.add(onEvent);
      return () => {
        listeners.delete(onEvent);
      };
    },
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    ...parts,
  };
}

/** The part of a snapshot that the host looks at. */
export function snapshot(revision: number, jobs: readonly JobView[]): Snapshot {
  return as<Snapshot>({
    revision,
    jobs,
    settings: { theme: 'system', language: 'system', words: 7 },
  });
}
