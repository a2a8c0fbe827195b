/**
 * A stream that begins with pieces already taken off it. Closing it closes the stream underneath.
 *
 * @param pieces - what was taken, in order
 * @param iterator - the rest
 */
export async function* prepend(
  pieces: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* pieces;
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
