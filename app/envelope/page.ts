import { hash } from 'node:crypto';
import { AppError, type Damage } from '../contract/errors.ts';
import { armoredSize, encodeArmor } from './armor.ts';

/*
 * The self-opening page: an HTML file that consists of a template, which is the reader, and of an age file as armor in the one
 * element that the template has for it. Without the lines of the armor a page is its template again, byte for byte, so that the
 * reader can be compared with nothing but `sed` and `sha256sum`.
 */

/** Stands near the beginning of every page, by which it is recognised. */
const MARKER = '<!-- signet bundle page v1 -->';
/** How much of a page is looked at for the marker. */
const MARKED_BYTES = 512;
/** The element for the armor, whose content a browser neither runs nor shows. */
const SLOT = '<script type="text/plain" id="bundle">';
const SLOT_END = '</script>';
const PAGE_END = '</html>';
/** The lines of an armor, however they are counted. Nowhere else in a page, or `sed` would take it for the bundle. */
const ARMOR_LABEL = /(?:BEGIN|END) AGE/;
/** Several times the size of a template; more is not a reader but somebody's attempt to keep us busy. */
const MAX_READER_BYTES = 4 * 1024 * 1024;

const LINE_BREAK = Buffer.from('\n');
const LESS_THAN = 0x3c;

/** A template in the two parts between which the armor goes. */
interface Template {
  readonly before: Buffer;
  readonly behind: Buffer;
}

/** By what a reader can be compared. */
export interface TemplateDigest {
  /** SHA-256 of a page without the lines of its armor. Lower-case hex. */
  readonly page: string;
  /** SHA-256 of the reader's program, as the page itself shows it. Lower-case hex. */
  readonly program: string;
}

/**
 * Recognises a page by how it begins, whatever its name.
 *
 * @param head - its first 512 bytes, or all of a shorter file
 */
export function recognisePage(head: Uint8Array): boolean {
  const text = asBuffer(head).subarray(0, MARKED_BYTES).toString('latin1');
  return text.includes(MARKER) && /^\s*<!doctype html>/i.test(text);
}

/**
 * Puts an age file into a page.
 *
 * @param template - the reader
 * @param sealed - the binary age file, in pieces of any size
 * @returns the page, in pieces
 * @throws `page-template-missing` when the template is none
 */
export async function* sealPage(
  template: Uint8Array,
  sealed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { before, behind } = splitTemplate(template);
  yield before;
  yield* encodeArmor(sealed);
  yield behind;
}

/**
 * How long a page becomes.
 *
 * @param template - the reader
 * @param sealedBytes - size of the binary age file
 */
export function pageSize(template: Uint8Array, sealedBytes: number): number {
  return template.byteLength + armoredSize(sealedBytes);
}

/**
 * Makes sure that a template can hold a bundle.
 *
 * @param template - the reader
 * @throws `page-template-missing`
 */
export function checkTemplate(template: Uint8Array): void {
  splitTemplate(template);
}

function splitTemplate(template: Uint8Array): Template {
  const bytes = asBuffer(template);
  const slot = `${SLOT}\n`;
  const at = bytes.indexOf(slot);
  const end = at + slot.length;
  const good =
    recognisePage(bytes) &&
    at >= 0 &&
    bytes.indexOf(SLOT, at + 1) < 0 &&
    bytes.indexOf(`${SLOT_END}\n`, end) === end &&
    bytes.toString('latin1').trimEnd().endsWith(PAGE_END) &&
    !ARMOR_LABEL.test(bytes.toString('latin1'));
  if (!good) throw new AppError('page-template-missing', {});
  return { before: bytes.subarray(0, end), behind: bytes.subarray(end) };
}

/**
 * Finds the armor in a page while the page goes by. What a page says beside it is not believed; all of it is looked at, so that
 * there is one bundle and no second one for somebody else's eyes, and so that a page which was cut off is found.
 *
 * @param source - the page in pieces of any size
 * @param template - the reader that has to stand round the armor; any reader unless given
 * @returns the armored text, to be read to its end: only there the rest of the page was looked at
 * @throws `bundle-damaged` (`page`): `malformed`, `truncated`, or `mismatch` when it is another reader
 */
