import type { Contents } from '../archive/pack.ts';
import type { Unpacked } from '../archive/unpack.ts';
import type { BundleSummary, ExpansionLimits, FormatId, OpenWarning } from '../contract/formats.ts';
import type { Job } from '../contract/job.ts';
import type { Authenticated, DocumentRecord } from '../contract/records.ts';
import type { EngineName } from '../envelope/engine.ts';
import type { Lock, Unlock } from '../envelope/envelope.ts';
import type { BundleFile } from '../files/bundle-file.ts';

/** What is to be sealed. */
export interface FormatSealRequest {
  readonly contents: Contents;
  /** Size of all documents together, in bytes. */
  readonly bytes: number;
  readonly lock: Lock;
  /** Of a ZIP: put one plain ZIP with the documents inside, so that their names cannot be read. */
  readonly hideNames: boolean;
  /** Forces one implementation of age's cipher. */
  readonly engine?: EngineName | undefined;
  /** The reader that a self-opening page begins with. */
  readonly pageTemplate?: (() => Promise<Uint8Array>) | undefined;
}

/** A bundle in the making. */
export interface Sealing {
  /** The bundle, to be read once; to be closed (`return`) even when it is not read, so that keys are wiped. */
  readonly bytes: AsyncIterableIterator<Uint8Array>;
  /** The documents with their sums, complete once `bytes` has ended. */
  readonly documents: readonly DocumentRecord[];
  /** About how long the bundle will be. */
  readonly expectedBytes: number;
  /** What opens it for the proof. Absent where `seal` has proven it already. */
  readonly proofKey?: ProofKey;
}

/** What a bundle is re-opened with: the passphrase as the recipient will have it, or the file key of age, to which it was found to lead. */
export type ProofKey =
  | {
      readonly kind: 'passphrase';
      readonly passphrase: string;
      /** Of a ZIP: what was derived from the passphrase for entries behind the first thousand, in shared memory. Wiped after the proof. */
      readonly derived?: Uint8Array;
    }
  | {
      readonly kind: 'file-key';
      /** Wiped after the proof. */
      readonly fileKey: Uint8Array;
      /** Of a page: the reader that has to stand round what it carries. */
      readonly pageTemplate?: Uint8Array;
    };

/** What has to come out. */
export interface ExpectedDocument {
  readonly name: string;
  readonly bytes: number;
}

/** What a person has, and how much they accept. */
export interface FormatOpenRequest {
  readonly unlock: Unlock;
  /** More files and folders than this are refused. */
  readonly maxEntries: number;
  readonly limits: ExpansionLimits;
  /** Forces one implementation of age's cipher. */
  readonly engine?: EngineName | undefined;
}

/** An opened bundle. */
export interface Opening {
  /** What is in it. Only the normal end of the entries says that all of it is authentic. */
  readonly payload: Unpacked;
  readonly openedBy: 'passphrase' | 'key' | 'nothing';
  readonly authenticated: Authenticated;
  /** Complete before the first entry is read. */
  readonly warnings: readonly OpenWarning[];
  /**
   * Where an entry lies in the bundle, for formats that are authentic by the entry.
   *
   * @param name - of the entry
   * @returns its first byte, and the byte behind its last; `undefined` where there is none of that name
   */
  readonly rangeOf?: (name: string) => { readonly start: number; readonly end: number } | undefined;
  /** Wipes keys and ends what works; harmless twice. */
  close(): Promise<void>;
}

/** One kind of bundle: how it is made, recognised, proven and opened. */
export interface BundleFormat {
  readonly id: FormatId;
  /** What the names of such bundles end with, with the dot. */
  readonly ending: string;
  /**
   * Recognises a bundle by its content.
   *
   * @param head - its first 512 bytes, or all of a shorter one
   */
  recognise(head: Uint8Array): boolean;
  /**
   * Seals documents. The slow step from passphrase to key is done when the promise resolves.
   *
   * @throws `format-needs-passphrase` and what the format has to refuse
   */
  seal(request: FormatSealRequest, job: Job): Promise<Sealing>;
  /**
   * Re-opens a bundle by an independent way of reading while it goes by, from the first byte to the last.
   *
   * @param bundle - the sealed bytes
   * @param key - what opens it
   * @param expected - the documents in order; not believed, only used to find the way through what does not say its own size
   * @returns what came out, in order
   * @throws whatever a recipient would have met
   */
  prove(
    bundle: AsyncIterable<Uint8Array>,
    key: ProofKey,
    expected: readonly ExpectedDocument[],
  ): Promise<readonly DocumentRecord[]>;
  /**
   * Opens a bundle.
   *
   * @throws `wrong-passphrase`, `passphrase-needed`, `bundle-damaged`, `expands-too-much`, `format-unsupported` and more
   */
  open(file: BundleFile, request: FormatOpenRequest, job: Job): Promise<Opening>;
  /**
   * Says what a bundle is without opening it.
   *
   * @throws `bundle-damaged`, `format-unsupported`
   */
  inspect(file: BundleFile): Promise<BundleSummary>;
}
