import { AppError, type Damage } from '../../../app/contract/errors.ts';
import { fromBase64 } from './base64.ts';

/*
 * The armor is written in a way that does not look like one here: the words of its first line stand nowhere in this program, so
 * that `sed` finds the bundle in the page and nothing else.
 */
const BEGIN = /^\s*-----BEGIN\sAGE ENCRYPTED FILE-----\n/;
const END = /\n-----END\sAGE ENCRYPTED FILE-----\s*$/;
const LINE_CHARACTERS = 64;
const LINE_BYTES = 48;
/** How many lines are decoded at a time. */
const PIECE_LINES = 8192;
/** More than the first and the last line with the white space round them. */
const EDGE_CHARACTERS = 256;

/** The age file that a page carries. */
export interface Carried {
  /** Size of the binary file. */
  readonly bytes: number;
  /**
   * Decodes it.
   *
   * @returns its bytes, in pieces
   * @throws `bundle-damaged` (`armor`)
   */
  pieces(): Generator<Uint8Array<ArrayBuffer>, void, undefined>;
}

/**
 * Finds the age file in the page.
 *
 * @param texts - what the elements for it hold; one, unless the page was cut off or changed
 * @throws `bundle-damaged` (`page`): `truncated`, or `malformed` when there is more or less than one armor
 */
export function findCarried(texts: readonly string[]): Carried {
  const [text] = texts;
  if (text === undefined) throw damaged('truncated');
  if (texts.length > 1) throw damaged('malformed');
  const begin = BEGIN.exec(text.slice(0, EDGE_CHARACTERS))?.[0].length;
  if (begin === undefined) throw damaged(text.trim() === '' ? 'truncated' : 'malformed');
  const end = END.exec(text.slice(Math.max(0, text.length - EDGE_CHARACTERS)))?.[0].length;
  if (end === undefined) throw damaged('truncated');
  const lines = text.slice(begin, text.length - end);
  return { bytes: sizeOf(lines), pieces: () => decode(lines) };
}

function sizeOf(lines: string): number {
  const full = Math.floor(lines.length / (LINE_CHARACTERS + 1));
  const rest = lines.length - full * (LINE_CHARACTERS + 1);
  const padding = /={0,2}$/.exec(lines.slice(-2))?.[0].length ?? 0;
  return full * LINE_BYTES + (rest / 4) * 3 - padding;
}

function* decode(lines: string): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  if (lines.endsWith('\n')) throw malformedArmor();
  const step = PIECE_LINES * (LINE_CHARACTERS + 1);
  for (let start = 0; start < lines.length; start += step) {
    const text = lines.slice(start, start + step);
    for (let at = LINE_CHARACTERS; at < text.length; at += LINE_CHARACTERS + 1)
      if (text[at] !== '\n') throw malformedArmor();
    const bytes = decoded(text);
    // Whatever else is white space or padding in it makes it shorter than it has to be.
    if (bytes.byteLength !== sizeOf(text)) throw malformedArmor();
    yield bytes;
  }
}

function decoded(text: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(text);
  } catch (error) {
    throw malformedArmor(error);
  }
}

function malformedArmor(cause?: unknown): AppError {
  return new AppError('bundle-damaged', { part: 'armor', damage: 'malformed' }, cause);
}

function damaged(damage: Damage): AppError {
  return new AppError('bundle-damaged', { part: 'page', damage });
}
