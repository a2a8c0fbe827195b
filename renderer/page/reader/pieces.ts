/** Takes bytes off a stream in the lengths that are wanted. */
export class Pieces {
  readonly #source: Iterator<Uint8Array> | AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array();

  /**
   * @param source - the stream, in pieces of any size
   */
  constructor(source: Iterator<Uint8Array> | AsyncIterator<Uint8Array>) {
    this.#source = source;
  }

  /**
   * Takes as many bytes as there is room for.
   *
   * @param into - where they go
   * @returns how many; fewer only at the end of the stream
   */
  async fill(into: Uint8Array): Promise<number> {
    let used = 0;
    while (used < into.byteLength) {
      if (this.#piece.byteLength === 0) {
        const next = await this.#source.next();
        if (next.done === true) break;
        this.#piece = next.value;
      }
      const part = this.#piece.subarray(0, into.byteLength - used);
      into.set(part, used);
      used += part.byteLength;
      this.#piece = this.#piece.subarray(part.byteLength);
    }
    return used;
  }
}
