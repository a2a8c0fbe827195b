import { centralHeader, endRecords, type ZipRecord } from './zip-records.ts';

const BATCH_BYTES = 512 * 1024;
/** From this size on a piece goes out as it is. */
const LARGE_PIECE_BYTES = 64 * 1024;

/**
 * The bytes of a ZIP on their way out. Small ones are gathered, so that whoever takes them has few pieces to deal with; the
 * central directory is kept for the end.
 */
export class ZipOutput {
  /** How many bytes there were so far. */
  offset = 0;
  readonly #central: Uint8Array[] = [];
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
    // A copy: a small buffer is a part of a larger one that Node shares out, and would keep all of that alive, documents included.
    this.#central.push(Uint8Array.from(centralHeader(record)));
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
    for (const header of this.#central) this.add(header);
    this.add(endRecords(this.#central.length, start, this.offset - start));
    this.#flush();
  }

  #flush(): void {
    if (this.#used === 0) return;
    this.#ready.push(this.#batch.subarray(0, this.#used));
    this.#batch = Buffer.allocUnsafeSlow(BATCH_BYTES);
    this.#used = 0;
  }
}
