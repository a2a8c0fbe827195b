import type { ListedEntry } from './messages.ts';

/** What the letter in front of Unix permissions stands for. */
const UNIX_KINDS: Readonly<Record<string, ListedEntry['kind']>> = {
  '-': 'file',
  d: 'folder',
  l: 'symbolic-link',
  c: 'device',
  b: 'device',
  p: 'pipe',
  s: 'socket',
};

/**
 * Reads what `7z l -slt -ba -slmu` writes: for each entry a block of lines `Property = value`, the first of them the path, with
 * an empty line behind it. 7-Zip replaces a line break in a name by `_`, so that no name can pretend to be a line.
 */
export class ListingParser {
  readonly entries: ListedEntry[] = [];
  readonly #maxEntries: number;
  #rest: Buffer = Buffer.alloc(0);
  #properties = new Map<string, string>();

  /** @param maxEntries - how many to take */
  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  /**
   * Takes the next bytes.
   *
   * @param bytes - cut anywhere; copied
   * @returns whether there are no more entries than may be
   */
  push(bytes: Uint8Array): boolean {
    const text = Buffer.concat([this.#rest, bytes]);
    let start = 0;
    for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10, start)) {
      this.#line(text.toString('utf8', start, end));
      start = end + 1;
    }
    this.#rest = text.subarray(start);
    return this.entries.length <= this.#maxEntries;
  }

  /** Takes note of the end, behind which no empty line needs to be. */
  end(): void {
    if (this.#rest.byteLength > 0) this.#line(this.#rest.toString());
    this.#rest = Buffer.alloc(0);
    this.#line('');
  }

  #line(line: string): void {
    if (line === '') {
      if (this.#properties.size > 0) this.entries.push(entryOf(this.#properties));
      this.#properties = new Map();
      return;
    }
    const equals = line.indexOf(' = ');
    if (equals > 0) this.#properties.set(line.slice(0, equals), line.slice(equals + 3));
    // A property without a value.
    else if (line.endsWith(' =')) this.#properties.set(line.slice(0, -2), '');
  }
}

function entryOf(properties: ReadonlyMap<string, string>): ListedEntry {
  const modified = new Date((properties.get('Modified') ?? '').replace(' ', 'T'));
  return {
    name: properties.get('Path') ?? '',
    kind: kindOf(properties),
    bytes: Number(properties.get('Size') ?? 0),
    modified: Number.isNaN(modified.getTime()) ? new Date(0) : modified,
    encrypted: properties.get('Encrypted') === '+',
    method: properties.get('Method') ?? '',
  };
}

/** Attributes are letters as Windows has them, and behind a space, where there are any, Unix permissions as `ls` writes them. */
function kindOf(properties: ReadonlyMap<string, string>): ListedEntry['kind'] {
  // Entries that stand for the removal of something, and what Windows hides behind files.
  if (properties.get('Anti') === '+' || properties.get('Alternate Stream') === '+') return 'other';
  if ((properties.get('Symbolic Link') ?? '') !== '') return 'symbolic-link';
  const [windows = '', unix = ''] = (properties.get('Attributes') ?? '').split(' ');
  const kind = unix === '' ? undefined : (UNIX_KINDS[unix.charAt(0)] ?? 'other');
  if (kind !== undefined && kind !== 'file' && kind !== 'folder') return kind;
  // Reparse points are links, whatever they point with.
  if (windows.includes('L')) return 'symbolic-link';
  return windows.includes('D') ? 'folder' : 'file';
}
