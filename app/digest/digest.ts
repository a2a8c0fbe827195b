import { createHash, hash } from 'node:crypto';
import { feedWorker } from '../streams/worker-feed.ts';

/*
 * SHA-256 without CPU instructions for it runs at a few hundred MB/s: as slow as everything else together. So a long stream is
 * hashed in a worker thread beside the sealing.
 */

/** Below this a worker's start costs more than it saves. */
const WORKER_FROM_BYTES = 16 * 1024 * 1024;

/** The worker's module lies beside this one, as source in a checkout and as JavaScript in a build. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './digest-worker.ts' : './digest-worker.js',
  import.meta.url,
);

/** A SHA-256 in the making. */
export interface Digest {
  /**
   * Takes the next bytes; they may be reused as soon as this returns, even before the promise settles.
   *
   * @returns a promise when the caller has to wait, which keeps memory bounded
   */
  update(bytes: Uint8Array): Promise<void> | undefined;
  /** The digest, lower-case hex. Ends the stream. */
  finish(): Promise<string>;
  /** Gives up. Harmless after `finish`. */
  abandon(): void;
}

/**
 * SHA-256 of bytes that are all there.
 *
 * @param bytes - the bytes
 * @returns lower-case hex
 */
export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

/**
 * Starts a SHA-256 over a stream: in this thread for a short one, in a worker thread for a long one.
 *
 * @param expectedBytes - about how long the stream will be; `undefined` when nobody knows counts as long
 */
export function startDigest(expectedBytes: number | undefined): Digest {
  return expectedBytes !== undefined && expectedBytes < WORKER_FROM_BYTES
    ? inlineDigest()
    : workerDigest();
}

function inlineDigest(): Digest {
  const digest = createHash('sha256');
  return {
    update: (bytes) => {
      digest.update(bytes);
      return undefined;
    },
    finish: () => Promise.resolve(digest.digest('hex')),
    abandon: () => undefined,
  };
}

function workerDigest(): Digest {
  const { write, finish, abandon } = feedWorker<string>(WORKER);
  return { update: write, finish, abandon };
}
