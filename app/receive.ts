import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { unpackArchive } from './archive/unpack.ts';
import { NOTE_NAME, SUMS_NAME, verifySums } from './archive/sums.ts';
import { AppError } from './contract/errors.ts';
import { checkCancelled, untilCancelled, type Job } from './contract/job.ts';
import type {
  ArchiveEntry,
  ConflictPolicy,
  DocumentRecord,
  InboxItem,
  Placement,
  SumsOutcome,
} from './contract/records.ts';
import type { Destination } from './destinations/destination.ts';
import { listDocuments, stageDocuments } from './documents/restore.ts';
import type { EngineName } from './envelope/engine.ts';
import { loadEngine } from './envelope/load-engine.ts';
import {
  inspectEnvelope,
  openEnvelope,
  recogniseEnvelope,
  type EnvelopeSummary,
} from './envelope/envelope.ts';
import { bundleReadError } from './files/fs-errors.ts';
import { readPieces } from './files/read-pieces.ts';
import type { Inbox } from './inbox/inbox.ts';
import { startDigest } from './digest/digest.ts';
import { passphraseReadings } from './passphrase/entry.ts';

/** More entries than this, and somebody wants to fill a disk with names. */
const DEFAULT_MAX_ENTRIES = 100_000;
/** Enough to recognise a bundle by. */
const HEAD_BYTES = 512;

const OWN_ENTRIES: ReadonlySet<string> = new Set([NOTE_NAME, SUMS_NAME]);

/** What is to be opened, and how. */
export interface OpenRequest {
  /** The bundle's path. */
  readonly path: string;
  /** What the bundle is called where its path does not say it. */
  readonly name?: string | undefined;
  /** As typed; every sensible reading of it is tried. */
  readonly passphrase?: string | undefined;
  /** Identities, `AGE-SECRET-KEY-…`. */
  readonly identities?: readonly string[] | undefined;
  /** Where to; absent to list only. */
  readonly into?: { readonly directory: string; readonly onConflict: ConflictPolicy } | undefined;
  readonly maxEntries?: number | undefined;
  readonly maxLogN?: number | undefined;
  readonly engine?: EngineName | undefined;
}

/** One document that was opened. */
export interface OpenedDocument extends DocumentRecord {
  /** Its name within the target folder, where a conflict changed it; `null` where it was skipped. */
  readonly placedAs?: string | null;
}

/** What came out of a bundle. */
export interface OpenedBundle {
  readonly documents: readonly OpenedDocument[];
  /** The sender's note. */
  readonly note?: string;
  /** Whether every document equals the SHA-256 that the sender recorded. The bundle as a whole is intact in any case. */
  readonly verified: boolean;
  /**
   * What opened it, and so what being intact proves: a passphrase bundle was made by somebody who knows the passphrase; a key
   * bundle may have been made by anyone who has seen the public half.
   */
  readonly openedBy: 'passphrase' | 'key';
  readonly sums: SumsOutcome;
}

/** What the header of a bundle says. */
export interface RecognisedBundle extends EnvelopeSummary {
  /** Size in bytes. */
  readonly bytes: number;
}

/** What can be said of a bundle without opening it. */
export interface InspectedBundle extends RecognisedBundle {
  readonly sha256: string;
}

