/* The part of Emscripten's file system that Signet mounts its own file systems into: musl's numbers, Emscripten's names. */

/** What a file operation inside the machine can be refused with. */
export const ERRNO = { noEntry: 44, io: 29, notSupported: 138 } as const;

/** A file or folder. */
export interface FsNode {
  name: string;
  readonly id: number;
  readonly mode: number;
  readonly parent: FsNode;
  node_ops: NodeOps;
  stream_ops: StreamOps;
}

/** An open file. */
export interface FsStream {
  readonly node: FsNode;
  position: number;
  stream_ops: StreamOps;
  tty?: unknown;
}

/** What `stat` says. */
export interface Attributes {
  readonly dev: number;
  readonly ino: number;
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly size: number;
  readonly atime: Date;
  readonly mtime: Date;
  readonly ctime: Date;
  readonly blksize: number;
  readonly blocks: number;
}

/** What can be done with a node; what is missing is refused. */
export interface NodeOps {
  getattr(node: FsNode): Attributes;
  setattr?(node: FsNode, attributes: { readonly size?: number }): void;
  lookup?(parent: FsNode, name: string): FsNode;
  mknod?(parent: FsNode, name: string, mode: number): FsNode;
  rename?(node: FsNode, parent: FsNode, name: string): void;
  unlink?(parent: FsNode, name: string): void;
  readdir?(node: FsNode): string[];
}

/** What can be done with an open file; what is missing is refused. */
export interface StreamOps {
  open?(stream: FsStream): void;
  close?(stream: FsStream): void;
  llseek?(stream: FsStream, offset: number, whence: number): number;
  read?(
    stream: FsStream,
    buffer: Int8Array,
    offset: number,
    length: number,
    position: number,
  ): number;
  write?(
    stream: FsStream,
    buffer: Int8Array,
    offset: number,
    length: number,
    position: number,
  ): number;
}

/** What can be mounted. */
export interface FileSystemType {
  mount(): FsNode;
}

/** The file system of a machine. */
export interface Fs {
  readonly streams: (FsStream | undefined)[];
  readonly ErrnoError: new (errno: number) => Error;
  createNode(parent: FsNode | null, name: string, mode: number, device: number): FsNode;
  mkdir(path: string): unknown;
  mount(type: FileSystemType, options: object, path: string): unknown;
  chdir(path: string): void;
}

const FOLDER_MODE = 0o040_755;
const FILE_MODE = 0o100_644;

/**
 * Makes a node, with nothing about its owner.
 *
 * @param fs - of the machine
 * @param parent - its folder; `null` for the outermost one
 * @param name - within the folder
 * @param kind - file or folder
 * @param operations - what can be done with it
 */
export function makeNode(
  fs: Fs,
  parent: FsNode | null,
  name: string,
  kind: 'file' | 'folder',
  operations: { readonly node: NodeOps; readonly stream: StreamOps },
): FsNode {
  const node = fs.createNode(parent, name, kind === 'file' ? FILE_MODE : FOLDER_MODE, 0);
  node.node_ops = operations.node;
  node.stream_ops = operations.stream;
  return node;
}

/**
 * What `stat` is to say of a node.
 *
 * @param node - the node
 * @param size - in bytes
 * @param modified - when it was last modified; the beginning of 1970 unless given
 */
export function attributesOf(node: FsNode, size: number, modified = new Date(0)): Attributes {
  return {
    dev: 1,
    ino: node.id,
    mode: node.mode,
    nlink: 1,
    uid: 0,
    gid: 0,
    rdev: 0,
    size,
    atime: modified,
    mtime: modified,
    ctime: modified,
    blksize: 4096,
    blocks: Math.ceil(size / 4096),
  };
}

/**
 * Where a seek ends.
 *
 * @param stream - the open file
 * @param offset - by how much
 * @param whence - 0 from the start, 1 from where it is, 2 from the end
 * @param size - of the file
 */
export function seek(stream: FsStream, offset: number, whence: number, size: number): number {
  if (whence === 1) return stream.position + offset;
  return whence === 2 ? size + offset : offset;
}
