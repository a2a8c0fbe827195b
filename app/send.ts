import { randomInt } from 'node:crypto';
import { MAX_NOTE_BYTES, packArchive } from './archive/pack.ts';
import { AppError } from './contract/errors.ts';
import { checkCancelled, untilCancelled, type Job } from './contract/job.ts';
import type { DocumentRecord, Placement } from './contract/records.ts';
import type { Destination } from './destinations/destination.ts';
import { collectChosen, type ChosenDocument } from './documents/chosen.ts';
import { collectDocuments, type Collection } from './documents/collect.ts';
import type { EngineName } from './envelope/engine.ts';
import { loadEngine } from './envelope/load-engine.ts';
import { sealEnvelope, type Lock } from './envelope/envelope.ts';
import { sealedSize } from './envelope/payload.ts';
import { DEFAULT_LOG_N } from './envelope/scrypt.ts';
import { nameProblem } from './files/names.ts';
import { generatePassphrase, type GeneratedPassphrase } from './passphrase/generate.ts';
import { requireStrong } from './passphrase/strength.ts';

/** How the person wants the bundle locked. */
export type LockRequest =
  | { readonly kind: 'generate'; readonly words?: number | undefined }
  /** A passphrase that `generatePassphrase` made before; it is not measured, because its strength is known. */
  | { readonly kind: 'generated'; readonly passphrase: string }
  | { readonly kind: 'own'; readonly passphrase: string }
  | { readonly kind: 'keys'; readonly recipients: readonly string[] };

/** What is to be sealed, and how. */
export interface SendRequest {
  /** Files and folders, a folder with everything in it. */
  readonly paths?: readonly string[] | undefined;
  /** Instead of `paths`: exactly these documents, each under its own name. */
  readonly documents?: readonly ChosenDocument[] | undefined;
  /** The bundle's file name, used as it is; by default one that tells nothing. */
  readonly name?: string | undefined;
  readonly lock: LockRequest;
  readonly note?: string | undefined;
  /** scrypt's work factor, log2 of N. */
  readonly logN?: number | undefined;
  /** Forces one implementation of the cipher. */
  readonly engine?: EngineName | undefined;
}

/** What proves that a bundle was sealed and where it lies. */
export interface SendReceipt extends Placement {
  /** The bundle's name. */
  readonly bundle: string;
  readonly documents: readonly DocumentRecord[];
  /** The operating system's litter that was not packed. */
  readonly leftOut: readonly string[];
  /** Only when Signet made it; it is kept nowhere else. */
  readonly generated?: GeneratedPassphrase;
}

/** With room for folders and Signet's own entries, within what `open` accepts unasked. */
export const MAX_DOCUMENTS = 50_000;

const NAME_CHARACTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A name for a bundle that tells nothing about its sender: `bundle-` and six random characters. */
export function defaultBundleName(): string {
  const characters = Array.from(
    { length: 6 },
    () => NAME_CHARACTERS[randomInt(NAME_CHARACTERS.length)],
  );
  return `bundle-${characters.join('')}.tar.age`;
}

/**
 * Completes a bundle's name with the ending that says what it is.
 *
 * @param name - as the person chose it
 * @returns the name, with `.tar.age` unless it ended with `.age`
 */
export function withEnding(name: string): string {
  return /\.age$/i.test(name) ? name : `${name}.tar.age`;
}

/**
 * Refuses a name under which no bundle can lie.
 *
 * @param name - a file name
 * @returns the name
 * @throws `bundle-name`
 */
export function checkedName(name: string): string {
  const problem = name.includes('/') ? 'absolute' : nameProblem(name);
  if (problem !== undefined) throw new AppError('bundle-name', { name, problem });
  return name;
}

/**
 * Refuses a note that is too long to be shown whole.
 *
 * @param note - the sender's
 * @throws `note-too-long`
 */
export function checkNote(note: string): void {
  const bytes = Buffer.byteLength(note);
  if (bytes > MAX_NOTE_BYTES) throw new AppError('note-too-long', { bytes, limit: MAX_NOTE_BYTES });
}

/**
 * The whole way out: documents, archive, envelope, destination, as one stream. Nothing but the destination ever holds the bundle,
 * and nothing at all holds the archive.
 *
 * @param request - what and how
 * @param to - where
 * @param job - reports `collect`, `derive`, `seal`, and what the destination reports
 * @throws the errors of every stage; nothing is left behind then
 */
export async function send(request: SendRequest, to: Destination, job: Job): Promise<SendReceipt> {
  const bundle = checkedName(request.name ?? defaultBundleName());
  checkNote(request.note ?? '');
  job.onProgress?.({ stage: 'collect', bytes: 0 });
  const collection = await collect(request, job);
  if (collection.documents.length > MAX_DOCUMENTS)
    throw new AppError('too-many-documents', { limit: MAX_DOCUMENTS });
  const { lock, generated } = await prepareLock(request);
  await to.check(bundle, job);
  const engine = await loadEngine(request.engine);
  job.onProgress?.({ stage: 'derive', bytes: 0, total: collection.bytes });
  const archive = packArchive({ ...collection, note: request.note }, job);
  const sealing = sealEnvelope(engine, lock, archive.bytes);
  const envelope = await untilCancelled(job, sealing, (late) => void late.return?.());
  try {
    checkCancelled(job);
    const placement = await to.put(bundle, envelope, expectedSize(collection), job);
    return {
      bundle,
      ...placement,
      documents: archive.documents,
      leftOut: collection.leftOut,
      ...(generated === undefined ? {} : { generated }),
    };
  } finally {
    await envelope.return?.();
  }
}

async function collect({ documents, paths }: SendRequest, job: Job): Promise<Collection> {
  if (documents !== undefined) return collectChosen(documents, job);
  // One of them there has to be; who calls without any has a defect.
  if (paths === undefined) throw new AppError('internal', {});
  return await collectDocuments(paths, job);
}

async function prepareLock(
  request: SendRequest,
): Promise<{ lock: Lock; generated?: GeneratedPassphrase }> {
  const logN = request.logN ?? DEFAULT_LOG_N;
  switch (request.lock.kind) {
    case 'keys':
      return { lock: request.lock };
    case 'own':
      await requireStrong(request.lock.passphrase);
      return { lock: { kind: 'passphrase', passphrase: request.lock.passphrase, logN } };
    case 'generated':
      return { lock: { kind: 'passphrase', passphrase: request.lock.passphrase, logN } };
    case 'generate': {
      const generated = await generatePassphrase(request.lock.words);
      return { lock: { kind: 'passphrase', passphrase: generated.passphrase, logN }, generated };
    }
  }
}

/** Headers, padding and checksums make about 2 KiB for each document. */
function expectedSize({ bytes, documents }: Collection): number {
  return sealedSize(bytes + documents.length * 2048 + 16 * 1024);
}
