import type { InboxEntry, JobView } from '../../../../app/contract/views.ts';
import { isRunning } from '../../state/jobs.ts';

/** What goes on with one bundle. */
export interface RowProgress {
  readonly job: string;
  readonly kind: 'fetch' | 'download' | 'remove';
  readonly state: 'running' | 'cancelling' | 'waiting';
  /** 0 to 1; absent where it cannot be known. */
  readonly share?: number;
}

/**
 * Finds out what goes on with each bundle. A job about several takes them one after the other, and counts the bytes of all: from that
 * follows which of them it is at. One that it is through with is not named any more.
 *
 * @param jobs - of the snapshot
 * @param entries - of the inbox
 * @returns by the id of the entry
 */
export function rowsProgress(
  jobs: readonly JobView[],
  entries: readonly InboxEntry[],
): ReadonlyMap<string, RowProgress> {
  const rows = new Map<string, RowProgress>();
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  for (const job of jobs) {
    const { kind } = job;
    if (!isRunning(job) || (kind !== 'fetch' && kind !== 'download' && kind !== 'remove')) continue;
    const about = (job.about ?? byName(job, entries)).flatMap((id) => known.get(id) ?? []);
    const base = { job: job.id, kind };
    const cancelling = job.state === 'cancelling';
    let before = 0;
    let found = false;
    for (const { id, bytes } of about) {
      const share = bytes === 0 ? 0 : Math.max(0, (job.bytes - before) / bytes);
      before += bytes;
      const last = about.at(-1)?.id === id;
      if (cancelling) rows.set(id, { ...base, state: 'cancelling' });
      else if (found) rows.set(id, { ...base, state: 'waiting' });
      else if (job.bytes < before || last) {
        found = true;
        // Deletion is counted in whole bundles: of one there is nothing to show.
        const known = kind === 'remove' ? {} : { share: Math.min(1, share) };
        rows.set(id, { ...base, state: 'running', ...known });
      }
    }
  }
  return rows;
}

function byName(job: JobView, entries: readonly InboxEntry[]): readonly string[] {
  return entries.filter(({ name }) => name === job.subject).map(({ id }) => id);
}
