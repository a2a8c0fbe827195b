import { createHmac, randomBytes } from 'node:crypto';
import type { App, Place } from '../app.ts';
import { AppError, isAppError } from '../contract/errors.ts';
import type { Job } from '../contract/job.ts';
import type { InboxItem } from '../contract/records.ts';
import type { InboxEntry } from '../contract/views.ts';
import type { ActivityLog } from './activity.ts';
import type { Bundles } from './bundles.ts';
import type { Connections } from './connections.ts';
import type { Jobs } from './jobs.ts';
import type { Staging } from './staging.ts';

/** Bundles of one name that a folder takes. */
const MAX_COPIES = 1000;

/** What the Inbox screen works with. */
export interface InboxPorts {
  readonly app: App;
  readonly jobs: Jobs;
  readonly bundles: Bundles;
  readonly connections: Connections;
  readonly activity: ActivityLog;
  readonly staging: Staging;
}

interface Entry {
  readonly id: string;
  readonly connection: string;
  readonly sender: string;
  readonly name: string;
  readonly bytes: number;
  readonly received: string;
  readonly location: string;
}

/** The bundles that wait at the other end of a connection. */
export class Inboxes {
  readonly #ports: InboxPorts;
  readonly #entries = new Map<string, Entry>();
  /** Keeps ids from telling anything, and the same for the same bundle. */
  readonly #key = randomBytes(32);

  /** @param ports - what it works with */
  constructor(ports: InboxPorts) {
    this.#ports = ports;
  }

  /**
   * Lists what waits, newest first.
   *
   * @param connection - its id
   * @param job - may be cancelled
   * @throws `reference-unknown`, `secret-missing`, `host-failed`, and the errors of S3
   */
  async list(connection: string, job: Job): Promise<InboxEntry[]> {
    const { place } = await this.#ports.connections.open(connection);
    const items = await this.#ports.app.listInbox(place, job);
    for (const entry of [...this.#entries.values()])
      if (entry.connection === connection) this.#entries.delete(entry.id);
    const entries = items.map((item) => this.#entry(connection, item));
    for (const entry of entries) this.#entries.set(entry.id, entry);
    const statuses = this.#statuses();
    return entries.map(({ location, ...entry }) => ({
      ...entry,
      status: statuses.get(placeKey(location, entry.bytes)) ?? 'new',
    }));
  }

  /**
   * Fetches a bundle to a private place and puts it on the Open screen, as a job.
   *
   * @returns the job's id
   * @throws `reference-unknown`
   */
  fetch(id: string): string {
    const entry = this.#find(id);
    const { jobs, staging, bundles } = this.#ports;
    return jobs.start({
      kind: 'fetch',
      subject: entry.name,
      about: [id],
      stage: 'fetch',
      run: async (job) => {
        const folder = await staging.makeFolder();
        try {
          const path = await this.#download(entry, folder, job);
          const { location } = entry;
          const { id: bundle } = await bundles.take({
            path,
            staged: true,
            entry: { id, location },
          });
          return { outcome: { kind: 'fetched', bundle } };
        } catch (error) {
          await staging.release(folder);
          throw error;
        }
      },
    });
  }

  /**
   * Fetches bundles into a folder, still sealed, one after the other, as one job. What was fetched stays when a later one fails.
   *
   * @returns the job's id
   * @throws `reference-unknown`
   */
  download(ids: readonly string[], folder: string): string {
    const entries = this.#findAll(ids);
    return this.#ports.jobs.start({
      kind: 'download',
      subject: subjectOf(entries),
      about: entries.map(({ id }) => id),
      stage: 'fetch',
      run: async (job) => {
        const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
        let done = 0;
        for (const entry of entries) {
          const onProgress: Job['onProgress'] = ({ stage, bytes }) =>
            job.onProgress?.({ stage, bytes: done + bytes, total });
          await this.#download(entry, folder, { ...job, onProgress });
          done += entry.bytes;
        }
        const outcome = { kind: 'downloaded', folder, entries: entries.length } as const;
        return { outcome, path: folder };
      },
    });
  }

  /**
   * Deletes bundles at the other end, one after the other, as one job. What was deleted is gone when a later one fails.
   *
   * @returns the job's id
   * @throws `reference-unknown`
   */
  remove(ids: readonly string[]): string {
    const entries = this.#findAll(ids);
    const { jobs, app, activity } = this.#ports;
    return jobs.start({
      kind: 'remove',
      subject: subjectOf(entries),
      about: entries.map(({ id }) => id),
      stage: 'list',
      run: async (job) => {
        const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
        let done = 0;
        for (const entry of entries) {
          if (job.signal?.aborted === true) throw new AppError('cancelled', {});
          const from = await this.#place(entry);
          await activity.during({ kind: 'delete', ...facts(entry) }, () =>
            app.deleteFromInbox(from, job),
          );
          this.#entries.delete(entry.id);
          done += entry.bytes;
          job.onProgress?.({ stage: 'list', bytes: done, total });
        }
        return { outcome: { kind: 'removed', entries: entries.length } };
      },
    });
  }

  async #download(entry: Entry, folder: string, job: Job): Promise<string> {
    const { app, activity } = this.#ports;
    const from = await this.#place(entry);
    const { location } = await activity.during(
      { kind: 'download', ...facts(entry) },
      async () => {
        for (let copy = 1; ; copy += 1) {
          try {
            return await app.fetch(from, folder, job, numbered(entry.name, copy));
          } catch (error) {
            // Two senders may call their bundles the same.
            if (!isAppError(error, 'output-exists') || copy === MAX_COPIES) throw error;
          }
        }
      },
      ({ sha256 }) => ({ sha256 }),
    );
    return location;
  }

