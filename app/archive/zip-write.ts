import { AppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { DocumentRecord, DocumentSource } from '../contract/records.ts';
import { sha256, startDigest } from '../digest/digest.ts';
import { prepend } from '../streams/prepend.ts';
import { hashed } from './hashed.ts';
import { MAX_NOTE_BYTES, type Contents, type PackedArchive } from './pack.ts';
import { formatSums, NOTE_NAME, SUMS_NAME } from './sums.ts';
import type { ZipSealing } from './zip-cipher.ts';
import { compresses, mayCompress } from './zip-deflate.ts';
import { EntryWriter, type AboutFile } from './zip-entries.ts';
import { ZipOutput } from './zip-output.ts';
import { METHOD } from './zip-records.ts';

/** What one entry's headers have beside its name, which they have twice: about, and sealing included. */
const HEADERS_BYTES = 170;

/**
 * Packs documents into a ZIP whose entries are sealed with AES: UTF-8 names, compressed where that pays, Zip64 where it is
 * needed, nothing about its maker. The layout is that of the tar: a note first, `SHA256SUMS` last. Each document is read once;
 * memory grows with the number of entries only.
 *
 * @param contents - names are expected to be checked already
 * @param sealing - seals the entries
 * @param job - reports the documents' bytes as they are read
 * @throws `note-too-long` at once; while `bytes` is read, whatever a document's `read` throws, `document-changed`, `cancelled`
 */
export function packZip(contents: Contents, sealing: ZipSealing, job: Job): PackedArchive {
  const noteBytes = Buffer.byteLength(contents.note ?? '');
  if (noteBytes > MAX_NOTE_BYTES)
    throw new AppError('note-too-long', { bytes: noteBytes, limit: MAX_NOTE_BYTES });
  const documents: DocumentRecord[] = [];
  return { documents, bytes: pack(contents, documents, sealing, job) };
}

/**
 * How many entries of an archive are sealed.
 *
 * @param contents - what goes in
 */
export function sealedEntries({ documents, note }: Contents): number {
  return documents.length + (note === undefined ? 1 : 2);
}

/**
 * About how long an archive will be if nothing in it can be compressed.
 *
 * @param contents - what goes in
 * @param bytes - size of all documents together
 * @returns bytes
 */
export function expectedZipSize(contents: Contents, bytes: number): number {
  const names = [...contents.documents.map(({ name }) => name), ...contents.emptyFolders];
  const headers = names.reduce(
    (sum, name) => sum + 3 * Buffer.byteLength(name) + HEADERS_BYTES + 66,
    0,
  );
  return bytes + headers + Buffer.byteLength(contents.note ?? '') + 3 * HEADERS_BYTES;
}

/**
 * Seals one stream as the only entry of a ZIP, stored as it is.
 *
 * @param about - its name and time
 * @param content - the stream
 * @param bytes - about how long it will be
 * @param sealing - seals it
 * @throws what the content throws
 */
export async function* wrapInZip(
  about: AboutFile,
  content: AsyncIterable<Uint8Array>,
  bytes: number,
  sealing: ZipSealing,
): AsyncGenerator<Uint8Array, void, undefined> {
  const output = new ZipOutput();
  yield* new EntryWriter(output, sealing).unsized(about, bytes, METHOD.store, content);
  output.finish();
  yield* output.take();
}

async function* pack(
  contents: Contents,
  documents: DocumentRecord[],
  sealing: ZipSealing,
  job: Job,
): AsyncGenerator<Uint8Array, void, undefined> {
  const output = new ZipOutput();
  const writer = new EntryWriter(output, sealing);
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
    await writer.whole({ name: NOTE_NAME, modified: new Date() }, bytes, true);
    sums.push({ name: NOTE_NAME, bytes: bytes.byteLength, sha256: sha256(bytes) });
  }
  for (const name of contents.emptyFolders) writer.folder(name);
  for (const document of contents.documents) {
    checkCancelled(job);
    const whole = document.readWhole();
    const record =
      whole === undefined
        ? yield* addLarge(writer, document, advance)
        : await addSmall(writer, document, whole, advance);
    documents.push(record);
    sums.push(record);
    if (output.full) yield* output.take();
  }
  const bytes = Buffer.from(formatSums(sums));
  await writer.whole({ name: SUMS_NAME, modified: new Date() }, bytes, true);
  output.finish();
  yield* output.take();
}

async function addSmall(
  writer: EntryWriter,
  document: DocumentSource,
  whole: Uint8Array,
  advance: (bytes: number) => void,
): Promise<DocumentRecord> {
  const { name, bytes } = document;
  if (whole.byteLength !== bytes) throw new AppError('document-changed', { name });
  await writer.whole(document, whole, mayCompress(name));
  advance(bytes);
  return { name, bytes, sha256: sha256(whole) };
}

async function* addLarge(
  writer: EntryWriter,
  document: DocumentSource,
  advance: (bytes: number) => void,
): AsyncGenerator<Uint8Array, DocumentRecord, undefined> {
  const { name, bytes } = document;
  const digest = startDigest(bytes);
  const content = hashed(document, digest, advance);
  try {
    const first = await content.next();
    const sample = first.done === true ? new Uint8Array() : first.value;
    const all = prepend([sample], content);
    // A name says much, its first bytes say more: nobody knows all endings, and not all are right.
    if (mayCompress(name) && compresses(sample))
      yield* writer.unsized(document, bytes, METHOD.deflate, all);
    else yield* writer.stored(document, bytes, all);
    return { name, bytes, sha256: await digest.finish() };
  } finally {
    digest.abandon();
    await content.return();
  }
}
