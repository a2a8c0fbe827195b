/*
 * A ZIP has a salt, and so a derivation of a thousand rounds, for each entry. Ten thousand small documents cost their sealer twenty
 * seconds of it, and would cost the proof as much again. A thousand it derives like any recipient.
 */

/** The keys of this many entries the proof derives from the passphrase: all, but in bundles of a great many documents. */
export const DERIVED_ANEW = 1000;

const SALT_BYTES = 16;
const ROW_BYTES = SALT_BYTES + 66;

/**
 * Keys that a sealing derived, each with its salt, in the order of the entries. They lie in shared memory, for a proof in another
 * thread: what it reads in the archive leads it to the keys, and where a salt is another one, it derives them itself.
 */
export class DerivedKeys {
  /** The memory, to be handed to the other thread, and to be wiped when nobody needs it any more. */
  readonly memory: Uint8Array;
  #next = 0;

  /**
   * @param memory - of the sealing; fresh memory is made by `forEntries`
   */
  constructor(memory: Uint8Array) {
    this.memory = memory;
  }

  /**
   * Makes room.
   *
   * @param count - how many entries there will be
   */
  static forEntries(count: number): DerivedKeys {
    return new DerivedKeys(new Uint8Array(new SharedArrayBuffer(count * ROW_BYTES)));
  }

  /**
   * Puts down what was derived for an entry. Has to happen before the entry is handed to whoever proves it.
   *
   * @param index - which entry, from 0; one for which there is no room is left out
   * @param salt - 16 bytes
   * @param keys - 66 bytes, which are copied
   */
  put(index: number, salt: Uint8Array, keys: Uint8Array): void {
    const row = this.#row(index);
    if (row.byteLength < ROW_BYTES) return;
    row.set(salt);
    row.set(keys, SALT_BYTES);
  }

  /**
   * The keys of the next entry.
   *
   * @param salt - as it stands in the archive
   * @returns a copy; `undefined` where they were derived for another salt, or not at all
   */
  take(salt: Uint8Array): Uint8Array | undefined {
    const row = this.#row(this.#next);
    this.#next += 1;
    const isSame =
      row.byteLength === ROW_BYTES &&
      salt.byteLength === SALT_BYTES &&
      salt.every((byte, index) => byte === row[index]);
    return isSame ? Uint8Array.from(row.subarray(SALT_BYTES)) : undefined;
  }

  #row(index: number): Uint8Array {
    return this.memory.subarray(index * ROW_BYTES, (index + 1) * ROW_BYTES);
  }
}
