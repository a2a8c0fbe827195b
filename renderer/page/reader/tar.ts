import { AppError, type Damage } from '../../../app/contract/errors.ts';
import type { Pieces } from './pieces.ts';

/*
 * The tar that Signet writes (POSIX.1-2001, "pax Interchange Format"): files, folders, and extended headers for names that do
 * not fit. Everything else is refused: Signet puts nothing else into a page.
 */
const BLOCK_BYTES = 512;
/** Several times what a name may have. */
const MAX_EXTENDED_BYTES = 64 * 1024;

/** An entry of a tar, a file with all of its content. */
export type TarEntry =
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly modified: Date;
      readonly content: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'folder'; readonly name: string };

interface Header {
  readonly name: string;
  readonly size: number;
  readonly modified: Date;
  readonly type: string;
}

/**
 * Takes a tar apart. Names are not judged.
 *
 * @param tar - read to its very end, behind the end of the archive
 * @param mostBytes - a file that claims to be larger is refused before there is room made for it
 * @throws `bundle-damaged` (`archive`), `unsafe-entry`, `not-enough-memory`
 */
export async function* readTar(
  tar: Pieces,
  mostBytes: number,
): AsyncGenerator<TarEntry, void, undefined> {
  let longName: string | undefined;
  for (;;) {
    const block = await content(tar, BLOCK_BYTES, BLOCK_BYTES);
    if (block.every((byte) => byte === 0)) break;
    const { name, size, modified, type } = parseHeader(block);
    const inside = await content(tar, size, type === 'x' ? MAX_EXTENDED_BYTES : mostBytes);
    await content(tar, -size & (BLOCK_BYTES - 1), BLOCK_BYTES);
    if (type === 'x') {
      longName = pathIn(inside) ?? longName;
      continue;
    }
    const fullName = longName ?? name;
    longName = undefined;
    if (type === '5') yield { kind: 'folder', name: fullName.replace(/\/+$/, '') };
    else if (type === '0') yield { kind: 'file', name: fullName, modified, content: inside };
    else throw new AppError('unsafe-entry', { name: fullName, problem: 'other' });
  }
  await expectZeros(tar);
}

async function content(tar: Pieces, size: number, most: number): Promise<Uint8Array<ArrayBuffer>> {
  if (size > most) throw damaged('malformed');
  const bytes = reserve(size);
  if ((await tar.fill(bytes)) < size) throw damaged('truncated');
  return bytes;
}

function reserve(size: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(size);
  } catch (error) {
    throw new AppError('not-enough-memory', { bytes: size }, error);
  }
}

/** The last chunk of the payload is opened, and so found authentic, only when somebody asks for what is in it. */
async function expectZeros(tar: Pieces): Promise<void> {
  const rest = new Uint8Array(BLOCK_BYTES);
  while ((await tar.fill(rest)) > 0)
    if (rest.some((byte) => byte !== 0)) throw damaged('trailing-data');
}

function parseHeader(block: Uint8Array): Header {
  const latin1 = Array.from(block, (byte) => String.fromCharCode(byte)).join('');
  if (!latin1.startsWith('ustar', 257)) throw damaged('malformed');
  let sum = 8 * 0x20;
  for (const [index, byte] of block.entries()) if (index < 148 || index >= 156) sum += byte;
  if (sum !== octal(latin1.slice(148, 156))) throw damaged('malformed');
  const name = textIn(block.subarray(0, 100));
  const prefix = textIn(block.subarray(345, 500));
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size: octal(latin1.slice(124, 136)),
    modified: new Date(octal(latin1.slice(136, 148)) * 1000),
    type: latin1.charAt(156) === '\0' ? '0' : latin1.charAt(156),
  };
}

function octal(field: string): number {
  const digits = /^ *(?<digits>[0-7]+)[\0 ]/.exec(field)?.groups?.['digits'];
  if (digits === undefined) throw damaged('malformed');
  return Number.parseInt(digits, 8);
}

/** A field of a header, up to the first zero. */
function textIn(field: Uint8Array): string {
  const end = field.indexOf(0);
  return utf8(end < 0 ? field : field.subarray(0, end));
}

/** The records of an extended header are `LENGTH KEY=VALUE` and a line break, where the length counts everything. */
function pathIn(records: Uint8Array): string | undefined {
  let path: string | undefined;
  for (let start = 0; start < records.byteLength;) {
    const space = records.indexOf(0x20, start);
    const length = Number(utf8(records.subarray(start, Math.max(start, space))));
    const end = start + length;
    const good = space > start && Number.isSafeInteger(length) && end > space;
    if (!good || end > records.byteLength || records[end - 1] !== 0x0a) throw damaged('malformed');
    const record = utf8(records.subarray(space + 1, end - 1));
    if (record.startsWith('path=')) path = record.slice('path='.length);
    start = end;
  }
  return path;
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new AppError('bundle-damaged', { part: 'archive', damage: 'malformed' }, error);
  }
}

function damaged(damage: Damage): AppError {
  return new AppError('bundle-damaged', { part: 'archive', damage });
}
