import { useSyncExternalStore } from 'react';
import type { ErrorRecord } from '../../../../app/contract/errors.ts';
import type { InboxEntry, JobView, Snapshot } from '../../../../app/contract/views.ts';
import { isRunning, lastJob } from '../../state/jobs.ts';

/** Several bundles on their way to be downloaded, opened and removed, one after the other. */
export interface Round {
  readonly entries: readonly InboxEntry[];
  /** The index of the one in work; behind the last when all are through. */
  readonly at: number;
  readonly phase: 'fetch' | 'open' | 'remove';
  /** The job of the phase, once it was started. */
  readonly job: string | null;
  /** Why the job of the phase could not be started. */
  readonly error: ErrorRecord | null;
  /** How many are saved and deleted from the inbox. */
  readonly removed: number;
  /** The last of those, with the job that saved it. */
  readonly before: { readonly name: string; readonly save: string } | null;
}

/** What a round needs to have done next. */
export type Step =
  | { readonly kind: 'fetch'; readonly entry: InboxEntry }
  | { readonly kind: 'opened' }
  | { readonly kind: 'remove'; readonly entry: InboxEntry; readonly save: string }
  /** The bundle that is through, if it is to be put away: the last one stays. */
  | { readonly kind: 'next'; readonly close: string | null };

/**
 * Begins a round.
 *
 * @param entries - the bundles, in their order
 */
export function startRound(entries: readonly InboxEntry[]): Round {
  return {
    entries,
    at: 0,
    phase: 'fetch',
    job: null,
    error: null,
    removed: 0,
    before: null,
  };
}

/**
 * The step that is due, if one is. What a person has to decide is not a step.
 *
 * @param round - as it stands
 * @param snapshot - of the core
 */
export function nextStep(
  { entries, at, phase, job: id, error }: Round,
  { bundle, jobs }: Pick<Snapshot, 'bundle' | 'jobs'>,
): Step | null {
  const entry = entries[at];
  if (entry === undefined || error !== null) return null;
  if (phase === 'fetch') {
    if (id === null) return { kind: 'fetch', entry };
    return bundle?.entry === entry.id && !isRunning(jobs.find((job) => job.id === id))
      ? { kind: 'opened' }
      : null;
  }
  if (phase === 'open') {
    if (bundle?.entry !== entry.id) return null;
    const save = lastJob(jobs, 'save', bundle);
    return save !== undefined && savedAll(save) ? { kind: 'remove', entry, save: save.id } : null;
  }
  const removal = jobs.find((job) => job.id === id);
  if (removal?.state !== 'done') return null;
  const more = at + 1 < entries.length && bundle?.entry === entry.id;
  return { kind: 'next', close: more ? bundle.id : null };
}

/** Whether every document of the bundle was saved: what was skipped may be something else than what lies in the folder. */
function savedAll({ state, outcome }: JobView): boolean {
  return state === 'done' && outcome?.kind === 'saved' && outcome.skipped === 0;
}

/**
 * The round with the next bundle.
 *
 * @param round - as it stands
 */
export function moveOn(round: Round): Round {
  return { ...round, at: round.at + 1, phase: 'fetch', job: null, error: null };
}

/**
 * Why a round does not go on by itself.
 *
 * @param round - as it stands
 * @param snapshot - of the core
 */
export function trouble(
  { entries, at, phase, job: id, error }: Round,
  { bundle, jobs }: Pick<Snapshot, 'bundle' | 'jobs'>,
): 'failed' | 'gone' | 'kept' | null {
  const entry = entries[at];
  if (entry === undefined) return null;
  if (error !== null) return 'failed';
  if (phase === 'open') {
    if (bundle?.entry !== entry.id) return 'gone';
    const save = lastJob(jobs, 'save', bundle);
    return save?.state === 'done' && !savedAll(save) ? 'kept' : null;
  }
  const state = jobs.find((job) => job.id === id)?.state;
  return state === 'failed' || state === 'cancelled' ? 'failed' : null;
}

// A round outlives the screens on which it shows: it begins on one and goes on on another.
let current: Round | null = null;
const listeners = new Set<() => void>();

/** The round under way, or `null`. */
export function getRound(): Round | null {
  return current;
}

/**
 * Puts another round, or none, in the place of the one under way.
 *
 * @param round - from now on
 */
export function setRound(round: Round | null): void {
  current = round;
  for (const listener of listeners) listener();
}

/** The round under way, as a screen follows it. */
export function useRound(): Round | null {
  return useSyncExternalStore(subscribe, getRound);
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}
