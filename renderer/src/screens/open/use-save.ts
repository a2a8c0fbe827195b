import { useState } from 'react';
import type { ErrorRecord } from '../../../../app/contract/errors.ts';
import type { ConflictPolicy } from '../../../../app/contract/records.ts';
import type { BundleView, Grant, JobOutcome, JobView } from '../../../../app/contract/views.ts';
import { useChoose } from '../../choose/choose.tsx';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { isRunning, lastJob } from '../../state/jobs.ts';
import { useAction } from '../../state/use-action.ts';

type Saved = Extract<JobOutcome, { readonly kind: 'saved' }>;

/** Saving the documents of a bundle. */
export interface Save {
  readonly running: JobView | undefined;
  /** What the last one came to, with its job. */
  readonly saved: (Saved & { readonly job: string }) | undefined;
  readonly error: ErrorRecord | null;
  readonly busy: boolean;
  /** The path that is taken, while that is a question. */
  readonly conflict: string | null;
  readonly chooseAndSave: () => Promise<void>;
  /** Answers the question; `null` leaves it. */
  readonly resolve: (how: Exclude<ConflictPolicy, 'fail'> | null) => Promise<void>;
  readonly cancel: () => void;
}

/**
 * Saves documents where the person chooses, and asks when names are taken.
 *
 * @param bundle - an opened one
 */
export function useSave(bundle: BundleView): Save {
  const run = useRun();
  const choose = useChoose();
  const { jobs } = useSnapshot();
  const action = useAction();
  const [folder, setFolder] = useState<Grant | null>(null);
  const job = lastJob(jobs, 'save', bundle);

  const save = async (into: Grant, onConflict: ConflictPolicy): Promise<void> => {
    if (job !== undefined && !isRunning(job)) await run('dismissJob', { job: job.id });
    await action.act(() => run('save', { bundle: bundle.id, folder: into.id, onConflict }));
  };
  const failed = job?.state === 'failed' ? (job.error ?? null) : null;
  const conflict =
    folder !== null && failed?.code === 'output-exists' && 'path' in failed.data
      ? failed.data.path
      : null;
  const outcome = job?.state === 'done' ? job.outcome : undefined;
  return {
    running: isRunning(job) ? job : undefined,
    saved: job !== undefined && outcome?.kind === 'saved' ? { ...outcome, job: job.id } : undefined,
    error: action.error ?? (conflict === null ? failed : null),
    busy: action.busy || isRunning(job),
    conflict,
    chooseAndSave: async () => {
      const chosen = await choose.folder('save');
      if (chosen === null) return;
      setFolder(chosen);
      await save(chosen, 'fail');
    },
    resolve: async (how) => {
      if (how !== null && folder !== null) await save(folder, how);
      else if (job !== undefined) await run('dismissJob', { job: job.id });
    },
    cancel: () => {
      if (job !== undefined) void run('cancelJob', { job: job.id });
    },
  };
}
