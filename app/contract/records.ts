/** One document as a receipt or a listing names it. */
export interface DocumentRecord {
  /** The name inside the bundle: relative, `/` between folders, Unicode NFC. */
  readonly name: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** SHA-256 of the content, lower-case hex. */
  readonly sha256: string;
}

/** Where the bytes of a document to be sealed come from. */
export interface DocumentSource {
  /** The name inside the bundle. */
  readonly name: string;
  /** Size in bytes that the reader promises to deliver, or fail. */
  readonly bytes: number;
  /** When the document was last modified. */
  readonly modified: Date;
  /**
   * The content, in pieces, each a buffer of its own. Ends after exactly `bytes`.
   *
   * @throws `document-changed`, `document-missing`, `document-unreadable`
   */
  read(): AsyncIterable<Uint8Array>;
  /** The whole content of a small document at once, or `undefined` where `read` is the better way. */
  readWhole(): Uint8Array | undefined;
}

/** An entry as it comes out of an archive. */
export type ArchiveEntry =
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly bytes: number;
      readonly modified: Date;
      readonly content: AsyncIterable<Uint8Array>;
    }
  | { readonly kind: 'folder'; readonly name: string };

/** The evidence that a destination holds exactly what was sent. */
export type Evidence =
  /** The server echoed a SHA-256 that equals ours. */
  | 'checksum-sha256'
  /** The server's ETag equals the MD5 that we computed. */
  | 'etag-md5'
  /** Each part's size and ETag, as the server listed them before the upload was completed, equal ours. */
  | 'parts-md5'
  /** The server lists the object with exactly our size. */
  | 'listed-size'
  /** Exactly as many bytes arrived as the server had announced. */
  | 'received-size'
  /** The bytes were written to disk, flushed, and the file has our size. */
  | 'flushed-to-disk';

/** Where a bundle now lies and what is known about it. */
export interface Placement {
  /** A path or an `s3://` URL. */
  readonly location: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** SHA-256 of the whole bundle, lower-case hex. */
  readonly sha256: string;
  readonly verifiedBy: readonly Evidence[];
}

/** A bundle that waits in an inbox. */
export interface InboxItem {
  /** A path or an `s3://` URL. */
  readonly location: string;
  /** The name relative to the listed place. */
  readonly name: string;
  /** Size in bytes. */
  readonly bytes: number;
  readonly received: Date;
}

/** What to do when a document that is being restored is already there. */
export type ConflictPolicy = 'fail' | 'keep' | 'replace' | 'skip';

/** How far the SHA256SUMS inside a bundle vouches for its documents. */
export type SumsOutcome =
  /** Every document is listed and equals its sum. */
  | 'matched'
  /** Those that are listed equal their sums; others are not listed, or what is listed was never in the bundle. */
  | 'partial'
  /** The bundle carries none: it was not made by Signet. */
  | 'absent';

/**
 * What of a bundle nobody without the passphrase or the key could have changed unnoticed. `contents`: of each document what is in it,
 * but neither its name nor that all of them are there.
 */
export type Authenticated = 'bundle' | 'contents' | 'nothing';
