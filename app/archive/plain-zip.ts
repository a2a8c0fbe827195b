import { Readable } from 'node:stream';
import { ZipArchive, type ZipEntryData } from 'archiver';
import { AppError, toAppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { DocumentRecord, DocumentSource } from '../contract/records.ts';
import { sha256, startDigest } from '../digest/digest.ts';
import { gate } from '../streams/gate.ts';
import { prepend } from '../streams/prepend.ts';
import { hashed } from './hashed.ts';
import { MAX_NOTE_BYTES, type Contents, type PackedArchive } from './pack.ts';
import { formatSums, NOTE_NAME, SUMS_NAME } from './sums.ts';
import { compresses, mayCompress } from './zip-deflate.ts';

const PIECE_BYTES = 256 * 1024;

/**
 * Packs documents into a plain ZIP, to go into something that seals it as a whole. The layout is that of the tar: a note first,
 * `SHA256SUMS` last. Each document is read once, one at a time.
 *
 * @param contents - names are expected to be checked already
 * @param job - reports the documents' bytes as they are read
 * @throws `note-too-long` at once; while `bytes` is read, whatever a document's `read` throws, `document-changed`, `cancelled`
 */
export function packPlainZip(contents: Contents, job: Job): PackedArchive {
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
  const zip = new ZipArchive({
    highWaterMark: PIECE_BYTES,
    zlib: { chunkSize: PIECE_BYTES, level: 6 },
  });
  const filling = new Filling(zip, documents, job);
  // Told by the iteration below; an `error` event that nobody listens to would end the process.
  zip.on('error', () => undefined);
  const filled = filling.fill(contents).catch((error: unknown) => {
    zip.destroy(error instanceof Error ? error : new Error('failed', { cause: error }));
  });
  try {
    for await (const piece of zip as AsyncIterable<Uint8Array>) yield piece;
  } finally {
    zip.destroy();
    await filled;
  }
}

/**
 * Hands documents to archiver one after another. It never sees a stream fail: an error of a source would end the process, and the
 * archive would never end.
 */
class Filling {
  readonly #zip: ZipArchive;
  readonly #documents: DocumentRecord[];
  readonly #job: Job;
  readonly #added: () => Promise<void>;

  constructor(zip: ZipArchive, documents: DocumentRecord[], job: Job) {
    this.#zip = zip;
    this.#documents = documents;
    this.#job = job;
    this.#added = gate(zip, ['entry', 'close', 'error']);
  }

  async fill({ documents, emptyFolders, note }: Contents): Promise<void> {
    const total = documents.reduce((sum, document) => sum + document.bytes, 0);
    const sums: DocumentRecord[] = [];
    let done = 0;
    const advance = (bytes: number): void => {
      done += bytes;
      checkCancelled(this.#job);
      this.#job.onProgress?.({ stage: 'seal', bytes: done, total });
    };
    if (note !== undefined) {
      const bytes = Buffer.from(note);
      await this.#add(bytes, { name: NOTE_NAME, date: new Date() });
      sums.push({ name: NOTE_NAME, bytes: bytes.byteLength, sha256: sha256(bytes) });
    }
    for (const name of emptyFolders) await this.#add(Buffer.alloc(0), { name: `${name}/` });
    for (const document of documents) {
      checkCancelled(this.#job);
      const record = await this.#addDocument(document, advance);
      // Nobody takes the archive any more; why, the iteration tells.
      if (this.#zip.destroyed) return;
      this.#documents.push(record);
      sums.push(record);
    }
    await this.#add(Buffer.from(formatSums(sums)), { name: SUMS_NAME, date: new Date() });
    await this.#zip.finalize();
  }

  async #addDocument(
    document: DocumentSource,
    advance: (bytes: number) => void,
  ): Promise<DocumentRecord> {
    const { name, bytes, modified } = document;
    const about = { name, date: modified };
    const whole = document.readWhole();
    if (whole !== undefined) {
      if (whole.byteLength !== bytes) throw new AppError('document-changed', { name });
      const store = !mayCompress(name) || !compresses(whole);
      await this.#add(Buffer.from(whole.buffer, whole.byteOffset, bytes), { ...about, store });
      advance(bytes);
      return { name, bytes, sha256: sha256(whole) };
    }
    return await this.#addLarge(document, about, advance);
  }

  async #addLarge(
    document: DocumentSource,
    about: ZipEntryData,
    advance: (bytes: number) => void,
  ): Promise<DocumentRecord> {
    const { name, bytes } = document;
    const digest = startDigest(bytes);
    const content = hashed(document, digest, advance);
    try {
      const first = await content.next();
      const sample = first.done === true ? new Uint8Array() : first.value;
      const store = !mayCompress(name) || !compresses(sample);
      await this.#addStream(prepend([sample], content), { ...about, store });
      return { name, bytes, sha256: await digest.finish() };
    } finally {
      digest.abandon();
      await content.return();
    }
  }

  async #addStream(content: AsyncIterable<Uint8Array>, about: ZipEntryData): Promise<void> {
    let failure: unknown;
    async function* unfailing(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        yield* content;
      } catch (error) {
        failure = error;
      }
    }
    const source = Readable.from(unfailing(), { objectMode: false, highWaterMark: PIECE_BYTES });
    try {
      await this.#add(source, about);
    } finally {
      const closed = gate(source, ['close'])();
      source.destroy();
      // The document is closed by then, too.
      if (!source.closed) await closed;
    }
    if (failure !== undefined) throw toAppError(failure);
  }

  /** Resolves when the entry is written, or will never be. */
  async #add(source: Readable | Buffer, about: ZipEntryData): Promise<void> {
    if (this.#zip.destroyed) return;
    const added = this.#added();
    this.#zip.append(source, { date: new Date(), mode: 0o644, ...about });
    await added;
  }
}
