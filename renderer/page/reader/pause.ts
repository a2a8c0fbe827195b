/**
 * Gives the browser its turn: to draw, and to hear what the person does. By a message, because browsers make timers wait, and in
 * a page that nobody looks at for a second each.
 */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/**
 * The key derivation asks its host for `scheduler.yield`, and falls back to timers. Chrome's own goes before drawing, which leaves
 * ten pictures in a second; with ours there are as many as ever, and it takes no longer.
 */
export function providePause(): void {
  Object.defineProperty(globalThis, 'scheduler', { value: { yield: pause }, configurable: true });
}

/** How long work may go on before the browser gets its turn, in milliseconds: a frame. */
export const SLICE_MS = 16;

/** Work that gives the browser its turn once for each frame. */
export class Breath {
  #since = performance.now();

  /** Pauses when a frame has gone by since the last pause. */
  async take(): Promise<void> {
    if (performance.now() - this.#since < SLICE_MS) return;
    await pause();
    this.#since = performance.now();
  }
}
