import type { EntrySealer, ZipSealing } from './zip-cipher.ts';
import { deflateStream, deflateWhole } from './zip-deflate.ts';
import type { ZipOutput } from './zip-output.ts';
import { dataDescriptor, localHeader, METHOD, needsZip64, type ZipRecord } from './zip-records.ts';

/** What a deflate stream may have beyond its content: far less than one part in 64. */
const MARGIN = 1 + 1 / 64;

/** What a header says of a file, besides its size. */
export interface AboutFile {
  readonly name: string;
  readonly modified: Date;
}

/** Writes the entries of a ZIP, sealed. */
export class EntryWriter {
  readonly #output: ZipOutput;
  readonly #sealing: ZipSealing;

  /**
   * @param output - takes what is written
   * @param sealing - seals each entry
   */
  constructor(output: ZipOutput, sealing: ZipSealing) {
    this.#output = output;
    this.#sealing = sealing;
  }

  /**
   * Adds a folder.
   *
   * @param name - without a slash at its end
   */
  folder(name: string): void {
    const record: ZipRecord = {
      name: Buffer.from(`${name}/`),
      folder: true,
      method: METHOD.store,
      modified: new Date(),
      streamed: false,
      large: false,
      bytes: 0,
      sealedBytes: 0,
      offset: this.#output.offset,
    };
    this.#output.add(localHeader(record));
    this.#output.list(record);
  }

  /**
   * Adds a file that is all in memory, so that its header can say how long it is.
   *
   * @param about - its name and time
   * @param bytes - left as they are
   * @param mayCompress - whether to try
   */
  async whole(about: AboutFile, bytes: Uint8Array, mayCompress: boolean): Promise<void> {
    const sealer = await this.#sealing.next();
    const deflated = mayCompress ? deflateWhole(bytes) : undefined;
    const content = deflated ?? bytes;
    const sealedBytes = content.byteLength + this.#sealing.overhead;
    const record: ZipRecord = {
      ...this.#about(about),
      method: deflated === undefined ? METHOD.store : METHOD.deflate,
      streamed: false,
      large: false,
      bytes: bytes.byteLength,
      sealedBytes,
    };
    this.#output.add(localHeader(record));
    this.#output.add(sealer.head);
    this.#output.add(sealer.seal(content));
    this.#output.add(sealer.finish());
    this.#output.list(record);
  }

  /**
   * Adds a file as it is, of which it is known how long it is.
   *
   * @param about - its name and time
   * @param bytes - how long
   * @param content - exactly as many bytes, or a failure
   */
  async *stored(
    about: AboutFile,
    bytes: number,
    content: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const sealedBytes = bytes + this.#sealing.overhead;
    const record: ZipRecord = {
      ...this.#about(about),
      method: METHOD.store,
      streamed: false,
      large: needsZip64(sealedBytes),
      bytes,
      sealedBytes,
    };
    yield* this.#stream(record, content);
    this.#output.list(record);
  }

  /**
   * Adds a file of which nobody knows yet how long it, or what is made of it, will be.
   *
   * @param about - its name and time
   * @param bytes - about how long, in bytes, as is known before
   * @param method - stored, or compressed on the way
   * @param content - the file
   */
  async *unsized(
    about: AboutFile,
    bytes: number,
    method: 0 | 8,
    content: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const counter = { bytes: 0 };
    const counting = counted(content, counter);
    const announced: ZipRecord = {
      ...this.#about(about),
      method,
      streamed: true,
      large: needsZip64(bytes * MARGIN),
      bytes: 0,
      sealedBytes: 0,
    };
    const sealedBytes = yield* this.#stream(
      announced,
      method === METHOD.deflate ? deflateStream(counting) : counting,
    );
    const record: ZipRecord = { ...announced, bytes: counter.bytes, sealedBytes };
    this.#output.add(dataDescriptor(record));
    this.#output.list(record);
  }

  #about(
    about: AboutFile,
  ): Pick<ZipRecord, 'name' | 'folder' | 'strength' | 'modified' | 'offset'> {
    return {
      name: Buffer.from(about.name),
      folder: false,
      strength: this.#sealing.strength,
      modified: about.modified,
      offset: this.#output.offset,
    };
  }

  /** Header, head, sealed content, code; how long they are without the header. */
  async *#stream(
    record: ZipRecord,
    content: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array, number, undefined> {
    const sealer: EntrySealer = await this.#sealing.next();
    this.#output.add(localHeader(record));
    const start = this.#output.offset;
    this.#output.add(sealer.head);
    for await (const piece of content) {
      this.#output.add(sealer.seal(piece));
      if (this.#output.full) yield* this.#output.take();
    }
    this.#output.add(sealer.finish());
    return this.#output.offset - start;
  }
}

async function* counted(
  content: AsyncIterable<Uint8Array>,
  counter: { bytes: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of content) {
    counter.bytes += piece.byteLength;
    yield piece;
  }
}
