import { createHash, hash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { AppError } from '../contract/errors.ts';
import type { DigestReply, DigestRequest } from './digest-worker.ts';

/*
 * SHA-256 without CPU instructions for it runs at a few hundred MB/s: as slow as everything else together. So a long stream is
 * hashed in a worker thread beside the sealing. Bytes are copied into slots of shared memory, which also frees callers from any
 * thought about when they may reuse a buffer; a full ring makes them wait, so memory stays bounded.
 */
const SLOT_BYTES = 1024 * 1024;
const SLOTS = 4;
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
  const slots = Array.from(
    { length: SLOTS },
    () => new Uint8Array(new SharedArrayBuffer(SLOT_BYTES)),
  );
  const free = slots.map((_slot, index) => index);
  const worker = new Worker(WORKER, {
    workerData: slots,
    // A worker inherits environment and argv by default; this one has no use for either.
    env: {},
    argv: [],
    stderr: true,
    stdout: true,
  });
  let current: { index: number; used: number } | undefined;
  let wake: (() => void) | undefined;
  let failure: unknown;
  let result: PromiseWithResolvers<string> | undefined;

  const fail = (error: unknown): void => {
    failure ??= error;
    wake?.();
    result?.reject(new AppError('internal', {}, error));
  };
  worker.on('message', (reply: DigestReply) => {
    if (reply.kind === 'done') {
      result?.resolve(reply.sha256);
      return;
    }
    free.push(reply.slot);
    wake?.();
  });
  worker.on('error', fail);
  worker.on('exit', () => {
    fail(new Error('the digest worker ended early'));
  });
  // After the listeners: one for messages would keep the process alive again.
  worker.unref();

  const post = (request: DigestRequest): void => {
    worker.postMessage(request);
  };
  const flush = (): void => {
    if (current === undefined) return;
    post({ kind: 'update', slot: current.index, bytes: current.used });
    current = undefined;
  };
  const copy = (bytes: Uint8Array, from: number): number => {
    let offset = from;
    while (offset < bytes.byteLength) {
      if (current === undefined) {
        const index = free.shift();
        if (index === undefined) return offset;
        current = { index, used: 0 };
      }
      const slot = slots[current.index] ?? new Uint8Array();
      const count = Math.min(SLOT_BYTES - current.used, bytes.byteLength - offset);
      slot.set(bytes.subarray(offset, offset + count), current.used);
      current.used += count;
      offset += count;
      if (current.used === SLOT_BYTES) flush();
    }
    return offset;
  };
  const copyRest = async (bytes: Uint8Array, from: number): Promise<void> => {
    let offset = from;
    while (offset < bytes.byteLength) {
      if (failure !== undefined) throw new AppError('internal', {}, failure);
      const { promise, resolve } = Promise.withResolvers<undefined>();
      wake = () => {
        resolve(undefined);
      };
      worker.ref();
      await promise;
      offset = copy(bytes, offset);
    }
  };

  return {
    update: (bytes) => {
      if (failure !== undefined) throw new AppError('internal', {}, failure);
      const offset = copy(bytes, 0);
      if (offset === bytes.byteLength) return undefined;
      // Not `slice`, which for a Buffer is a view of the same memory.
      return copyRest(new Uint8Array(bytes.subarray(offset)), 0);
    },
    finish: async () => {
      if (failure !== undefined) throw new AppError('internal', {}, failure);
      result = Promise.withResolvers<string>();
      worker.ref();
      flush();
      post({ kind: 'finish' });
      try {
        return await result.promise;
      } finally {
        void worker.terminate();
      }
    },
    abandon: () => {
      void worker.terminate();
    },
  };
}