export async function* readPage(
  source: AsyncIterable<Uint8Array>,
  template?: Uint8Array,
): AsyncGenerator<Uint8Array, void, undefined> {
  const expected = template === undefined ? undefined : splitTemplate(template);
  const before = new Surroundings(MAX_READER_BYTES);
  const behind = new Surroundings(MAX_READER_BYTES);
  let state: 'before' | 'inside' | 'behind' = 'before';
  for await (const piece of source) {
    let rest = asBuffer(piece);
    if (state === 'before') {
      const start = before.add(rest, SLOT);
      if (start === undefined) continue;
      checkBefore(before.bytes, expected);
      rest = rest.subarray(start);
      state = 'inside';
    }
    if (state === 'inside') {
      const end = rest.indexOf(LESS_THAN);
      const armored = end < 0 ? rest : rest.subarray(0, end);
      if (armored.byteLength > 0) yield armored;
      if (end < 0) continue;
      rest = rest.subarray(end);
      state = 'behind';
    }
    behind.add(rest);
  }
  if (state !== 'behind') throw damaged('truncated');
  checkBehind(behind.bytes, expected);
}

function checkBefore(bytes: Buffer, expected: Template | undefined): void {
  const text = bytes.toString('latin1');
  if (!recognisePage(bytes) || ARMOR_LABEL.test(text)) throw damaged('malformed');
  // The line break behind the element belongs to the template, and as white space to the armor.
  if (expected !== undefined && !expected.before.equals(Buffer.concat([bytes, LINE_BREAK])))
    throw damaged('mismatch');
}

function checkBehind(bytes: Buffer, expected: Template | undefined): void {
  const text = bytes.toString('latin1');
  if (!text.startsWith(SLOT_END))
    throw damaged(SLOT_END.startsWith(text) ? 'truncated' : 'malformed');
  if (text.includes(SLOT) || ARMOR_LABEL.test(text)) throw damaged('malformed');
  // Some mail gateways write something of their own behind it.
  if (!text.includes(PAGE_END)) throw damaged('truncated');
  if (expected !== undefined && !expected.behind.equals(bytes)) throw damaged('mismatch');
}

/** The part of a page on one side of its armor, of a limited size. */
class Surroundings {
  readonly #limit: number;
  readonly #pieces: Buffer[] = [];
  #length = 0;
  /** The end of what was added, in which a mark may have begun. */
  #tail = '';

  constructor(limit: number) {
    this.#limit = limit;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  /**
   * Adds a piece, or what of it goes up to the end of a mark.
   *
   * @returns where in the piece the mark ended, if it did
   */
  add(piece: Buffer, mark?: string): number | undefined {
    let end = piece.byteLength;
    let found = false;
    if (mark !== undefined) {
      const text = this.#tail + piece.toString('latin1');
      const at = text.indexOf(mark);
      found = at >= 0;
      if (found) end = at + mark.length - this.#tail.length;
      this.#tail = text.slice(-(mark.length - 1));
    }
    this.#length += end;
    if (this.#length > this.#limit) throw damaged('malformed');
    // Copied: whoever reads the page may use its buffer again.
    this.#pieces.push(Buffer.from(piece.subarray(0, end)));
    return found ? end : undefined;
  }
}

/**
 * By what a reader can be compared with the one that this program puts into its pages.
 *
 * @param template - the reader
 * @throws `page-template-missing` when it is none
 */
export function templateDigest(template: Uint8Array): TemplateDigest {
  const { before } = splitTemplate(template);
  const program = /<script>(?<text>[^]*?)<\/script>/.exec(before.toString())?.groups?.['text'];
  if (program === undefined) throw new AppError('page-template-missing', {});
  return {
    page: hash('sha256', template, 'hex'),
    program: hash('sha256', program, 'hex'),
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(damage: Damage): AppError {
  return new AppError('bundle-damaged', { part: 'page', damage });
}
