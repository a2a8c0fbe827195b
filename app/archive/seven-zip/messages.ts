/* What the two threads say to each other. */

/** The archive as the machine's thread sees it: open files, whose descriptors all threads of a process share. */
export interface OpenPart {
  readonly descriptor: number;
  /** Size in bytes. */
  readonly bytes: number;
}

/** What a worker is started with. */
export type WorkerRole =
  | {
      readonly kind: 'write';
      /** An empty file, open for reading and writing. */
      readonly descriptor: number;
      /** Through which documents come; see `ring.ts`. */
      readonly ring: SharedArrayBuffer;
    }
  | {
      readonly kind: 'read';
      readonly parts: readonly OpenPart[];
      /** How many bytes were given out and not yet taken. */
      readonly ahead: SharedArrayBuffer;
    };

/** What a worker is started with: the compiled machine, and its role. */
export interface WorkerStart {
  readonly machine: unknown;
  readonly role: WorkerRole;
}

/** One thing that is put into an archive. */
export type AddedEntry =
  | { readonly kind: 'folder'; readonly name: string }
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly bytes: number;
      readonly modified: Date;
      /** What the worker asks for it by. */
      readonly id: number;
    };

/** What a worker is told to do; it answers `ended`. */
export type Command =
  | {
      readonly kind: 'add';
      readonly passphrase: string;
      /** 0 stores, 1 compresses fast. */
      readonly level: 0 | 1;
      readonly entries: readonly AddedEntry[];
    }
  | {
      readonly kind: 'list';
      readonly passphrase?: string | undefined;
      /** More entries than this are not listed. */
      readonly maxEntries: number;
    }
  | { readonly kind: 'extract'; readonly passphrase?: string | undefined }
  /** Takes so many bytes out and throws them away, to see whether it can be done. */
  | { readonly kind: 'try'; readonly passphrase: string; readonly bytes: number };

/** An entry as 7-Zip lists it. */
export interface ListedEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'symbolic-link' | 'device' | 'pipe' | 'socket' | 'other';
  /** Size in bytes. */
  readonly bytes: number;
  readonly modified: Date;
  readonly encrypted: boolean;
  /** Names of its coders with their settings, such as `LZMA2:24 7zAES:19`. */
  readonly method: string;
}

/** How a run of 7-Zip ended. */
export interface Outcome {
  /** Whether it did all that it was told to. */
  readonly success: boolean;
  /** It wanted more memory than it may have. */
  readonly outOfMemory: boolean;
  /** How much that is, in bytes. */
  readonly memoryLimit: number;
  /** The last byte of the archive that it read, by position. */
  readonly position: number;
  /** The code of the operation on the archive's file that failed, such as `ENOSPC`. */
  readonly fileError?: string | undefined;
  /** There were more entries than were to be listed. */
  readonly tooMany: boolean;
}

/** What a worker says. */
export type Reply =
  /** The bytes of a document are to be put into the ring. */
  | { readonly kind: 'want'; readonly id: number }
  /** There is room in the ring again. */
  | { readonly kind: 'room' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'listed'; readonly entries: readonly ListedEntry[] }
  | { readonly kind: 'ended'; readonly outcome: Outcome };
