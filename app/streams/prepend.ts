/**
 * A stream that begins with pieces already taken off it. Closing it closes the stream underneath, even when nothing was read from
 * it yet; a generator that has not started would not.
 *
 * @param pieces - what was taken, in order
 * @param iterator - the rest
 */
export function prepend(
  pieces: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncIterableIterator<Uint8Array> {
  const waiting = [...pieces];
  return {
    next: async () => {
      const value = waiting.shift();
      return value === undefined ? await iterator.next() : { done: false, value };
    },
    return: async () => {
      waiting.length = 0;
      await iterator.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
