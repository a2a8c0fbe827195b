import type { App } from '../app.ts';
import type { Job } from '../contract/job.ts';
import type { CommandInput } from '../contract/commands.ts';
import type { ReceiptView } from '../contract/views.ts';
import type { ActivityLog } from './activity.ts';
import type { Connections } from './connections.ts';
import type { Draft } from './draft.ts';
import type { Grants } from './grants.ts';
import type { Ended, Jobs } from './jobs.ts';
import { lockRequest, revealed } from './lock.ts';
import { emailTarget, type MailingPorts } from './mailing.ts';
import type { Receipts } from './receipts.ts';
import type { Staging } from './staging.ts';
import type { Sent, Target } from './target.ts';

/** What sealing needs. */
export interface SealingPorts extends MailingPorts {
  readonly app: App;
  readonly draft: Draft;
  readonly jobs: Jobs;
  readonly receipts: Receipts;
  readonly grants: Grants;
  readonly connections: Connections;
  readonly activity: ActivityLog;
  readonly staging: Staging;
}

/**
 * Seals the draft and sends it, as a job. When that ends well there is a receipt, and a new draft; else the draft is as it was.
 *
 * @param ports - what it works with
 * @param input - where to, and what beside the documents
 * @returns the job's id
 * @throws `reference-unknown`, `secret-missing`, `bundle-name`, `note-too-long`, `draft-busy`, `no-documents`, `documents-blocked`, and
 * of an email `email-address`, `email-no-recipients`, `email-passphrase-inside`
 */
export async function startSealing(
  ports: SealingPorts,
  { to, name: typed, note }: CommandInput<'seal'>,
): Promise<string> {
  const { app, draft, jobs, receipts, activity, passphrases } = ports;
  const bundle = app.nameBundle(typed?.trim() === '' ? undefined : typed?.trim(), draft.format);
  app.checkNote(note ?? '');
  const target = await targetOf(ports, to, bundle);
  const { documents, lock, format, hideNames, count } = draft.beginSealing();
  const passphrase = revealed(lock)?.passphrase;
  // At once: what fails on the way may have left a bundle there all the same.
  if (passphrase !== undefined) passphrases.remember(passphrase);
  let sealed = false;
  const seal = async (job: Job): Promise<Ended> => {
    const started = performance.now();
    const request = { documents, name: bundle, note, lock: lockRequest(lock), format, hideNames };
    const sent = await activity.during(
      { kind: 'send', bundle, documents: count },
      () => target.send(request, job),
      ({ receipt: { location, bytes, sha256 }, to: { kind }, went }) => ({
        // The staging folder is nobody's business; a bundle in it is known by its name.
        location: kind === 'download' ? bundle : (went ?? location),
        bytes,
        sha256,
      }),
    );
    sealed = true;
    const { path, messages, unsent } = sent;
    const view = {
      ...receiptFacts(sent),
      documents: count,
      at: new Date().toISOString(),
      took: Math.round(performance.now() - started),
    };
    const receipt = receipts.add({ view, lock, path, messages });
    if (unsent !== undefined) {
      const { location, error } = unsent;
      await activity.add({ kind: 'mail', bundle, location, result: 'failed', error: error.code });
    }
    const shown = to.kind === 'download' ? undefined : path;
    return { outcome: { kind: 'receipt', receipt }, path: shown };
  };
  const end = (): Promise<void> => draft.endSealing(sealed);
  return jobs.start({ kind: 'seal', subject: bundle, stage: 'collect', run: seal, end });
}

function receiptFacts({
  receipt: { bundle, bytes, sha256, location, format, verifiedBy },
  to,
}: Sent): Pick<
  ReceiptView,
  'bundle' | 'bytes' | 'sha256' | 'location' | 'format' | 'verifiedBy' | 'to'
> {
  const shown = to.kind === 'download' ? bundle : location;
  return { bundle, bytes, sha256, location: shown, format, verifiedBy, to };
}

async function targetOf(
  ports: SealingPorts,
  to: CommandInput<'seal'>['to'],
  bundle: string,
): Promise<Target> {
  const { app, grants, connections, staging } = ports;
  switch (to.kind) {
    case 'folder': {
      const { path: directory } = grants.findFolder(to.folder);
      return {
        send: async (request, job) => {
          const receipt = await app.seal(request, { directory }, job);
          return { receipt, to: { kind: 'folder' }, path: receipt.location };
        },
      };
    }
    case 's3': {
      const { place, id } = await connections.open(to.connection);
      return {
        send: async (request, job) => {
          const receipt = await app.send(request, place, job);
          return { receipt, to: { kind: 's3', connection: id } };
        },
      };
    }
    case 'download':
      return {
        send: async (request, job) => {
          const directory = await staging.makeFolder();
          try {
            const receipt = await app.seal(request, { directory }, job);
            return { receipt, to: { kind: 'download' }, path: receipt.location };
          } catch (error) {
            await staging.release(directory);
            throw error;
          }
        },
      };
    case 'email':
      return await emailTarget(ports, to, bundle);
  }
}
