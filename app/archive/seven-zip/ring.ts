/*
 * Bytes from a thread that may wait for events to one that may not: 7-Zip's file operations are synchronous, so its thread sleeps
 * until there is something to read. Two counters of all bytes written and read, modulo 2^32, say how much the ring holds.
 */
const RING_BYTES = 2 ** 22;
const WRITTEN = 0;
const READ = 1;
/** 1 while the writer waits for room. */
const WAITING = 2;
const HEAD_BYTES = 16;

interface Ring {
  readonly counters: Int32Array;
  readonly bytes: Uint8Array;
}

/** Memory for a ring. */
export function makeRing(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEAD_BYTES + RING_BYTES);
}

function ringIn(memory: SharedArrayBuffer): Ring {
  return {
    counters: new Int32Array(memory, 0, HEAD_BYTES / 4),
    bytes: new Uint8Array(memory, HEAD_BYTES, RING_BYTES),
  };
}

function held({ counters }: Ring): number {
  return (Atomics.load(counters, WRITTEN) - Atomics.load(counters, READ)) >>> 0;
}

/** The end of a ring that bytes are put in at. */
export class RingWriter {
  readonly #ring: Ring;
  #wake: (() => void) | undefined;

  /** @param memory - from `makeRing` */
  constructor(memory: SharedArrayBuffer) {
    this.#ring = ringIn(memory);
  }

  /**
   * Puts bytes in; they may be reused as soon as the promise settles.
   *
   * @param bytes - any number
   * @returns a promise where the caller has to wait for room
   */
  write(bytes: Uint8Array): Promise<void> | undefined {
    const used = this.#put(bytes);
    return used === bytes.byteLength ? undefined : this.#writeRest(bytes.subarray(used));
  }

  /** To be called when the reader says that there is room. */
  wake(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  async #writeRest(bytes: Uint8Array): Promise<void> {
    const { counters } = this.#ring;
    for (let offset = 0; offset < bytes.byteLength;) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#wake = () => {
        resolve(undefined);
      };
      Atomics.store(counters, WAITING, 1);
      // The reader may have made room before it could see that somebody waits.
      if (held(this.#ring) === RING_BYTES) await promise;
      Atomics.store(counters, WAITING, 0);
      offset += this.#put(bytes.subarray(offset));
    }
  }

  #put(bytes: Uint8Array): number {
    const { counters, bytes: ring } = this.#ring;
    const count = Math.min(bytes.byteLength, RING_BYTES - held(this.#ring));
    const start = (Atomics.load(counters, WRITTEN) >>> 0) % RING_BYTES;
    const first = Math.min(count, RING_BYTES - start);
    ring.set(bytes.subarray(0, first), start);
    ring.set(bytes.subarray(first, count), 0);
    Atomics.add(counters, WRITTEN, count);
    Atomics.notify(counters, WRITTEN);
    return count;
  }
}

/** The end of a ring that bytes are taken out at. */
export class RingReader {
  readonly #ring: Ring;
  readonly #onRoom: () => void;

  /**
   * @param memory - from `makeRing`
   * @param onRoom - called when the writer waits and there is room
   */
  constructor(memory: SharedArrayBuffer, onRoom: () => void) {
    this.#ring = ringIn(memory);
    this.#onRoom = onRoom;
  }

  /**
   * Takes out what is there, and sleeps while nothing is.
   *
   * @param target - to be filled from its start
   * @returns how many bytes; at least one unless the target is empty
   */
  read(target: Uint8Array): number {
    const { counters, bytes: ring } = this.#ring;
    while (held(this.#ring) === 0) Atomics.wait(counters, WRITTEN, Atomics.load(counters, READ));
    const count = Math.min(target.byteLength, held(this.#ring));
    const start = (Atomics.load(counters, READ) >>> 0) % RING_BYTES;
    const first = Math.min(count, RING_BYTES - start);
    target.set(ring.subarray(start, start + first));
    target.set(ring.subarray(0, count - first), first);
    Atomics.add(counters, READ, count);
    // Not for every little room; the reader comes by here again before it has to wait itself.
    if (held(this.#ring) <= RING_BYTES / 2 && Atomics.exchange(counters, WAITING, 0) === 1)
      this.#onRoom();
    return count;
  }
}
