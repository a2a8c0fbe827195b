/** Speed is that of the last seconds, so that it follows the network and does not flicker. */
const WINDOW_MS = 3000;
/** Less than this is too little to tell anything from. */
const LEAST_MS = 500;

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

/** Measures how fast bytes get done. */
export class SpeedMeter {
  #samples: Sample[] = [];

  /**
   * Notes how many bytes are done. Fewer than before begin a new measurement.
   *
   * @param at - milliseconds of a clock that never goes back
   * @param bytes - done so far
   */
  note(at: number, bytes: number): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && bytes < last.bytes) this.#samples = [];
    this.#samples.push({ at, bytes });
    // One sample from before the window stays, so that a slow job has something to be measured from.
    while ((this.#samples[1]?.at ?? Infinity) <= at - WINDOW_MS) this.#samples.shift();
  }

  /** Bytes per second; `undefined` until there is something to measure. */
  speed(): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < LEAST_MS)
      return undefined;
    return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  }

  /** Begins anew. */
  reset(): void {
    this.#samples = [];
  }
}
