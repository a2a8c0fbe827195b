import { AppError, type Damage } from '../contract/errors.ts';

/*
 * The ASCII armor of age v1 ("ASCII armor": strict RFC 7468 with a fixed label, CRLF or LF, white space around it allowed), as a
 * stream; the library's decoder wants the whole file at once.
 */
export const ARMOR_BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----';
const ARMOR_END = '-----END AGE ENCRYPTED FILE-----';
const LINE_CHARACTERS = 64;
/** What a full line holds. */
const LINE_BYTES = 48;
/** Longer than any line can be; keeps a file without line breaks from being collected whole. */
const MAX_LINE_BYTES = 1024;
/** How much white space may surround the armor. */
const MAX_SPACE_BYTES = 64 * 1024;

/**
 * Encodes an age file as armor: lines of 64 characters, ended with LF.
 *
 * @param source - the binary file in pieces of any size
 * @returns the text, in pieces of whole lines
 */
export async function* encodeArmor(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(`${ARMOR_BEGIN}\n`);
  let rest = Buffer.alloc(0);
  for await (const piece of source) {
    const bytes = Buffer.concat([rest, piece]);
    const end = bytes.byteLength - (bytes.byteLength % LINE_BYTES);
    rest = bytes.subarray(end);
    if (end > 0) yield encodedLines(bytes.subarray(0, end));
  }
  const last = rest.byteLength === 0 ? '' : `${rest.toString('base64')}\n`;
  yield Buffer.from(`${last}${ARMOR_END}\n`);
}

/** Three times as fast as to let a regular expression set the line breaks. */
function encodedLines(bytes: Buffer): Buffer {
  const text = Buffer.from(bytes.toString('base64'), 'latin1');
  const lines = text.byteLength / LINE_CHARACTERS;
  const encoded = Buffer.alloc(lines * (LINE_CHARACTERS + 1), '\n');
  for (let line = 0; line < lines; line += 1) {
    const start = line * LINE_CHARACTERS;
    text.copy(encoded, start + line, start, start + LINE_CHARACTERS);
  }
  return encoded;
}

/**
 * How long a file becomes as armor.
 *
 * @param bytes - size of the binary file
 * @returns size of the text
 */
export function armoredSize(bytes: number): number {
  const characters = Math.ceil(bytes / 3) * 4;
  const breaks = Math.ceil(characters / LINE_CHARACTERS) + 2;
  return ARMOR_BEGIN.length + characters + ARMOR_END.length + breaks;
}

/**
 * Decodes an armored age file.
 *
 * @param source - the armored text in pieces of any size
 * @returns the binary file, in pieces
 * @throws `bundle-damaged` (`armor`)
 */
export async function* decodeArmor(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const armor = new Armor();
  let rest = Buffer.alloc(0);
  for await (const piece of source) {
    const bytes = Buffer.concat([rest, piece]);
    const end = bytes.lastIndexOf('\n') + 1;
    rest = bytes.subarray(end);
    if (rest.byteLength > MAX_LINE_BYTES + MAX_SPACE_BYTES) throw damaged('malformed');
    const decoded = armor.take(bytes.subarray(0, end).toString('latin1').split('\n').slice(0, -1));
    if (decoded.byteLength > 0) yield decoded;
  }
  armor.finish(rest.toString('latin1'));
}

class Armor {
  #state: 'before' | 'inside' | 'behind' = 'before';
  #short = false;
  #any = false;
  #space = 0;

  take(lines: readonly string[]): Buffer {
    const decoded: Buffer[] = [];
    for (const raw of lines) {
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
      if (this.#state !== 'inside') this.#outside(line);
      else if (line.trimEnd() === ARMOR_END) this.#state = 'behind';
      else decoded.push(this.#decode(line));
    }
    return Buffer.concat(decoded);
  }

  finish(rest: string): void {
    // Only the last line may do without a line break: anything else here is what a cut left of a line.
    if (this.#state === 'inside' && rest.trimEnd() !== ARMOR_END) throw damaged('truncated');
    this.take([rest]);
    if (this.#state === 'before') throw damaged('malformed');
    if (!this.#any) throw damaged('truncated');
  }

  #outside(line: string): void {
    this.#space += line.length + 1;
    if (this.#space > MAX_SPACE_BYTES) throw damaged('malformed');
    if (line.trim() === '') return;
    if (this.#state === 'behind') throw damaged('trailing-data');
    if (line.trimStart() !== ARMOR_BEGIN) throw damaged('malformed');
    this.#state = 'inside';
  }

  #decode(line: string): Buffer {
    // Only the last line may be shorter than the others, and it has to hold something.
    if (this.#short || line === '' || line.length > LINE_CHARACTERS) throw damaged('malformed');
    const bytes = Buffer.from(line, 'base64');
    if (bytes.toString('base64') !== line) throw damaged('malformed');
    this.#short = line.length < LINE_CHARACTERS || line.endsWith('=');
    this.#any = true;
    return bytes;
  }
}

function damaged(damage: Damage): AppError {
  return new AppError('bundle-damaged', { part: 'armor', damage });
}
