import type { App, SendReceipt } from '../app.ts';
import type { Job } from '../contract/job.ts';
import type { CommandInput } from '../contract/commands.ts';
import type { ReceiptView } from '../contract/views.ts';
import type { ActivityLog } from './activity.ts';
import type { Connections } from './connections.ts';
import type { Draft } from './draft.ts';
import type { Grants } from './grants.ts';
import type { Ended, Jobs } from './jobs.ts';
import { lockRequest } from './lock.ts';
import type { Receipts } from './receipts.ts';
import type { Staging } from './staging.ts';

/** What sealing needs. */
export interface SealingPorts {
  readonly app: App;
  readonly draft: Draft;
  readonly jobs: Jobs;
  readonly receipts: Receipts;
  readonly grants: Grants;
  readonly connections: Connections;
  readonly activity: ActivityLog;
  readonly staging: Staging;
}

/** A place, ready to be sent to. */
interface Target {
  readonly to: ReceiptView['to'];
  send(request: Parameters<App['seal']>[0], job: Job): Promise<SendReceipt>;
}

/**
 * Seals the draft and sends it, as a job. When that ends well there is a receipt, and a new draft; else the draft is as it was.
 *
 * @param ports - what it works with
 * @param input - where to, and what beside the documents
 * @returns the job's id
 * @throws `reference-unknown`, `secret-missing`, `bundle-name`, `note-too-long`, `draft-busy`, `no-documents`, `documents-blocked`
 */
export async function startSealing(
  ports: SealingPorts,
  { to, name: typed, note }: CommandInput<'seal'>,
): Promise<string> {
  const { app, draft, jobs, receipts, activity } = ports;
  const target = await targetOf(ports, to);
  const bundle = app.nameBundle(typed?.trim() === '' ? undefined : typed?.trim());
  app.checkNote(note ?? '');
  const { documents, lock, count } = draft.beginSealing();
  let sealed = false;
  const seal = async (job: Job): Promise<Ended> => {
    const started = performance.now();
    const request = { documents, name: bundle, note, lock: lockRequest(lock) };
    const { view, path } = await activity.during(
      { kind: 'send', bundle, documents: count },
      async () => {
        const sent = await target.send(request, job);
        const { bytes, sha256, verifiedBy } = sent;
        // The staging folder is nobody's business; a bundle in it is known by its name.
        const location = to.kind === 'download' ? sent.bundle : sent.location;
        const facts = { bundle: sent.bundle, location, bytes, sha256, documents: count };
        const at = new Date().toISOString();
        const took = Math.round(performance.now() - started);
        const view = { ...facts, at, verifiedBy, to: target.to, took };
        return { view, path: to.kind === 's3' ? undefined : sent.location };
      },
      ({ view: { location, bytes, sha256 } }) => ({ location, bytes, sha256 }),
    );
    sealed = true;
    const receipt = receipts.add({ view, lock, path });
    const outcome = { kind: 'receipt', receipt } as const;
    return { outcome, path: to.kind === 'folder' ? path : undefined };
  };
  const end = (): Promise<void> => draft.endSealing(sealed);
  return jobs.start({ kind: 'seal', subject: bundle, stage: 'collect', run: seal, end });
}

async function targetOf(
  { app, grants, connections, staging }: SealingPorts,
  to: CommandInput<'seal'>['to'],
): Promise<Target> {
  switch (to.kind) {
    case 'folder': {
      const { path: directory } = grants.findFolder(to.folder);
      return {
        to: { kind: 'folder' },
        send: (request, job) => app.seal(request, { directory }, job),
      };
    }
    case 's3': {
      const { place, id } = await connections.open(to.connection);
      return {
        to: { kind: 's3', connection: id },
        send: (request, job) => app.send(request, place, job),
      };
    }
    case 'download':
      return {
        to: { kind: 'download' },
        send: async (request, job) => {
          const directory = await staging.makeFolder();
          return await app.seal(request, { directory }, job).catch(async (error: unknown) => {
            await staging.release(directory);
            throw error;
          });
        },
      };
  }
}
