import { createHmac, randomBytes, randomFillSync } from 'node:crypto';
import { broadestShape, spell, type Shape, type Spelling } from './spelling.ts';
import { writeText } from './text.ts';

/** More passphrases than this nobody seals with or types in one run; the oldest are forgotten first. */
const MOST_PASSPHRASES = 500;

/** Enough to spare a text nearly all prints, and far too few to tell a passphrase by. */
const TAG_BITS = 12;

/** What is kept of a passphrase, beside its print. */
interface Trace {
  readonly shape: Shape;
  readonly length: number;
  /** The upper bits of a sum that can be rolled over a text. */
  readonly tag: number;
}

/**
 * The passphrases of a run, by which they are recognised in a text long after they themselves were forgotten. Of each only the length
 * and an HMAC-SHA256 are kept, and twelve bits that make the search fast, under a key of the run that is never written anywhere.
 */
export class PassphraseMemory {
  readonly #key = randomBytes(32);
  /** Odd, so that no character falls out of the sum. */
  readonly #factor = randomBytes(4).readInt32LE() | 1;
  /** By print, the oldest first. */
  readonly #traces = new Map<string, Trace>();

  /**
   * Remembers a passphrase. What is so short that any text may hold it is not remembered, nor what Signet itself writes into each
   * message: whoever tried such a word on a bundle could send no message any more.
   *
   * @param passphrase - as it was made or typed
   */
  remember(passphrase: string): void {
    const spelling = spell(passphrase);
    const shape = broadestShape(spelling);
    if (shape === undefined) return;
    const form = spelling[shape];
    if (ownWords().some((own) => own[shape].includes(form))) return;
    const print = this.#print(shape, form);
    this.#traces.delete(print);
    this.#traces.set(print, { shape, length: form.length, tag: tagOf(this.#sum(form)) });
    const [oldest] = this.#traces.keys();
    if (this.#traces.size > MOST_PASSPHRASES && oldest !== undefined) this.#traces.delete(oldest);
  }

  /**
   * Whether one of them is in a text.
   *
   * @param read - texts, each in all ways in which it can be read
   */
  isIn(read: readonly Spelling[]): boolean {
    return this.#groups().some((group) => {
      const texts = new Set(read.map((spelling) => spelling[group.shape]));
      return [...texts].some((text) => this.#slide(group, text));
    });
  }

  /** Forgets all of them. */
  forget(): void {
    this.#traces.clear();
    randomFillSync(this.#key);
  }

  /** Those that one walk over a text looks for. */
  #groups(): Group[] {
    const groups = new Map<string, Group>();
    for (const { shape, length, tag } of this.#traces.values()) {
      const name = `${shape} ${String(length)}`;
      const group = groups.get(name) ?? { shape, length, tags: new Uint8Array(1 << TAG_BITS) };
      group.tags[tag] = 1;
      groups.set(name, group);
    }
    return [...groups.values()];
  }

  #slide({ shape, length, tags }: Group, text: string): boolean {
    if (text.length < length) return false;
    let leaving = 1;
    for (let index = 1; index < length; index += 1) leaving = Math.imul(leaving, this.#factor);
    let sum = this.#sum(text.slice(0, length));
    for (let start = 0; ; start += 1) {
      const end = start + length;
      if (tags[tagOf(sum)] === 1 && this.#traces.has(this.#print(shape, text.slice(start, end))))
        return true;
      if (end === text.length) return false;
      sum -= Math.imul(text.charCodeAt(start), leaving);
      sum = (Math.imul(sum, this.#factor) + text.charCodeAt(end)) | 0;
    }
  }

  #sum(form: string): number {
    let sum = 0;
    for (let index = 0; index < form.length; index += 1)
      sum = (Math.imul(sum, this.#factor) + form.charCodeAt(index)) | 0;
    return sum;
  }

  #print(shape: Shape, form: string): string {
    return createHmac('sha256', this.#key)
      .update(`${shape} `, 'utf16le')
      .update(form, 'utf16le')
      .digest('base64');
  }
}

interface Group extends Pick<Trace, 'shape' | 'length'> {
  /** 1 at each of their tags. */
  readonly tags: Uint8Array;
}

function tagOf(sum: number): number {
  return sum >>> (32 - TAG_BITS);
}

let own: readonly Spelling[] | undefined;

/** Every text that Signet writes by itself. */
function ownWords(): readonly Spelling[] {
  own ??= (['en', 'de'] as const).flatMap((language) =>
    (['age', 'zip', '7z', 'html'] as const).flatMap((format) =>
      (['passphrase', 'keys'] as const).flatMap((lockedWith) =>
        [undefined, { number: 1, of: 2, first: '' }].flatMap((part) => {
          const { subject, text } = writeText({ language, format, lockedWith, bundle: '', part });
          return [spell(subject), spell(text)];
        }),
      ),
    ),
  );
  return own;
}
