import { damagedArchive } from './zip-damage.ts';
import type { RandomBytes } from './zip-directory.ts';

const AHEAD_BYTES = 1024 * 1024;

/** Small reads out of large ones: entries usually lie one behind the other. */
export class Window {
  readonly #file: RandomBytes;
  #start = 0;
  #bytes: Uint8Array = new Uint8Array();

  /**
   * @param file - what is read
   */
  constructor(file: RandomBytes) {
    this.#file = file;
  }

  /**
   * Reads bytes, which stay as they are.
   *
   * @param position - of the first
   * @param length - how many
   * @param ahead - whether what lies behind is likely to be wanted next
   * @throws `bundle-damaged` (`truncated`) where the file ends before
   */
  async read(position: number, length: number, ahead: boolean): Promise<Uint8Array> {
    const offset = position - this.#start;
    if (offset < 0 || offset + length > this.#bytes.byteLength) {
      const wanted = ahead ? Math.max(length, AHEAD_BYTES) : length;
      const bytes = await this.#file.read(position, wanted);
      if (bytes.byteLength < length) throw damagedArchive('truncated');
      // A lone read does not push out what the small ones live on.
      if (!ahead) return bytes;
      this.#bytes = bytes;
      this.#start = position;
      return bytes.subarray(0, length);
    }
    return this.#bytes.subarray(offset, offset + length);
  }
}
