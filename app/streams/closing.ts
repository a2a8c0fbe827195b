/**
 * A stream that puts something away when it is closed, also when nobody ever read from it; a generator's `finally` would not run
 * then. It gives out nothing once it is closed.
 *
 * @param start - makes the stream when it is first read from
 * @param close - runs, and is awaited, when the stream is closed or over; more than once does no harm
 */
export function closing(
  start: () => AsyncGenerator<Uint8Array, void, undefined>,
  close: () => unknown,
): AsyncIterableIterator<Uint8Array, undefined, undefined> {
  let stream: AsyncGenerator<Uint8Array, void, undefined> | undefined;
  let closed = false;
  return {
    next: async () => {
      // Started now, it would work with what was put away: it would seal under a key of zeros.
      if (closed) return { done: true, value: undefined };
      try {
        stream ??= start();
        const next = await stream.next();
        if (next.done !== true) return next;
      } catch (error) {
        await close();
        throw error;
      }
      await close();
      return { done: true, value: undefined };
    },
    return: async () => {
      closed = true;
      try {
        await stream?.return();
      } finally {
        await close();
      }
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
