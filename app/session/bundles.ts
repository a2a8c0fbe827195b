import { basename } from 'node:path';
import type { App, OpenedBundle, OpenRequest } from '../app.ts';
import { AppError } from '../contract/errors.ts';
import type { ExpansionLimits } from '../contract/formats.ts';
import type { ConflictPolicy, DocumentRecord } from '../contract/records.ts';
import type { BundleView, OpenedView } from '../contract/views.ts';
import { isVolumeName, parseVolumeName } from '../files/volume-names.ts';
import type { ActivityLog, Attempt } from './activity.ts';
import { newId } from './ids.ts';
import type { Jobs, Work } from './jobs.ts';
import type { Notices } from './notices.ts';
import type { Staging } from './staging.ts';
import { toldByName } from './told-by-name.ts';

/** What opens a bundle: a passphrase as typed, a file with identities, or nothing where nothing locks it. */
export type Key =
  | { readonly passphrase: string }
  | { readonly identityFile: Candidate }
  | { readonly nothing: true };

/** For a person who knows that much more may come out than it seems. */
const UNLIMITED: ExpansionLimits = {
  maxBytes: Number.MAX_SAFE_INTEGER,
  maxRatio: Number.MAX_SAFE_INTEGER,
  harmlessBytes: Number.MAX_SAFE_INTEGER,
};

/** A file that may be a bundle. */
export interface Candidate {
  readonly path: string;
  /** What the person calls it; the last part of the path unless given. */
  readonly name?: string | undefined;
  /** A copy of Signet's own, removed when nothing needs it any more. */
  readonly staged: boolean;
  /** The folder that was made for the copies of its volumes, removed with them. */
  readonly folder?: string | undefined;
  /** The inbox entry that it was fetched from, and where that lies. */
  readonly entry?: { readonly id: string; readonly location: string } | undefined;
}

/** What a bundle was opened with, as the core takes it. */
type Secret = Pick<OpenRequest, 'passphrase' | 'identities'>;

interface Held extends Candidate {
  readonly view: Omit<BundleView, 'opened'>;
  /** Jobs that still need the file. */
  users: number;
  closed: boolean;
  /** The one attempt to open it that still counts. */
  attempt: { job?: string } | undefined;
  opened: Opened | undefined;
}

interface Opened {
  readonly secret: Secret;
  readonly limits: ExpansionLimits | undefined;
  readonly view: OpenedView;
  readonly documents: readonly DocumentRecord[];
}

/** What the Open screen works with. */
export interface BundlePorts {
  readonly app: App;
  readonly jobs: Jobs;
  readonly notices: Notices;
  readonly staging: Staging;
  readonly activity: ActivityLog;
}

/** The bundle on the Open screen, and what opened it, which is kept in memory for saving. */
export class Bundles {
  readonly #ports: BundlePorts;
  #held: Held | undefined;

  /** @param ports - what it works with */
  constructor(ports: BundlePorts) {
    this.#ports = ports;
  }

