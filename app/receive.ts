import { basename } from 'node:path';
import { NOTE_NAME, SUMS_NAME, verifySums } from './archive/sums.ts';
import { AppError, isAppError } from './contract/errors.ts';
import type { BundleSummary, ExpansionLimits, FormatId, OpenWarning } from './contract/formats.ts';
import { untilCancelled, type Job } from './contract/job.ts';
import type {
  ArchiveEntry,
  Authenticated,
  ConflictPolicy,
  DocumentRecord,
  InboxItem,
  Placement,
  SumsOutcome,
} from './contract/records.ts';
import type { Destination } from './destinations/destination.ts';
import { listDocuments, stageDocuments } from './documents/restore.ts';
import type { EngineName } from './envelope/engine.ts';
import { openBundleFile, type BundleFile } from './files/bundle-file.ts';
import { bundleReadError } from './files/fs-errors.ts';
import { watchReading } from './files/watch-reading.ts';
import { isVolumeName } from './files/volume-names.ts';
import { openVolumes, volumeAfter, volumeAt } from './files/volumes.ts';
import type { BundleFormat, Opening } from './formats/format.ts';
import { recogniseFormat } from './formats/formats.ts';
import type { Inbox } from './inbox/inbox.ts';
import { startDigest } from './digest/digest.ts';
import { passphraseReadings } from './passphrase/entry.ts';

/** More entries than this, and somebody wants to fill a disk with names. */
const DEFAULT_MAX_ENTRIES = 100_000;
/** Enough to recognise a bundle by. */
const HEAD_BYTES = 512;
/** What a person who opens an application expects at most; more only when they say so. */
/** A blank page of a scan, or a table of zeros, is packed a thousand times smaller than it is. */
const DEFAULT_LIMITS: ExpansionLimits = {
  maxBytes: 64 * 2 ** 30,
  maxRatio: 200,
  harmlessBytes: 256 * 2 ** 20,
};

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
  /** How much may come out of a compressed bundle. */
  readonly limits?: Partial<ExpansionLimits> | undefined;
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
  /** Whether every document equals the SHA-256 that the sender recorded. */
  readonly verified: boolean;
  /**
   * What opened it, and so what being authentic proves: a passphrase bundle was made by somebody who knows the passphrase; a key
   * bundle may have been made by anyone who has seen the public half; what nothing locked, by anyone.
   */
  readonly openedBy: 'passphrase' | 'key' | 'nothing';
  /** What its format protects; every document, name and all, is protected by matching sums within what is. */
  readonly authenticated: Authenticated;
  readonly sums: SumsOutcome;
  readonly warnings: readonly OpenWarning[];
}

/** What can be said of a bundle without opening it, and its SHA-256. */
export interface InspectedBundle extends BundleSummary {
  readonly sha256: string;
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
  const file = await openFile(request.path);
  const { watched, position } = watchReading(file, job);
  let format: BundleFormat | undefined;
  let opening: Opening | undefined;
  try {
    format = await recognise(file);
    job.onProgress?.({ stage: 'derive', bytes: 0, total: file.bytes });
    const maxEntries = request.maxEntries ?? DEFAULT_MAX_ENTRIES;
    const unlock = {
      passphrases: request.passphrase === undefined ? [] : passphraseReadings(request.passphrase),
      identities: request.identities ?? [],
      ...(request.maxLogN === undefined ? {} : { maxLogN: request.maxLogN }),
    };
    const limits = { ...DEFAULT_LIMITS, ...request.limits };
    const work = format.open(watched, { unlock, maxEntries, limits, engine: request.engine }, job);
    opening = await untilCancelled(job, work, (late) => void late.close());
    try {
      const restored = await restorePayload(opening, file, request, job);
      const { openedBy, authenticated, warnings } = opening;
      return { ...restored, openedBy, authenticated, warnings };
    } finally {
      await opening.close();
    }
  } catch (error) {
    const at = { position: position(), format: format?.id, rangeOf: opening?.rangeOf };
    throw await namingVolume(error, file, at);
  } finally {
    await file.close();
  }
}

/** How far a bundle was read before it failed. */
interface Failed {
  readonly position: number;
  readonly format: FormatId | undefined;
  readonly rangeOf: Opening['rangeOf'];
}

/** Volumes carry nothing of their own: which of them does not belong here shows only by where the bundle stops being authentic. */
async function namingVolume(error: unknown, file: BundleFile, at: Failed): Promise<unknown> {
  const next = volumeAfter(file);
  if (next === undefined) return error;
  if (isAppError(error, 'not-a-bundle') && (await beginsElsewhere(file)))
    return new AppError('volume-wrong', { name: volumeAt(file, 0) }, error);
  if (!isAppError(error, 'bundle-damaged')) return error;
  if (endsTooEarly(error, file, at.position))
    return new AppError('volume-missing', { name: next }, error);
  const { start, end } = suspect(error.data.name, file, at);
  const [name, last] = [volumeAt(file, start), volumeAt(file, end - 1)];
  return new AppError('volume-wrong', name === last ? { name } : { name, last }, error);
}

