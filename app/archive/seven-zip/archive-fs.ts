import { fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import { systemCode } from '../../files/fs-errors.ts';
import {
  attributesOf,
  ERRNO,
  makeNode,
  seek,
  type FileSystemType,
  type Fs,
  type FsNode,
} from './emscripten.ts';
import type { OpenPart } from './messages.ts';

/** What the archive is called inside the machine. */
export const ARCHIVE_NAME = 'bundle.7z';
/** The signature and where the header lies: the only bytes that 7-Zip goes back to. */
const START_BYTES = 32;

/** A file system that can tell what went wrong underneath it. */
export interface ArchiveFs extends FileSystemType {
  /** The code of the file operation that failed, such as `ENOSPC`. */
  readonly failure: string | undefined;
  /** The last byte that was read, by position. */
  readonly position: number;
}

/** An archive to be read, in one file or several. */
export class ReadArchiveFs implements ArchiveFs {
  failure: string | undefined;
  position = 0;
  readonly #fs: Fs;
  readonly #parts: readonly (OpenPart & { readonly start: number })[];
  readonly #bytes: number;

  /**
   * @param fs - of the machine
   * @param parts - in order
   */
  constructor(fs: Fs, parts: readonly OpenPart[]) {
    this.#fs = fs;
    let start = 0;
    this.#parts = parts.map((part) => {
      const placed = { ...part, start };
      start += part.bytes;
      return placed;
    });
    this.#bytes = start;
  }

  mount(): FsNode {
    const fs = this.#fs;
    const root = makeNode(fs, null, '/', 'folder', {
      node: {
        getattr: (node) => attributesOf(node, 0),
        lookup: (parent, name) => {
          if (name !== ARCHIVE_NAME) throw new fs.ErrnoError(ERRNO.noEntry);
          return this.#file(parent);
        },
        readdir: () => ['.', '..', ARCHIVE_NAME],
      },
      stream: {},
    });
    return root;
  }

  #file(parent: FsNode): FsNode {
    return makeNode(this.#fs, parent, ARCHIVE_NAME, 'file', {
      node: { getattr: (node) => attributesOf(node, this.#bytes) },
      stream: {
        llseek: (stream, offset, whence) => seek(stream, offset, whence, this.#bytes),
        read: (_stream, buffer, offset, length, position) =>
          this.#read(buffer, offset, length, position),
      },
    });
  }

  #read(buffer: Int8Array, offset: number, length: number, position: number): number {
    const part = this.#parts.find(({ start, bytes }) => position < start + bytes);
    if (part === undefined) return 0;
    const within = position - part.start;
    const most = Math.min(length, part.bytes - within);
    try {
      const count = readSync(part.descriptor, buffer, offset, most, within);
      this.position = position + Math.max(0, count - 1);
      return count;
    } catch (error) {
      this.failure ??= systemCode(error) ?? 'EIO';
      throw new this.#fs.ErrnoError(ERRNO.io);
    }
  }
}

/**
 * An archive that grows in place. When 7-Zip adds to an archive, it writes a new one beside it, copies all there was, and puts
 * it in the place of the old one. Whatever it copies goes to where it came from, since nothing is ever taken out. So both are
 * one file here: equal bytes are not written again, no second copy takes room, and to read where other bytes have been written
 * is an error.
 */
export class GrowingArchiveFs implements ArchiveFs {
  failure: string | undefined;
  position = 0;
  readonly #fs: Fs;
  readonly #descriptor: number;
  /** The names there are, and the size of what each stands for. */
  readonly #sizes = new Map<string, number>();
  /** Of an archive beside the old one, where its first byte lies that differs from the old one's. */
  #changedFrom = Infinity;

  /**
   * @param fs - of the machine
   * @param descriptor - of a file, open for reading and writing
   */
  constructor(fs: Fs, descriptor: number) {
    this.#fs = fs;
    this.#descriptor = descriptor;
    const { size } = fstatSync(descriptor);
    if (size > 0) this.#sizes.set(ARCHIVE_NAME, size);
  }

  mount(): FsNode {
    return makeNode(this.#fs, null, '/', 'folder', {
      node: {
        getattr: (node) => attributesOf(node, 0),
        lookup: (parent, name) => {
          if (!this.#sizes.has(name)) throw new this.#fs.ErrnoError(ERRNO.noEntry);
          return this.#file(parent, name);
        },
        mknod: (parent, name) => {
          this.#sizes.set(name, 0);
          return this.#file(parent, name);
        },
        unlink: (_parent, name) => {
          this.#sizes.delete(name);
        },
        rename: (node, _parent, name) => {
          this.#rename(node, name);
        },
        readdir: () => ['.', '..', ...this.#sizes.keys()],
      },
      stream: {},
    });
  }

  #rename(node: FsNode, name: string): void {
    const size = this.#size(node);
    this.#sizes.delete(node.name);
    this.#sizes.set(name, size);
    node.name = name;
    this.#changedFrom = Infinity;
    // What was there may have been longer.
    this.#attempt(() => {
      ftruncateSync(this.#descriptor, size);
    });
  }

  #file(parent: FsNode, name: string): FsNode {
    return makeNode(this.#fs, parent, name, 'file', {
      node: {
        getattr: (node) => attributesOf(node, this.#size(node)),
        // Its mode is not 7-Zip's to set, and it is never shortened but by renaming.
        setattr: () => undefined,
      },
      stream: {
        llseek: (stream, offset, whence) => seek(stream, offset, whence, this.#size(stream.node)),
        read: (stream, buffer, offset, length, position) =>
          this.#read(stream.node, buffer.subarray(offset, offset + length), position),
        write: (stream, buffer, offset, length, position) =>
          this.#write(stream.node, buffer.subarray(offset, offset + length), position),
      },
    });
  }

  #size(node: FsNode): number {
    return this.#sizes.get(node.name) ?? 0;
  }

  #read(node: FsNode, target: Int8Array, position: number): number {
    const count = Math.min(target.byteLength, this.#size(node) - position);
    if (count <= 0) return 0;
    if (position + count > this.#changedFrom) throw new this.#fs.ErrnoError(ERRNO.io);
    return this.#attempt(() => readSync(this.#descriptor, target, 0, count, position));
  }

  #write(node: FsNode, bytes: Int8Array, position: number): number {
    return this.#attempt(() => {
      if (!this.#isThere(bytes, position)) {
        for (let used = 0; used < bytes.byteLength;)
          used += writeSync(
            this.#descriptor,
            bytes,
            used,
            bytes.byteLength - used,
            position + used,
          );
        if (node.name !== ARCHIVE_NAME && position >= START_BYTES)
          this.#changedFrom = Math.min(this.#changedFrom, position);
      }
      this.#sizes.set(node.name, Math.max(this.#size(node), position + bytes.byteLength));
      return bytes.byteLength;
    });
  }

  /** Whether the file holds these bytes there already, because they were copied from there. */
  #isThere(bytes: Int8Array, position: number): boolean {
    const old = this.#sizes.get(ARCHIVE_NAME) ?? 0;
    if (position < START_BYTES || position + bytes.byteLength > Math.min(old, this.#changedFrom))
      return false;
    const there = Buffer.allocUnsafe(bytes.byteLength);
    const count = readSync(this.#descriptor, there, 0, there.byteLength, position);
    return (
      count === there.byteLength &&
      there.equals(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    );
  }

  #attempt<T>(operation: () => T): T {
    try {
      return operation();
    } catch (error) {
      this.failure ??= systemCode(error) ?? 'EIO';
      throw new this.#fs.ErrnoError(ERRNO.io);
    }
  }
}
