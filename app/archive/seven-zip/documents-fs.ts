import {
  attributesOf,
  ERRNO,
  makeNode,
  seek,
  type Attributes,
  type FileSystemType,
  type Fs,
  type FsNode,
  type FsStream,
} from './emscripten.ts';
import type { AddedEntry } from './messages.ts';

interface Folder {
  readonly kind: 'folder';
  readonly children: Map<string, Item>;
}

type Item = Folder | Extract<AddedEntry, { kind: 'file' }>;

interface Progress {
  readonly id: number;
  readonly bytes: number;
  position: number;
}

/** Where the bytes of documents come from. */
export interface DocumentBytes {
  /** Says that the bytes of a document are wanted from now on, from its first to its last. */
  want(id: number): void;
  /** Fills some of the target, and at least one byte of it. */
  read(target: Uint8Array): number;
}

/**
 * A file system in which the documents lie under their names inside the bundle. They come out of another thread while they are
 * read, each once and from start to end, which is how 7-Zip reads when it stores or compresses without looking first.
 */
export class DocumentsFs implements FileSystemType {
  readonly #fs: Fs;
  readonly #source: DocumentBytes;
  readonly #items = new Map<FsNode, Item>();
  readonly #root: Folder = { kind: 'folder', children: new Map() };
  /** The document that is being read, and how far. */
  #reading: Progress | undefined;

  /**
   * @param fs - of the machine
   * @param source - of the documents' bytes
   * @param entries - with good names, each once
   */
  constructor(fs: Fs, source: DocumentBytes, entries: readonly AddedEntry[]) {
    this.#fs = fs;
    this.#source = source;
    for (const entry of entries) this.#add(entry);
  }

  mount(): FsNode {
    return this.#node(null, '/', this.#root);
  }

  /** Whether every document that was begun was read to its end. */
  get complete(): boolean {
    return this.#reading === undefined || this.#reading.position === this.#reading.bytes;
  }

  #add(entry: AddedEntry): void {
    const segments = entry.name.split('/');
    const last = segments.pop() ?? '';
    let folder = this.#root;
    for (const segment of segments) folder = childFolder(folder, segment);
    if (entry.kind === 'folder') childFolder(folder, last);
    else folder.children.set(last, entry);
  }

  #node(parent: FsNode | null, name: string, item: Item): FsNode {
    const node = makeNode(this.#fs, parent, name, item.kind, {
      node: {
        getattr: (of) => this.#attributes(of),
        lookup: (of, child) => this.#lookup(of, child),
        readdir: (of) => ['.', '..', ...this.#folder(of).children.keys()],
      },
      stream: {
        llseek: (stream, offset, whence) =>
          seek(stream, offset, whence, this.#attributes(stream.node).size),
        read: (stream, buffer, offset, length, position) =>
          this.#read(stream, new Uint8Array(buffer.buffer, offset, length), position),
      },
    });
    this.#items.set(node, item);
    return node;
  }

  #folder(node: FsNode): Folder {
    const item = this.#items.get(node);
    if (item?.kind !== 'folder') throw new this.#fs.ErrnoError(ERRNO.noEntry);
    return item;
  }

  #lookup(parent: FsNode, name: string): FsNode {
    const item = this.#folder(parent).children.get(name);
    if (item === undefined) throw new this.#fs.ErrnoError(ERRNO.noEntry);
    return this.#node(parent, name, item);
  }

  #attributes(node: FsNode): Attributes {
    const item = this.#items.get(node);
    return item?.kind === 'file'
      ? attributesOf(node, item.bytes, item.modified)
      : attributesOf(node, 0, new Date());
  }

  #read({ node }: FsStream, target: Uint8Array, position: number): number {
    const item = this.#items.get(node);
    if (item?.kind !== 'file') throw new this.#fs.ErrnoError(ERRNO.io);
    if (position >= item.bytes || target.byteLength === 0) return 0;
    const reading = this.#begin(item);
    if (position !== reading.position) throw new this.#fs.ErrnoError(ERRNO.io);
    const wanted = Math.min(target.byteLength, item.bytes - position);
    const count = this.#source.read(target.subarray(0, wanted));
    reading.position += count;
    return count;
  }

  #begin({ id, bytes }: Extract<Item, { kind: 'file' }>): Progress {
    if (this.#reading?.id === id) return this.#reading;
    // What is left of one document would be taken for the next.
    if (!this.complete) throw new this.#fs.ErrnoError(ERRNO.io);
    this.#source.want(id);
    return (this.#reading = { id, bytes, position: 0 });
  }
}

function childFolder(folder: Folder, name: string): Folder {
  const there = folder.children.get(name);
  if (there?.kind === 'folder') return there;
  const made: Folder = { kind: 'folder', children: new Map() };
  folder.children.set(name, made);
  return made;
}
