import { AppError } from '../../contract/errors.ts';
import { checkCancelled, type Job } from '../../contract/job.ts';
import type { DocumentRecord, DocumentSource } from '../../contract/records.ts';
import { sha256, startDigest } from '../../digest/digest.ts';
import { outputError } from '../../files/fs-errors.ts';
import { MAX_NOTE_BYTES, type Contents } from '../pack.ts';
import { formatSums, NOTE_NAME, SUMS_NAME } from '../sums.ts';
import { mayCompress } from '../zip-deflate.ts';
import type { AddedEntry, Outcome } from './messages.ts';
import { makeRing, RingWriter } from './ring.ts';
import { startSevenZip, type Said, type SevenZip } from './seven-zip.ts';
import type { Spool } from './spool.ts';

/** What went into an archive. */
export interface WrittenArchive {
  /** The documents, in the order in which they were given. */
  readonly documents: readonly DocumentRecord[];
  /** All files, with the note and the checksum file. */
  readonly files: readonly DocumentRecord[];
}

/**
 * Writes documents into a 7z archive in which names are sealed, too. The note is its first file, `SHA256SUMS` its last. 7-Zip
 * orders what it is given by name and takes it as a whole, so it is called several times, each time adding to the same archive:
 * once for the note, for the documents that can be compressed, for the others, and for the sums, which are known only then.
 *
 * @param contents - names are expected to be checked already
 * @param passphrase - what the archive is sealed with
 * @param spool - an empty file to write to
 * @param job - reports the documents' bytes as they are read
 * @throws `note-too-long`, whatever a document's `read` throws, `disk-full`, `output-unwritable`, `cancelled`
 */
export async function writeArchive(
  contents: Contents,
  passphrase: string,
  spool: Spool,
  job: Job,
): Promise<WrittenArchive> {
  const noteBytes = Buffer.byteLength(contents.note ?? '');
  if (noteBytes > MAX_NOTE_BYTES)
    throw new AppError('note-too-long', { bytes: noteBytes, limit: MAX_NOTE_BYTES });
  const ring = makeRing();
  const sevenZip = await startSevenZip({ kind: 'write', descriptor: spool.handle.fd, ring }, job);
  try {
    return await new Writing(sevenZip, ring, passphrase, spool, job).write(contents);
  } finally {
    // Before anybody closes the file that it writes to.
    await sevenZip.terminate();
  }
}

/** A document on its way, or a text of Signet's own. */
type Source = DocumentSource | { readonly name: string; readonly text: Uint8Array };

class Writing {
  readonly #sevenZip: SevenZip;
  readonly #ring: RingWriter;
  readonly #passphrase: string;
  readonly #spool: Spool;
  readonly #job: Job;
  readonly #records = new Map<Source, DocumentRecord>();
  #total = 0;
  #done = 0;

  constructor(
    sevenZip: SevenZip,
    ring: SharedArrayBuffer,
    passphrase: string,
    spool: Spool,
    job: Job,
  ) {
    this.#sevenZip = sevenZip;
    this.#ring = new RingWriter(ring);
    this.#passphrase = passphrase;
    this.#spool = spool;
    this.#job = job;
  }

  async write({ documents, emptyFolders, note }: Contents): Promise<WrittenArchive> {
    this.#total = documents.reduce((sum, { bytes }) => sum + bytes, 0);
    const [compressed, stored] = [true, false].map((compress) =>
      documents.filter(({ name }) => mayCompress(name) === compress),
    );
    const records: DocumentRecord[] = [];
    if (note !== undefined) {
      const text = { name: NOTE_NAME, text: Buffer.from(note) };
      await this.#add([text], [], 0);
      records.push(this.#record(text));
    }
    await this.#add(compressed ?? [], [], 1);
    await this.#add(stored ?? [], emptyFolders, 0);
    const sealed = documents.map((document) => this.#record(document));
    records.push(...sealed);
    const sums = { name: SUMS_NAME, text: Buffer.from(formatSums(records)) };
    await this.#add([sums], [], 0);
    return { documents: sealed, files: [...records, this.#record(sums)] };
  }

  async #add(sources: readonly Source[], folders: readonly string[], level: 0 | 1): Promise<void> {
    if (sources.length + folders.length === 0) return;
    const entries: AddedEntry[] = sources.map((source, id) => ({
      kind: 'file',
      id,
      name: source.name,
      bytes: 'text' in source ? source.text.byteLength : source.bytes,
      modified: modifiedOf(source),
    }));
    for (const name of folders) entries.push({ kind: 'folder', name });
    const failed = Promise.withResolvers<never>();
    let feeding = Promise.resolve();
    const onSaid = (said: Said): void => {
      if (said.kind === 'room') this.#ring.wake();
      const source = said.kind === 'want' ? sources[said.id] : undefined;
      if (source === undefined) return;
      feeding = feeding.then(() => this.#feed(source));
      feeding.catch(failed.reject);
    };
    const command = { kind: 'add', passphrase: this.#passphrase, level, entries } as const;
    const outcome = await Promise.race([this.#sevenZip.obey(command, onSaid), failed.promise]);
    // The last byte may have been taken before the last look at its document.
    await feeding;
    if (!outcome.success) throw this.#failure(outcome);
    // 7-Zip does not open what is empty.
    for (const source of sources) if (!this.#records.has(source)) await this.#feed(source);
  }

  #failure({ fileError }: Outcome): AppError {
    if (fileError === undefined)
      return new AppError('internal', {}, new Error('7-Zip could not write the archive'));
    return outputError(
      Object.assign(new Error('the archive could not be written'), { code: fileError }),
      this.#spool.folder,
    );
  }

  #record(source: Source): DocumentRecord {
    const record = this.#records.get(source);
    if (record === undefined) throw new AppError('internal', {});
    return record;
  }

  async #feed(source: Source): Promise<void> {
    checkCancelled(this.#job);
    const whole = 'text' in source ? source.text : source.readWhole();
    if (whole === undefined) {
      if ('read' in source) await this.#feedPieces(source);
      return;
    }
    const { name } = source;
    if ('bytes' in source && whole.byteLength !== source.bytes)
      throw new AppError('document-changed', { name });
    await this.#ring.write(whole);
    this.#records.set(source, { name, bytes: whole.byteLength, sha256: sha256(whole) });
    if ('bytes' in source) this.#advance(whole.byteLength);
  }

  async #feedPieces(source: DocumentSource): Promise<void> {
    const { name, bytes } = source;
    const digest = startDigest(bytes);
    try {
      let read = 0;
      for await (const piece of source.read()) {
        read += piece.byteLength;
        // More than was promised would be taken for the next document.
        if (read > bytes) break;
        await digest.update(piece);
        await this.#ring.write(piece);
        this.#advance(piece.byteLength);
      }
      if (read !== bytes) throw new AppError('document-changed', { name });
      this.#records.set(source, { name, bytes, sha256: await digest.finish() });
    } finally {
      digest.abandon();
    }
  }

  #advance(bytes: number): void {
    this.#done += bytes;
    checkCancelled(this.#job);
    this.#job.onProgress?.({ stage: 'seal', bytes: this.#done, total: this.#total });
  }
}

/** Times before 1970 have no place in what the machine's `stat` can say. */
function modifiedOf(source: Source): Date {
  const modified = 'modified' in source ? source.modified.getTime() : Date.now();
  return new Date(Math.max(0, modified));
}
