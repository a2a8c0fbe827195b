import { pack, type Pack } from 'tar-stream';
import { AppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { DocumentRecord, DocumentSource } from '../contract/records.ts';
import { sha256, startDigest } from '../digest/digest.ts';
import { gate } from '../streams/gate.ts';
import { formatSums, NOTE_NAME, SUMS_NAME } from './sums.ts';

/** Long enough for any covering letter; short enough to be shown whole. */
export const MAX_NOTE_BYTES = 64 * 1024;

/** The largest time that the seconds field of a tar header holds in tar-stream's encoding. */
const MAX_SECONDS = 2 ** 31 - 1;

type Sink = ReturnType<Pack['entry']>;

/** What a header says of a file, besides its size. */
interface About {
  readonly name: string;
  readonly modified: Date;
}

/** What goes into an archive. */
export interface Contents {
  readonly documents: readonly DocumentSource[];
  readonly emptyFolders: readonly string[];
  /** The sender's note; the first entry, so that a listing can show it before anything else. */
  readonly note?: string | undefined;
}

/** An archive in the making. */
export interface PackedArchive {
  /** The tar stream, to be read once. Each piece is a buffer that nobody writes to any more. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The documents with their sums, complete once `bytes` has ended. */
  readonly documents: readonly DocumentRecord[];
}

/**
 * Packs documents into a tar (POSIX.1-2001 pax, UTF-8 names) that holds nothing about its maker: no owner, one plain mode,
 * relative names. `SHA256SUMS` is its last entry. Each document is read once.
 *
 * @param contents - names are expected to be checked already
 * @param job - reports the documents' bytes as they are read
 * @throws `note-too-long` at once; while `bytes` is read, whatever a document's `read` throws, and `cancelled`
 */
export function packArchive(contents: Contents, job: Job): PackedArchive {
  const noteBytes = Buffer.byteLength(contents.note ?? '');
  if (noteBytes > MAX_NOTE_BYTES)
    throw new AppError('note-too-long', { bytes: noteBytes, limit: MAX_NOTE_BYTES });
  const documents: DocumentRecord[] = [];
  return { documents, bytes: stream(contents, documents, job) };
}

async function* stream(
  contents: Contents,
  documents: DocumentRecord[],
  job: Job,
): AsyncGenerator<Uint8Array, void, undefined> {
  const tar = pack();
  const filling = fill(tar, contents, documents, job).catch((error: unknown) => {
    tar.destroy(error instanceof Error ? error : new Error('failed', { cause: error }));
  });
  try {
    // tar-stream's typings speak of Node streams without an element type.
    for await (const piece of tar as AsyncIterable<Uint8Array>) yield piece;
  } finally {
    tar.destroy(null);
    await filling;
  }
}

async function fill(
  tar: Pack,
  contents: Contents,
  documents: DocumentRecord[],
  job: Job,
): Promise<void> {
  const total = contents.documents.reduce((sum, document) => sum + document.bytes, 0);
  const sums: DocumentRecord[] = [];
  let done = 0;
  const advance = (bytes: number): void => {
    done += bytes;
    checkCancelled(job);
    job.onProgress?.({ stage: 'seal', bytes: done, total });
  };

  if (contents.note !== undefined) {
    const bytes = Buffer.from(contents.note);
    await addWhole(tar, { name: NOTE_NAME, modified: new Date() }, bytes);
    sums.push({ name: NOTE_NAME, bytes: bytes.byteLength, sha256: sha256(bytes) });
  }
  for (const name of contents.emptyFolders) await addFolder(tar, name);
  for (const document of contents.documents) {
    checkCancelled(job);
    const record = await addDocument(tar, document, advance);
    documents.push(record);
    sums.push(record);
  }
  await addWhole(tar, { name: SUMS_NAME, modified: new Date() }, Buffer.from(formatSums(sums)));
  tar.finalize();
}

async function addDocument(
  tar: Pack,
  document: DocumentSource,
  advance: (bytes: number) => void,
): Promise<DocumentRecord> {
  const whole = document.readWhole();
  if (whole !== undefined) {
    await addWhole(tar, document, whole);
    advance(whole.byteLength);
    return { name: document.name, bytes: document.bytes, sha256: sha256(whole) };
  }
  const digest = startDigest(document.bytes);
  try {
    const { entry, stored } = addFile(tar, document, document.bytes);
    const drained = gate(entry, ['drain', 'close']);
    for await (const piece of document.read()) {
      await digest.update(piece);
      if (!entry.write(piece) && !entry.destroying) await drained();
      // Nobody takes the archive any more; why, `stored` tells.
      if (entry.destroying) break;
      advance(piece.byteLength);
    }
    entry.end(null);
    await stored;
    return { name: document.name, bytes: document.bytes, sha256: await digest.finish() };
  } finally {
    digest.abandon();
  }
}

function addWhole(tar: Pack, about: About, bytes: Uint8Array): Promise<undefined> {
  const { entry, stored } = addFile(tar, about, bytes.byteLength);
  entry.end(bytes);
  return stored;
}

function addFile(
  tar: Pack,
  about: About,
  size: number,
): { entry: Sink; stored: Promise<undefined> } {
  const { promise: stored, resolve, reject } = Promise.withResolvers<undefined>();
  const entry = tar.entry({ ...header(about), size }, (error) => {
    if (error) reject(error);
    else resolve(undefined);
  });
  // A failure is told by the promise; an `error` event that nobody listens to would end the process.
  entry.on('error', reject);
  stored.catch(() => undefined);
  return { entry, stored };
}

function addFolder(tar: Pack, name: string): Promise<undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  // Without a slash at its end, at which tar-stream would split a long name and leave the name field empty.
  tar.entry({ name, type: 'directory', mtime: new Date() }, (error) => {
    if (error) reject(error);
    else resolve(undefined);
  });
  return promise;
}

/** A time that the header cannot hold stands in a pax record, and the nearest that it can in the header. */
function header({ name, modified }: About): {
  name: string;
  mtime: Date;
  pax?: Record<string, string>;
} {
  const seconds = Math.floor(modified.getTime() / 1000);
  const nearest = Math.min(Math.max(seconds, 0), MAX_SECONDS);
  const mtime = new Date(nearest * 1000);
  const fits = nearest === seconds || Number.isNaN(seconds);
  return fits ? { name, mtime } : { name, mtime, pax: { mtime: String(seconds) } };
}
