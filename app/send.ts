import { randomInt } from 'node:crypto';
import { MAX_NOTE_BYTES } from './archive/pack.ts';
import { AppError } from './contract/errors.ts';
import type { FormatId } from './contract/formats.ts';
import { checkCancelled, type Job } from './contract/job.ts';
import type { DocumentRecord, Placement } from './contract/records.ts';
import type { Destination } from './destinations/destination.ts';
import { collectChosen, type ChosenDocument } from './documents/chosen.ts';
import { collectDocuments, type Collection } from './documents/collect.ts';
import type { EngineName } from './envelope/engine.ts';
import type { Lock } from './envelope/envelope.ts';
import { DEFAULT_LOG_N } from './envelope/scrypt.ts';
import { nameProblem } from './files/names.ts';
import { ENDINGS, loadFormat } from './formats/formats.ts';
import { proven } from './formats/proof.ts';
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
  /** The kind of bundle; age unless given. */
  readonly format?: FormatId | undefined;
  /** Of a ZIP: hide the documents' names, by a ZIP inside the ZIP. */
  readonly hideNames?: boolean | undefined;
  readonly note?: string | undefined;
  /** scrypt's work factor, log2 of N. */
  readonly logN?: number | undefined;
  /** Forces one implementation of the cipher. */
  readonly engine?: EngineName | undefined;
  /** Reads the reader that a self-opening page begins with. */
  readonly pageTemplate?: (() => Promise<Uint8Array>) | undefined;
}

/** What proves that a bundle was sealed and where it lies. */
export interface SendReceipt extends Placement {
  /** The bundle's name. */
  readonly bundle: string;
  readonly format: FormatId;
  readonly documents: readonly DocumentRecord[];
  /** The operating system's litter that was not packed. */
  readonly leftOut: readonly string[];
  /** Only when Signet made it; it is kept nowhere else. */
  readonly generated?: GeneratedPassphrase;
}

/** With room for folders and Signet's own entries, within what `open` accepts unasked. */
export const MAX_DOCUMENTS = 50_000;

const NAME_CHARACTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * A name for a bundle that tells nothing about its sender: `bundle-` and six random characters.
 *
 * @param format - says how it ends
 */
export function defaultBundleName(format: FormatId = 'age'): string {
  const characters = Array.from(
    { length: 6 },
    () => NAME_CHARACTERS[randomInt(NAME_CHARACTERS.length)],
  );
  return `bundle-${characters.join('')}${ENDINGS[format]}`;
}

/** Endings that say already what a bundle is. */
const ENDS_WELL: Readonly<Record<FormatId, RegExp>> = {
  age: /\.age$/i,
  zip: /\.zip$/i,
  '7z': /\.7z$/i,
  html: /\.html?$/i,
};

/**
 * Completes a bundle's name with the ending that says what it is, by which other programs recognise it.
 *
 * @param name - as the person chose it
 * @param format - of the bundle; age unless given
 */
export function withEnding(name: string, format: FormatId = 'age'): string {
  return ENDS_WELL[format].test(name) ? name : `${name}${ENDINGS[format]}`;
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
 * The whole way out: documents, archive, envelope, destination, as one stream, re-opened as it goes by. Nothing but the destination
 * ever holds the bundle, and nothing at all holds the archive.
 *
 * @param request - what and how
 * @param to - where
 * @param job - reports `collect`, `derive`, `seal`, and what the destination reports
 * @throws `proof-failed` and the errors of every stage; nothing is left behind then
 */
export async function send(request: SendRequest, to: Destination, job: Job): Promise<SendReceipt> {
  const id = request.format ?? 'age';
  const bundle = checkedName(request.name ?? defaultBundleName(id));
  checkNote(request.note ?? '');
  job.onProgress?.({ stage: 'collect', bytes: 0 });
  const collection = await collect(request, job);
  if (collection.documents.length > MAX_DOCUMENTS)
    throw new AppError('too-many-documents', { limit: MAX_DOCUMENTS });
  const { lock, generated } = await prepareLock(request, id);
  await to.check(bundle, job);
  const format = await loadFormat(id);
  job.onProgress?.({ stage: 'derive', bytes: 0, total: collection.bytes });
  const { documents, emptyFolders, bytes } = collection;
  const sealing = await format.seal(
    {
      contents: { documents, emptyFolders, note: request.note },
      bytes,
      lock,
      hideNames: request.hideNames ?? false,
      engine: request.engine,
      pageTemplate: request.pageTemplate,
    },
    job,
  );
  const envelope = proven(format, sealing, documents);
  try {
    checkCancelled(job);
    const placement = await to.put(bundle, envelope, sealing.expectedBytes, job);
    return {
      bundle,
      format: id,
      ...placement,
      documents: sealing.documents,
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
  format: FormatId,
): Promise<{ lock: Lock; generated?: GeneratedPassphrase }> {
  const logN = request.logN ?? DEFAULT_LOG_N;
  switch (request.lock.kind) {
    case 'keys':
      if (format !== 'age') throw new AppError('format-needs-passphrase', { format });
      return { lock: request.lock };
    case 'own':
      await requireStrong(request.lock.passphrase, format);
      return { lock: { kind: 'passphrase', passphrase: request.lock.passphrase, logN } };
    case 'generated':
      return { lock: { kind: 'passphrase', passphrase: request.lock.passphrase, logN } };
    case 'generate': {
      const generated = await generatePassphrase(request.lock.words, format);
      return { lock: { kind: 'passphrase', passphrase: generated.passphrase, logN }, generated };
    }
  }
}
