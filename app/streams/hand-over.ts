/** A stream whose pieces are handed over one by one. */
export interface HandOver {
  /** To be read once. Closing it makes every further `write` return at once. */
  readonly source: AsyncIterableIterator<Uint8Array>;
  /**
   * Hands a piece over.
   *
   * @returns a promise that settles when the reader asks for more than what waits already
   */
  readonly write: (piece: Uint8Array) => Promise<void> | undefined;
  /** No more comes. */
  readonly end: () => void;
}

/** Makes a stream for a reader that works beside the writer. A writer who waits for each `write` is never far ahead. */
export function handOver(): HandOver {
  const waiting: Uint8Array[] = [];
  const room: (() => void)[] = [];
  let ended = false;
  let closed = false;
  let wake: (() => void) | undefined;
  const letGo = (): void => {
    for (const resolve of room.splice(0)) resolve();
  };
  return {
    write: (piece) => {
      if (closed || ended) return undefined;
      waiting.push(piece);
      wake?.();
      return new Promise((resolve) => {
        room.push(resolve);
      });
    },
    end: () => {
      ended = true;
      wake?.();
      letGo();
    },
    source: {
      next: async () => {
        for (;;) {
          const value = waiting.shift();
          if (value !== undefined) {
            room.shift()?.();
            return { done: false, value };
          }
          if (ended || closed) return { done: true, value: undefined };
          const { promise, resolve } = Promise.withResolvers<undefined>();
          wake = () => {
            resolve(undefined);
          };
          await promise;
        }
      },
      return: () => {
        closed = true;
        waiting.length = 0;
        letGo();
        return Promise.resolve({ done: true, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    },
  };
}
