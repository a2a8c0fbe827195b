import {
  constants,
  createDeflateRaw,
  createInflateRaw,
  deflateRawSync,
  inflateRawSync,
  type DeflateRaw,
  type InflateRaw,
} from 'node:zlib';
import { gate } from '../streams/gate.ts';
import type { Forward } from './zip-forward.ts';

const PIECE_BYTES = 256 * 1024;
/** What compresses by less is not worth a recipient's time. */
const WORTH_IT = 0.97;

/** Endings of what is compressed already, or as good as. */
const COMPRESSED =
  /\.(?:jpe?g|jp2|jxl|png|gif|webp|heic|heif|avif|pdf|doc[xm]|xls[xm]|ppt[xm]|od[tspg]|pages|numbers|key|epub|zip|7z|rar|gz|tgz|bz2|xz|zst|br|age|gpg|pgp|p7m|mp[34]|m4[av]|mov|avi|mkv|webm|mpe?g|wmv|ogg|opus|oga|flac|aac|wma|jar|apk|dmg|msix)$/i;

/**
 * Whether a document can be expected to become smaller, by its name.
 *
 * @param name - of the document
 */
export function mayCompress(name: string): boolean {
  return !COMPRESSED.test(name);
}

/**
 * Compresses bytes where it pays.
 *
 * @param bytes - all of them
 * @returns the deflate stream, or `undefined` where it saves next to nothing
 */
export function deflateWhole(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.byteLength === 0) return undefined;
  const deflated = deflateRawSync(bytes);
  return deflated.byteLength < bytes.byteLength * WORTH_IT ? deflated : undefined;
}

/**
 * Whether a document becomes smaller, judged by its first bytes.
 *
 * @param sample - its first bytes
 */
export function compresses(sample: Uint8Array): boolean {
  const deflated = deflateRawSync(sample, { level: constants.Z_BEST_SPEED });
  return deflated.byteLength < sample.byteLength * WORTH_IT;
}

/**
 * Compresses a stream.
 *
 * @param source - pieces of any size
 * @throws what the source throws
 */
export function deflateStream(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  return through(createDeflateRaw({ chunkSize: PIECE_BYTES }), source);
}

/** A deflate stream that cannot be right. */
export class InflateError extends Error {}

/**
 * Expands a whole deflate stream.
 *
 * @param deflated - exactly the stream
 * @param bytes - how many have to come out
 * @throws `InflateError`
 */
export function inflateWhole(deflated: Uint8Array, bytes: number): Uint8Array {
  let result: { readonly buffer: Buffer; readonly engine: InflateRaw };
  try {
    result = inflateRawSync(deflated, {
      info: true,
      maxOutputLength: Math.max(1, bytes),
      chunkSize: Math.min(Math.max(64, bytes + 1), PIECE_BYTES),
      // The typings do not know that `info` changes what comes out.
    }) as unknown as { buffer: Buffer; engine: InflateRaw };
  } catch (error) {
    throw new InflateError('inflate', { cause: error });
  }
  if (result.buffer.byteLength !== bytes || result.engine.bytesWritten !== deflated.byteLength)
    throw new InflateError('size');
  return result.buffer;
}

/**
 * Expands a deflate stream.
 *
 * @param source - exactly the stream, in pieces of any size
 * @throws `InflateError`, and what the source throws
 */
export async function* inflateStream(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let given = 0;
  let failure: Error | undefined;
  async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const piece of source) {
        given += piece.byteLength;
        yield piece;
      }
    } catch (error) {
      failure = asError(error);
      throw failure;
    }
  }
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
  try {
    yield* through(inflate, counted());
  } catch (error) {
    if (failure !== undefined) throw failure;
    throw new InflateError('inflate', { cause: error });
  }
  if (inflate.bytesWritten !== given) throw new InflateError('trailing');
}

/**
 * Expands a deflate stream that says itself where it ends, and takes no byte beyond that.
 *
 * @param source - the stream, and whatever follows it
 * @param use - is given what comes out; waited for before there is more
 * @throws `InflateError`, and what the source and `use` throw
 */
export async function inflateForward(
  source: Forward,
  use: (piece: Uint8Array) => Promise<void> | undefined,
): Promise<void> {
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
  let writing: PromiseWithResolvers<undefined> | undefined;
  const using = useAll(inflate, use);
  // Who stops listening, or has heard the end, may leave a write unanswered.
  using.then(
    () => writing?.resolve(undefined),
    (error: unknown) => writing?.reject(error),
  );
  try {
    for (;;) {
      const seen = await source.peek();
      if (seen.byteLength === 0) throw new InflateError('truncated');
      const before = inflate.bytesWritten;
      writing = Promise.withResolvers();
      const { promise, resolve } = writing;
      // What it fails with, whoever listens is told.
      inflate.write(seen, (error) => {
        if (error === null || error === undefined) resolve(undefined);
      });
      await promise;
      const used = inflate.bytesWritten - before;
      source.skip(used);
      // What it does not want lies behind its end.
      if (used < seen.byteLength) break;
    }
    await using;
  } finally {
    inflate.destroy();
    await using.catch(() => undefined);
  }
}

async function useAll(
  inflate: InflateRaw,
  use: (piece: Uint8Array) => Promise<void> | undefined,
): Promise<void> {
  let failure: Error | undefined;
  try {
    for await (const piece of inflate) {
      try {
        await use(piece as Uint8Array);
      } catch (error) {
        failure = asError(error);
        throw failure;
      }
    }
  } catch (error) {
    throw failure ?? new InflateError('inflate', { cause: error });
  }
}

async function* through(
  transform: DeflateRaw | InflateRaw,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  // Told by the iteration below; an `error` event that nobody listens to would end the process.
  transform.on('error', () => undefined);
  const feeding = feed(transform, source);
  try {
    for await (const piece of transform) yield piece as Uint8Array;
  } finally {
    transform.destroy();
    await feeding;
  }
}

async function feed(
  transform: DeflateRaw | InflateRaw,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  const drained = gate(transform, ['drain', 'close']);
  try {
    for await (const piece of source) {
      if (!transform.write(piece) && !transform.destroyed) await drained();
      if (transform.destroyed) return;
    }
    transform.end();
  } catch (error) {
    transform.destroy(asError(error));
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('failed', { cause: error });
}