  async #place(entry: Entry): Promise<Place> {
    const { place } = await this.#ports.connections.open(entry.connection);
    return { ...place, url: entry.location };
  }

  #entry(connection: string, { location, name, bytes, received }: InboxItem): Entry {
    const slash = name.lastIndexOf('/');
    const mac = createHmac('sha256', this.#key).update(JSON.stringify([connection, location]));
    return {
      id: mac.digest('base64url').slice(0, 22),
      connection,
      sender: slash < 0 ? '' : name.slice(0, slash),
      name: name.slice(slash + 1),
      bytes,
      received: received.toISOString(),
      location,
    };
  }

  /** What this machine did with a bundle. The size belongs to it: a bundle of the same name may have come since. */
  #statuses(): ReadonlyMap<string, InboxEntry['status']> {
    const statuses = new Map<string, InboxEntry['status']>();
    for (const { kind, location, bytes, result } of this.#ports.activity.list().reverse()) {
      if (location === undefined || bytes === undefined || result !== 'done') continue;
      const key = placeKey(location, bytes);
      if (kind === 'open') statuses.set(key, 'opened');
      else if (kind === 'download' && !statuses.has(key)) statuses.set(key, 'downloaded');
      else if (kind === 'delete') statuses.delete(key);
    }
    return statuses;
  }

  #find(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new AppError('reference-unknown', { kind: 'entry' });
    return entry;
  }

  #findAll(ids: readonly string[]): Entry[] {
    return Array.from(new Set(ids), (id) => this.#find(id));
  }
}

function facts({ name: bundle, location, bytes }: Entry): {
  bundle: string;
  location: string;
  bytes: number;
} {
  return { bundle, location, bytes };
}

function subjectOf(entries: readonly Entry[]): string {
  return entries.length === 1 ? (entries[0]?.name ?? '') : '';
}

function placeKey(location: string, bytes: number): string {
  return `${String(bytes)} ${location}`;
}

/** `bundle.tar.age` becomes `bundle (2).tar.age`. */
function numbered(name: string, copy: number): string {
  if (copy === 1) return name;
  const dot = name.search(/(?:\.tar)?\.[^.]+$/);
  const stem = dot > 0 ? dot : name.length;
  return `${name.slice(0, stem)} (${String(copy)})${name.slice(stem)}`;
}