  /** As the screen sees it. */
  view(): BundleView | null {
    if (this.#held === undefined) return null;
    const { view, opened } = this.#held;
    return opened === undefined ? view : { ...view, opened: opened.view };
  }

  /**
   * Puts a bundle on the screen, in the place of another. Only its header is read.
   *
   * @param candidate - the file
   * @throws `bundle-missing`, `bundle-unreadable`, `not-a-bundle`, `bundle-damaged` in the header
   */
  async take(candidate: Candidate): Promise<BundleView> {
    const { path, entry, folder } = candidate;
    const { app, staging } = this.#ports;
    const summary = await toldByName(candidate, () => app.recognise(path)).catch(
      async (error: unknown) => {
        if (folder !== undefined) await staging.release(folder);
        throw error;
      },
    );
    const { format, bytes, lockedWith, derivation, names } = summary;
    const view: BundleView = {
      id: newId(),
      name: nameOf(candidate),
      format,
      bytes,
      lockedWith,
      derivation,
      names,
      opensWith: app.opensWith(summary),
      ...(entry === undefined ? {} : { entry: entry.id, location: entry.location }),
    };
    const before = this.#held;
    const fresh = { users: 0, closed: false, attempt: undefined, opened: undefined };
    this.#held = { ...candidate, view, ...fresh };
    this.#ports.notices.changed();
    if (before !== undefined) await this.#putAway(before);
    return view;
  }

  /**
   * Opens the bundle without writing anything, as a job: documents are listed, and everything is verified.
   *
   * @param unlimited - whether any amount may come out of it
   * @returns the job's id
   * @throws `reference-unknown`; `passphrase-needed`, `key-needed` where something locks it and nothing was given
   */
  unlock(id: string, key: Key, unlimited = false): string {
    const held = this.#find(id);
    if ('nothing' in key && held.view.lockedWith !== 'nothing') throw lockedError(held);
    const limits = unlimited ? UNLIMITED : undefined;
    this.#stopUnlocking(held);
    const { app, activity, notices } = this.#ports;
    const attempt: { job?: string } = {};
    held.attempt = attempt;
    attempt.job = this.#start(held, {
      kind: 'unlock',
      subject: held.view.name,
      stage: 'derive',
      run: async (job) => {
        const open = async (): Promise<Opened> => {
          const secret = await this.#secretOf(key);
          const request = { path: held.path, name: held.view.name, limits, ...secret };
          const bundle = await toldByName(held, () => app.open(request, job));
          // Closed or forgotten meanwhile, and too late for the job to be cancelled.
          if (held.attempt !== attempt) throw new AppError('cancelled', {});
          const documents = bundle.documents.map(plainRecord);
          return { secret, limits, view: openedView(bundle), documents };
        };
        held.opened = await activity.during(happening('open', held), open, ({ view }) => ({
          documents: view.documents,
        }));
        notices.changed();
        return { outcome: { kind: 'opened', bundle: id } };
      },
    });
    return attempt.job;
  }

  /**
   * The documents in it.
   *
   * @throws `reference-unknown`; `passphrase-needed`, `key-needed` when it is not open
   */
  documents(id: string): readonly DocumentRecord[] {
    return opened(this.#find(id)).documents;
  }

  /**
   * Saves the documents into a folder, as a job: all of them, or none.
   *
   * @returns the job's id
   * @throws `reference-unknown`; `passphrase-needed`, `key-needed` when it is not open
   */
  save(id: string, directory: string, onConflict: ConflictPolicy): string {
    const held = this.#find(id);
    // Its own from now on, whatever is forgotten meanwhile.
    const { secret, limits } = opened(held);
    const { app, activity } = this.#ports;
    return this.#start(held, {
      kind: 'save',
      subject: held.view.name,
      stage: 'derive',
      run: async (job) => {
        const request = {
          path: held.path,
          name: held.view.name,
          limits,
          ...secret,
          into: { directory, onConflict },
        };
        const { documents } = await activity.during(
          happening('save', held),
          () => toldByName(held, () => app.open(request, job)),
          (bundle) => ({ documents: bundle.documents.length }),
        );
        const skipped = documents.filter(({ placedAs }) => placedAs === null).length;
        const placed = documents.length - skipped;
        const outcome = { kind: 'saved', bundle: id, folder: directory, placed, skipped } as const;
        return { outcome, path: directory };
      },
    });
  }

  /**
   * Takes the bundle off the screen and forgets what opened it.
   *
   * @throws `reference-unknown`
   */
  async close(id: string): Promise<void> {
    const held = this.#find(id);
    this.#held = undefined;
    this.#ports.notices.changed();
    await this.#putAway(held);
  }

  /** Forgets what opened the bundle, and what was found in it. The bundle itself stays, locked. */
  forgetSecrets(): void {
    if (this.#held === undefined) return;
    this.#stopUnlocking(this.#held);
    this.#held.opened = undefined;
    this.#ports.notices.changed();
  }

  #find(id: string): Held {
    if (this.#held?.view.id !== id) throw new AppError('reference-unknown', { kind: 'bundle' });
    return this.#held;
  }

  #start(held: Held, work: Work): string {
    held.users += 1;
    const end = async (): Promise<void> => {
      held.users -= 1;
      await this.#release(held);
    };
    return this.#ports.jobs.start({ ...work, about: [held.view.id], end });
  }

  #stopUnlocking(held: Held): void {
    const job = held.attempt?.job;
    held.attempt = undefined;
    if (job !== undefined) this.#ports.jobs.stop(job);
  }

  async #secretOf(key: Key): Promise<Secret> {
    if ('nothing' in key) return {};
    if ('passphrase' in key) return key;
    const file = key.identityFile;
    const pairs = await toldByName(file, () => this.#ports.app.readIdentities(file.path));
    return { identities: pairs.map(({ identity }) => identity) };
  }

  async #putAway(held: Held): Promise<void> {
    held.closed = true;
    this.#stopUnlocking(held);
    held.opened = undefined;
    await this.#release(held);
  }

  async #release(held: Held): Promise<void> {
    const needed = !held.closed || held.users > 0 || this.#held?.path === held.path;
    if (held.staged && !needed) await this.#ports.staging.release(held.folder ?? held.path);
  }
}

function opened(held: Held): Opened {
  if (held.opened !== undefined) return held.opened;
  throw lockedError(held);
}

function lockedError({ view }: Held): AppError {
  return new AppError(view.lockedWith === 'keys' ? 'key-needed' : 'passphrase-needed', {});
}

/** A volume stands for all of them. */
function nameOf({ name, path }: Candidate): string {
  const last = basename(name ?? path);
  return isVolumeName(basename(path)) ? (parseVolumeName(last)?.base ?? last) : last;
}

function happening(kind: 'open' | 'save', { view, path, staged, entry }: Held): Attempt {
  const location = entry?.location ?? (staged ? undefined : path);
  return {
    kind,
    bundle: view.name,
    bytes: view.bytes,
    ...(location === undefined ? {} : { location }),
  };
}

function openedView(bundle: OpenedBundle): OpenedView {
  const { documents, note, verified, sums, openedBy, authenticated, warnings } = bundle;
  return {
    documents: documents.length,
    bytes: documents.reduce((sum, { bytes }) => sum + bytes, 0),
    verified,
    sums,
    openedBy,
    authenticated,
    warnings,
    ...(note === undefined ? {} : { note }),
  };
}

function plainRecord({ name, bytes, sha256 }: DocumentRecord): DocumentRecord {
  return { name, bytes, sha256 };
}
