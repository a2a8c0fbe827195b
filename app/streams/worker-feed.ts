import { Worker } from 'node:worker_threads';
import { AppError } from '../contract/errors.ts';

/*
 * Bytes for a worker thread. They are copied into slots of shared memory, which also frees callers from any thought about when they
 * may reuse a buffer; a full ring makes them wait, so memory stays bounded.
 */
const SLOT_BYTES = 1024 * 1024;
const SLOTS = 4;

/** What the owner of a feed asks of its worker. */
export type FeedRequest =
  | { readonly kind: 'update'; readonly slot: number; readonly bytes: number }
  | { readonly kind: 'finish' };

/** What the worker answers: a slot that may be filled again, or what came of it all. */
export type FeedReply<Result> =
  | { readonly kind: 'free'; readonly slot: number }
  | { readonly kind: 'done'; readonly result: Result };

/** A worker thread that is fed with bytes and ends with a result. */
export interface WorkerFeed<Result> {
  /**
   * Takes the next bytes; they may be reused as soon as this returns, even before the promise settles.
   *
   * @returns a promise when the caller has to wait, which keeps memory bounded
   */
  readonly write: (bytes: Uint8Array) => Promise<void> | undefined;
  /** What came of it. Ends the stream and the thread. */
  readonly finish: () => Promise<Result>;
  /** Gives up, and ends the thread. Harmless after `finish`. */
  readonly abandon: () => void;
}

/**
 * Starts a worker thread to be fed.
 *
 * @param module - its program, which finds `{ slots, ...data }` in `workerData`
 * @param data - what it has to know; never in its environment or arguments
 */
export function feedWorker<Result>(module: URL, data: object = {}): WorkerFeed<Result> {
  const slots = Array.from(
    { length: SLOTS },
    () => new Uint8Array(new SharedArrayBuffer(SLOT_BYTES)),
  );
  const free = slots.map((_slot, index) => index);
  const worker = new Worker(module, {
    workerData: { slots, ...data },
    // A worker inherits environment and argv by default; this one has no use for either.
    env: {},
    argv: [],
    stderr: true,
    stdout: true,
  });
  let current: { index: number; used: number } | undefined;
  let wake: (() => void) | undefined;
  let failure: unknown;
  let result: PromiseWithResolvers<Result> | undefined;
  /** Set when the worker had its result before the end: it found a reason to stop. */
  let done: { readonly result: Result } | undefined;

  const fail = (error: unknown): void => {
    failure ??= error;
    wake?.();
    result?.reject(new AppError('internal', {}, error));
  };
  worker.on('message', (reply: FeedReply<Result>) => {
    if (reply.kind === 'done') {
      done = reply;
      result?.resolve(reply.result);
      wake?.();
      return;
    }
    free.push(reply.slot);
    wake?.();
  });
  worker.on('error', fail);
  worker.on('exit', () => {
    fail(new Error('the worker ended early'));
  });
  // After the listeners: one for messages would keep the process alive again.
  worker.unref();
  const post = (request: FeedRequest): void => {
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
      // It knows its result already, and takes no more.
      if (done !== undefined) return bytes.byteLength;
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
    write: (bytes) => {
      if (failure !== undefined) throw new AppError('internal', {}, failure);
      const offset = copy(bytes, 0);
      if (offset === bytes.byteLength) return undefined;
      // Not `slice`, which for a Buffer is a view of the same memory.
      return copyRest(new Uint8Array(bytes.subarray(offset)), 0);
    },
    finish: async () => {
      if (done !== undefined) {
        void worker.terminate();
        return done.result;
      }
      if (failure !== undefined) throw new AppError('internal', {}, failure);
      result = Promise.withResolvers<Result>();
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