/** Where what is wrong may lie: archives are authentic by the document, and a 7z only as a whole. */
function suspect(
  name: string | undefined,
  { bytes }: BundleFile,
  { format, position, rangeOf }: Failed,
): { readonly start: number; readonly end: number } {
  if (format === '7z') return { start: 0, end: bytes };
  const range = name === undefined ? undefined : rangeOf?.(name);
  return range ?? { start: position, end: position + 1 };
}

/** Whether the first volume lies in the place of another. */
async function beginsElsewhere(file: BundleFile): Promise<boolean> {
  let start = 0;
  for (const part of file.parts) {
    const head = await file.read(start, HEAD_BYTES).catch(() => new Uint8Array());
    if (start > 0 && (await recogniseFormat(head)) !== undefined) return true;
    start += part.bytes;
  }
  return false;
}

/** A last volume is nearly always shorter than the others; where it is not and the end is what was wrong, it is not the last. */
function endsTooEarly(
  { data: { damage } }: AppError<'bundle-damaged'>,
  { parts, bytes }: BundleFile,
  position: number,
): boolean {
  return (
    damage === 'truncated' || (position === bytes - 1 && parts.at(-1)?.bytes === parts[0]?.bytes)
  );
}

type Restored = Omit<OpenedBundle, 'openedBy' | 'authenticated' | 'warnings'>;

/** What is known of entries before they are read. */
interface Known {
  /** Those whose text may be the note, or the checksums. */
  readonly texts: ReadonlySet<string>;
  readonly authenticated: Authenticated;
}

function restorePayload(
  { payload, authenticated }: Pick<Opening, 'payload' | 'authenticated'>,
  file: BundleFile,
  request: OpenRequest,
  job: Job,
): Promise<Restored> {
  if (payload.kind === 'archive')
    return restore(payload.entries, { texts: OWN_ENTRIES, authenticated }, request, job);
  // The only document may well be called like an entry of Signet's own.
  const entries = singleFile(request.name ?? file.name, file, payload.content);
  return restore(entries, { texts: new Set(), authenticated }, request, job);
}

async function restore(
  entries: AsyncIterable<ArchiveEntry>,
  { texts: wantTexts, authenticated }: Known,
  { into, maxEntries }: OpenRequest,
  job: Job,
): Promise<Restored> {
  const options = { wantTexts, maxNames: maxEntries ?? DEFAULT_MAX_ENTRIES };
  if (into === undefined) {
    const { documents, texts } = await listDocuments(entries, options, job);
    return judge(documents, texts, authenticated);
  }
  const staged = await stageDocuments(entries, { ...into, ...options }, job);
  try {
    const judged = judge(staged.documents, staged.texts, authenticated);
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
function judge(
  entries: readonly DocumentRecord[],
  texts: ReadonlyMap<string, string>,
  authenticated: Authenticated,
): Restored {
  const hasSums = entries.at(-1)?.name === SUMS_NAME;
  const summed = hasSums ? entries.slice(0, -1) : entries;
  const text = hasSums ? texts.get(SUMS_NAME) : undefined;
  // Where the bundle as a whole is authentic, nobody can have taken a document out on the way.
  const sums = verifySums(text, summed, authenticated === 'bundle');
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

/** The bundle behind a path, in one piece or in volumes. */
async function openFile(path: string): Promise<BundleFile> {
  return isVolumeName(basename(path)) ? await openVolumes(path) : await openBundleFile(path);
}

async function recognise(file: BundleFile): Promise<BundleFormat> {
  const head = await file.read(0, HEAD_BYTES).catch((error: unknown) => {
    throw bundleReadError(error, file.path);
  });
  const format = await recogniseFormat(head);
  if (format === undefined) throw new AppError('not-a-bundle', { path: file.path, found: 'other' });
  return format;
}

/**
 * Reads what a bundle says openly.
 *
 * @param path - the bundle
 * @throws `bundle-missing`, `bundle-unreadable`, `not-a-bundle`, `bundle-damaged` in the header
 */
export async function recogniseBundle(path: string): Promise<BundleSummary> {
  const file = await openFile(path);
  try {
    return await (await recognise(file)).inspect(file);
  } finally {
    await file.close();
  }
}

/**
 * Says what a bundle is without opening it.
 *
 * @param path - the bundle
 * @param job - may be cancelled; reports `open` while it is read for its SHA-256
 * @throws `bundle-missing`, `bundle-unreadable`, `not-a-bundle`, `bundle-damaged` in the header
 */
export async function inspectBundle(path: string, job: Job): Promise<InspectedBundle> {
  const recognised = await recogniseBundle(path);
  const file = await openFile(path);
  const digest = startDigest(file.bytes);
  try {
    for await (const piece of watchReading(file, job).watched.content()) await digest.update(piece);
    return { ...recognised, sha256: await digest.finish() };
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
