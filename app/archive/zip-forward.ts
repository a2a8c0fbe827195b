import { AppError } from '../contract/errors.ts';

/** Bytes that are read once, from the first to the last. */
export interface Forward {
  /** How many have been taken. */
  readonly position: number;
  /** What is there to be taken, at least one byte; empty only at the end. */
  peek(): Promise<Uint8Array>;
  /** Takes bytes that were seen. */
  skip(count: number): void;
}

/** A stream as bytes to be read forward. */
export class ForwardBytes implements Forward {
  position = 0;
  readonly #iterator: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array();

  /**
   * @param source - pieces that nobody writes to any more
   */
  constructor(source: AsyncIterable<Uint8Array>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  async peek(): Promise<Uint8Array> {
    while (this.#piece.byteLength === 0) {
      const next = await this.#iterator.next();
      if (next.done === true) break;
      this.#piece = next.value;
    }
    return this.#piece;
  }

  skip(count: number): void {
    this.#piece = this.#piece.subarray(count);
    this.position += count;
  }

  /** Closes the stream underneath. */
  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}

/**
 * Takes an exact number of bytes.
 *
 * @param from - where from
 * @param count - how many; they are held in memory
 * @returns the bytes, to be read only
 * @throws `bundle-damaged` (`truncated`) where the stream ends before
 */
export async function take(from: Forward, count: number): Promise<Uint8Array> {
  if (count === 0) return new Uint8Array();
  const first = await from.peek();
  if (first.byteLength >= count) {
    from.skip(count);
    return first.subarray(0, count);
  }
  const parts: Uint8Array[] = [];
  for await (const part of takePieces(from, count)) parts.push(part);
  return Buffer.concat(parts);
}

/**
 * Takes an exact number of bytes as they come.
 *
 * @param from - where from
 * @param count - how many
 * @throws `bundle-damaged` (`truncated`) where the stream ends before
 */
export async function* takePieces(
  from: Forward,
  count: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let left = count; left > 0;) {
    const seen = await from.peek();
    if (seen.byteLength === 0)
      throw new AppError('bundle-damaged', { part: 'archive', damage: 'truncated' });
    const piece = seen.subarray(0, left);
    from.skip(piece.byteLength);
    left -= piece.byteLength;
    yield piece;
  }
}
