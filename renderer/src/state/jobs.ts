import type { JobKind, JobView } from '../../../app/contract/views.ts';

/**
 * Whether a job goes on.
 *
 * @param job - the job, if there is one
 */
export function isRunning(
  job: JobView | undefined,
): job is JobView & { readonly state: 'running' | 'cancelling' } {
  return job?.state === 'running' || job?.state === 'cancelling';
}

/**
 * The newest job of a kind about one bundle or one inbox entry.
 *
 * @param jobs - of the snapshot, oldest first
 * @param kind - of the job
 * @param subject - what it is about; the name counts for a job that does not say which ids it is about
 */
export function lastJob(
  jobs: readonly JobView[],
  kind: JobKind,
  subject: { readonly id: string; readonly name: string },
): JobView | undefined {
  return jobs.findLast(
    (job) =>
      job.kind === kind &&
      (job.about === undefined ? job.subject === subject.name : job.about.includes(subject.id)),
  );
}
