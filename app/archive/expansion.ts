import { AppError } from '../contract/errors.ts';
import type { ExpansionLimits } from '../contract/formats.ts';

/** What may still come out of a compressed bundle. */
export class Allowance {
  readonly #limits: ExpansionLimits;
  readonly #mostByRatio: number;
  #bytes = 0;

  /**
   * @param limits - how much may come out
   * @param bundleBytes - size of the bundle
   */
  constructor(limits: ExpansionLimits, bundleBytes: number) {
    this.#limits = limits;
    this.#mostByRatio = Math.max(limits.harmlessBytes, bundleBytes * limits.maxRatio);
  }

  /**
   * Refuses what a bundle says of itself, before anything is done.
   *
   * @param bytes - how much will come out
   * @throws `expands-too-much`
   */
  expect(bytes: number): void {
    if (bytes > this.#limits.maxBytes)
      throw new AppError('expands-too-much', { kind: 'total', limit: this.#limits.maxBytes });
    if (bytes > this.#mostByRatio)
      throw new AppError('expands-too-much', { kind: 'ratio', limit: this.#limits.maxRatio });
  }

  /**
   * Counts what did come out.
   *
   * @param bytes - more of it
   * @throws `expands-too-much`
   */
  take(bytes: number): void {
    this.#bytes += bytes;
    this.expect(this.#bytes);
  }
}
