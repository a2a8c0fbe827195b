interface Emitter {
  on(event: string, listener: () => void): unknown;
}

/**
 * Lets one waiter at a time wait for the next of some events. The listeners are added once: a race between new promises and one
 * that lives as long as the stream would keep something of every wait.
 *
 * @param emitter - a stream
 * @param events - such as `drain` and `close`
 * @returns what to call, and await, after the stream said that it is full
 */
export function gate(emitter: Emitter, events: readonly string[]): () => Promise<void> {
  let wake: (() => void) | undefined;
  for (const event of events) {
    emitter.on(event, () => {
      wake?.();
      wake = undefined;
    });
  }
  return () =>
    new Promise((resolve) => {
      wake = resolve;
    });
}