interface BundleFile {
  readonly bytes: number;
  readonly modified: Date;
  readonly content: AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/**
 * The whole way in: file, envelope, archive, documents. Documents get their names only when the last authentication tag and
 * every checksum were found good.
 *
 * @param request - what and how
 * @param job - reports `derive`, `open`, `place`
 * @throws the errors of every stage; nothing is left behind then
 */
export async function openBundle(request: OpenRequest, job: Job): Promise<OpenedBundle> {
  const engine = await loadEngine(request.engine);
  const file = await openFile(request.path);
  try {
    job.onProgress?.({ stage: 'derive', bytes: 0, total: file.bytes });
    const opening = openEnvelope(engine, counted(file, job), {
      passphrases: request.passphrase === undefined ? [] : passphraseReadings(request.passphrase),
      identities: request.identities ?? [],
      ...(request.maxLogN === undefined ? {} : { maxLogN: request.maxLogN }),
    });
    const plaintext = await untilCancelled(job, opening, (late) => void late.return?.());
    const unpacked = await unpackArchive(plaintext, request.maxEntries ?? DEFAULT_MAX_ENTRIES);
    const by = await openedBy(request);
    const restored =
      unpacked.kind === 'archive'
        ? await restore(unpacked.entries, OWN_ENTRIES, request, job)
        : // The only document may well be called like an entry of Signet's own.
          await restore(
            singleFile(request.name ?? basename(request.path), file, unpacked.content),
            new Set(),
            request,
            job,
          );
    return { ...restored, openedBy: by };
  } finally {
    await file.close();
  }
}

/** By the specification, a passphrase opens a bundle alone or not at all. */
async function openedBy({
  path,
  passphrase,
  identities,
}: OpenRequest): Promise<'passphrase' | 'key'> {
  if (passphrase === undefined) return 'key';
  if (identities === undefined || identities.length === 0) return 'passphrase';
  const file = await openFile(path);
  const { logN } = await inspectEnvelope(file.content).finally(() => file.close());
  return logN === undefined ? 'key' : 'passphrase';
}

type Restored = Omit<OpenedBundle, 'openedBy'>;

async function restore(
  entries: AsyncIterable<ArchiveEntry>,
  wantTexts: ReadonlySet<string>,
  { into, maxEntries }: OpenRequest,
  job: Job,
): Promise<Restored> {
  const options = { wantTexts, maxNames: maxEntries ?? DEFAULT_MAX_ENTRIES };
  if (into === undefined) {
    const { documents, texts } = await listDocuments(entries, options, job);
    return judge(documents, texts);
  }
  const staged = await stageDocuments(entries, { ...into, ...options }, job);
  try {
    const judged = judge(staged.documents, staged.texts);
    const placed = await staged.place();
    return {
      ...judged,
      documents: judged.documents.map((document) => {
        const placedAs = placed.get(document.name) ?? null;
        return placedAs === document.name ? document : { ...document, placedAs };
      }),
    };
  } finally {
    await staged.discard();
  }
}

/** Tells Signet's own two entries, by their name and place, from the documents, and compares the sums. */
function judge(entries: readonly DocumentRecord[], texts: ReadonlyMap<string, string>): Restored {
  const hasSums = entries.at(-1)?.name === SUMS_NAME;
  const summed = hasSums ? entries.slice(0, -1) : entries;
  const sums = verifySums(hasSums ? texts.get(SUMS_NAME) : undefined, summed);
  const note = entries[0]?.name === NOTE_NAME ? texts.get(NOTE_NAME) : undefined;
  const own = sums === 'absent' ? entries : summed;
  return {
    documents: note === undefined ? own : own.slice(1),
    ...(note === undefined ? {} : { note }),
    verified: sums === 'matched',
    sums,
  };
}

/** A payload that is no archive is one document, named after the bundle. */
async function* singleFile(
  bundle: string,
  file: BundleFile,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<ArchiveEntry, void, undefined> {
  const name = /.\.age$/i.test(bundle) ? bundle.slice(0, -'.age'.length) : `${bundle}.opened`;
  yield await Promise.resolve({
    kind: 'file',
    name: name.normalize('NFC'),
    bytes: file.bytes,
    modified: file.modified,
    content,
  });
}

async function openFile(path: string): Promise<BundleFile> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw bundleReadError(error, path);
  });
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) throw new AppError('not-a-bundle', { path, found: 'folder' });
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
    if (bytesRead === 0) throw new AppError('not-a-bundle', { path, found: 'empty' });
    if (recogniseEnvelope(head.subarray(0, bytesRead)) === 'other')
      throw new AppError('not-a-bundle', { path, found: 'other' });
    return {
      bytes: stats.size,
      modified: stats.mtime,
      content: readPieces(handle, stats.size),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw bundleReadError(error, path);
  }
}

async function* counted(file: BundleFile, job: Job): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const piece of file.content) {
    checkCancelled(job);
    yield piece;
    bytes += piece.byteLength;
    job.onProgress?.({ stage: 'open', bytes, total: file.bytes });
  }
}

/**
 * Reads the header of a bundle, and nothing behind it.
 *
 * @param path - the bundle
 * @throws `bundle-missing`, `bundle-unreadable`, `not-a-bundle`, `bundle-damaged` in the header
 */
export async function recogniseBundle(path: string): Promise<RecognisedBundle> {
  const file = await openFile(path);
  const summary = await inspectEnvelope(file.content).finally(() => file.close());
  return { ...summary, bytes: file.bytes };
}

/**
 * Says what a bundle is without opening it.
 *
 * @param path - the bundle
 * @param job - may be cancelled
 * @throws `bundle-missing`, `bundle-unreadable`, `not-a-bundle`, `bundle-damaged` in the header
 */
export async function inspectBundle(path: string, job: Job): Promise<InspectedBundle> {
  const recognised = await recogniseBundle(path);
  const file = await openFile(path);
  const digest = startDigest(file.bytes);
  try {
    for await (const piece of counted(file, job)) await digest.update(piece);
    return { ...recognised, bytes: file.bytes, sha256: await digest.finish() };
  } finally {
    digest.abandon();
    await file.close();
  }
}

/**
 * Lists an inbox.
 *
 * @param inbox - where
 * @param job - may be cancelled
 */
export function listInbox(inbox: Inbox, job: Job): Promise<InboxItem[]> {
  job.onProgress?.({ stage: 'list', bytes: 0 });
  return inbox.list(job);
}

/**
 * Fetches a bundle from an inbox, as it is, sealed.
 *
 * @param inbox - where from
 * @param name - as the inbox lists it
 * @param to - where to
 * @param job - reports `fetch`
 * @param as - its name there; the one that it has unless given
 */
export async function fetchBundle(
  inbox: Inbox,
  name: string,
  to: Destination,
  job: Job,
  as?: string,
): Promise<Placement> {
  const last = as ?? basename(name);
  await to.check(last, job);
  const fetched = await inbox.fetch(name, job);
  async function* content(): AsyncGenerator<Uint8Array, void, undefined> {
    let bytes = 0;
    for await (const piece of fetched.content) {
      yield piece;
      bytes += piece.byteLength;
      job.onProgress?.({ stage: 'fetch', bytes, total: fetched.bytes });
    }
  }
  const placement = await to.put(last, content(), fetched.bytes, job);
  return { ...placement, verifiedBy: [...fetched.evidence(), ...placement.verifiedBy] };
}
