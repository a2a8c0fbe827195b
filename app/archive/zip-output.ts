import { centralHeader, endRecords, type ZipRecord } from './zip-records.ts';

const BATCH_BYTES = 512 * 1024;
const CENTRAL_CHUNK_BYTES = 64 * 1024;
/** From this size on a piece goes out as it is. */
const LARGE_PIECE_BYTES = 64 * 1024;

/**
 * The bytes of a ZIP on their way out. Small ones are gathered, so that whoever takes them has few pieces to deal with; the
 * central directory is kept for the end.
 */
export class ZipOutput {
  /** How many bytes there were so far. */
  offset = 0;
  readonly #central = new CentralDirectory();
  #batch = Buffer.allocUnsafeSlow(BATCH_BYTES);
  #used = 0;
  #ready: Uint8Array[] = [];

  /**
   * Adds bytes. Large ones must not be written to any more.
   *
   * @param bytes - the next ones
   */
  add(bytes: Uint8Array): void {
    this.offset += bytes.byteLength;
    if (bytes.byteLength >= LARGE_PIECE_BYTES) {
      this.#flush();
      this.#ready.push(bytes);
      return;
    }
    if (this.#used + bytes.byteLength > BATCH_BYTES) this.#flush();
    this.#batch.set(bytes, this.#used);
    this.#used += bytes.byteLength;
  }

  /**
   * Adds an entry to the central directory.
   *
   * @param record - complete
   */
  list(record: ZipRecord): void {
    this.#central.add(centralHeader(record));
  }

  /** Whether there are pieces to be taken. */
  get full(): boolean {
    return this.#ready.length > 0;
  }

  /** Takes the pieces that are ready, in order. */
  take(): readonly Uint8Array[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** Ends the archive; what is ready then is all. */
  finish(): void {
    const start = this.offset;
    for (const chunk of this.#central.chunks()) this.add(chunk);
    this.add(endRecords(this.#central.entries, start, this.offset - start));
    this.#flush();
  }

  #flush(): void {
    if (this.#used === 0) return;
    this.#ready.push(this.#batch.subarray(0, this.#used));
    this.#batch = Buffer.allocUnsafeSlow(BATCH_BYTES);
    this.#used = 0;
  }
}

/**
 * Headers for the end. They are copied into memory of their own: a small buffer is a part of a larger one that Node shares out, and
 * would keep all of that alive, documents included.
 */
class CentralDirectory {
  entries = 0;
  readonly #full: Uint8Array[] = [];
  #chunk = Buffer.allocUnsafeSlow(CENTRAL_CHUNK_BYTES);
  #used = 0;

  add(header: Uint8Array): void {
    this.entries += 1;
    if (this.#used + header.byteLength > this.#chunk.byteLength) {
      this.#full.push(this.#chunk.subarray(0, this.#used));
      this.#chunk = Buffer.allocUnsafeSlow(Math.max(CENTRAL_CHUNK_BYTES, header.byteLength));
      this.#used = 0;
    }
    this.#chunk.set(header, this.#used);
    this.#used += header.byteLength;
  }

  chunks(): readonly Uint8Array[] {
    return [...this.#full, this.#chunk.subarray(0, this.#used)];
  }
}
