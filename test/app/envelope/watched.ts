import { AppError } from '../../../app/contract/errors.ts';

/** A source of bytes that tells what was done with it. */
export class Watched implements AsyncIterable<Uint8Array> {
  /** How many bytes were taken. */
  taken = 0;
  /** Whether somebody said that they would take no more. */
  closed = false;
  readonly #pieces: Iterator<Uint8Array>;

  /**
   * @param content - in the pieces in which it is given out; may be endless
   */
  constructor(content: Iterable<Uint8Array>) {
    this.#pieces = content[Symbol.iterator]();
  }

  /** Not a generator: one that was never started would not notice that it is closed. */
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return {
      next: () => {
        const next = this.closed ? { done: true as const, value: undefined } : this.#pieces.next();
        if (next.done !== true) this.taken += next.value.byteLength;
        return Promise.resolve(next);
      },
      return: () => {
        this.closed = true;
        return Promise.resolve({ done: true as const, value: undefined });
      },
    };
  }
}

/**
 * Bytes cut into pieces.
 *
 * @param bytes - all of them
 * @param sizes - of the pieces, used in turn; zero gives an empty piece
 */
export function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  // Sizes of nothing but zero would never come to an end.
  const steps = sizes.some((size) => size > 0) ? sizes : [Math.max(1, bytes.byteLength)];
  for (let offset = 0, turn = 0; offset < bytes.byteLength; turn += 1) {
    const size = steps[turn % steps.length] ?? 1;
    yield bytes.subarray(offset, offset + size);
    offset += size;
  }
}

/**
 * What a promise is rejected with, which must be one of Signet's own errors.
 *
 * @param promise - expected to fail
 */
export async function failure(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw new Error('failed with a foreign error', { cause: error });
  }
  throw new Error('did not fail');
}

/** What came out of a stream, and how it ended. */
export interface Outcome {
  readonly bytes: Buffer;
  readonly error: AppError | undefined;
}

/**
 * Reads a stream as far as it goes.
 *
 * @param stream - or the promise of one
 */
export async function outcomeOf(
  stream: AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>,
): Promise<Outcome> {
  const all: Uint8Array[] = [];
  try {
    for await (const piece of await stream) all.push(Uint8Array.from(piece));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { bytes: Buffer.concat(all), error };
  }
  return { bytes: Buffer.concat(all), error: undefined };
}
