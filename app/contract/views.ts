import type { ErrorRecord, NameProblem, SpecialKind } from './errors.ts';
import type { Stage } from './job.ts';
import type { Evidence, SumsOutcome } from './records.ts';

// What the screen sees of the core's state. Plain records only: they cross process boundaries and HTTP. No secret is in any of them,
// and no path that the screen could hand back: what it may name, it names by an opaque id. Times are ISO 8601 in UTC.

/** A file or folder that the person chose or dropped. The id is all that the screen can say of it. */
export interface Grant {
  readonly id: string;
  /** The last part of the path, to show. */
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** A folder as the page's own folder picker shows it. */
export interface FolderListing {
  readonly folder: Grant;
  /** The whole path, to show. */
  readonly path: string;
  readonly parent: Grant | null;
  /** The folders in it, sorted by name; hidden ones are left out. */
  readonly folders: readonly Grant[];
}

/** What was noticed about a document. All but `empty` and `location` stand in the way of sealing. */
export type Remark =
  | { readonly kind: 'empty' }
  | { readonly kind: 'location' }
  | { readonly kind: 'name'; readonly problem: NameProblem }
  | { readonly kind: 'duplicate'; readonly other: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'special'; readonly special: SpecialKind };

/** What a document is, judged by its name, for its icon. */
export type DocumentKind =
  'pdf' | 'image' | 'text' | 'sheet' | 'archive' | 'video' | 'audio' | 'folder' | 'other';

/** One line of the table of documents. */
export interface DraftDocument {
  readonly id: string;
  /** The name inside the bundle, which can be changed. */
  readonly name: string;
  /** Size in bytes. */
  readonly bytes: number;
  readonly kind: DocumentKind;
  /** Whether `previewDocument` may have a picture of it. */
  readonly preview: boolean;
  readonly remarks: readonly Remark[];
}

/** How the next bundle will be locked. */
export type DraftLock =
  | { readonly kind: 'generated'; readonly words: number; readonly bits: number }
  | { readonly kind: 'own'; readonly bits: number }
  | { readonly kind: 'keys'; readonly recipients: readonly string[] };

/** The bundle that is being put together. */
export interface DraftView {
  /** Grows with every change of the documents: a reason to list them again. */
  readonly revision: number;
  readonly documents: number;
  /** Size of all documents, in bytes. */
  readonly bytes: number;
  /** Documents with a remark that stands in the way. */
  readonly blocked: number;
  /** Whether documents are still being looked at. */
  readonly checking: boolean;
  /** The operating system's litter that was not taken along. */
  readonly leftOut: number;
  readonly lock: DraftLock;
}

/** What kind of work a job is. */
export type JobKind = 'seal' | 'unlock' | 'save' | 'fetch' | 'download' | 'remove';

/** What a job led to. */
export type JobOutcome =
  | { readonly kind: 'receipt'; readonly receipt: string }
  | { readonly kind: 'opened'; readonly bundle: string }
  | {
      readonly kind: 'saved';
      readonly bundle: string;
      /** The folder's path, to show. */
      readonly folder: string;
      readonly placed: number;
      readonly skipped: number;
    }
  | { readonly kind: 'fetched'; readonly bundle: string }
  | { readonly kind: 'downloaded'; readonly folder: string; readonly entries: number }
  | { readonly kind: 'removed'; readonly entries: number };

/** A long piece of work, while it runs and until it is dismissed. */
export interface JobView {
  readonly id: string;
  readonly kind: JobKind;
  /** What it is about: a bundle's name, when that is known. */
  readonly subject: string;
  /** The ids of what it works on: of the bundle on the Open screen, or of entries of an inbox. */
  readonly about?: readonly string[];
  readonly state: 'running' | 'cancelling' | 'done' | 'failed' | 'cancelled';
  readonly stage: Stage;
  readonly bytes: number;
  /** Absent where nobody can know yet. */
  readonly total?: number;
  /** Bytes per second, over the last seconds; absent until there is something to measure. */
  readonly speed?: number;
  /** Absent where it cannot be told. */
  readonly secondsLeft?: number;
  readonly started: string;
  /** With `done`. */
  readonly outcome?: JobOutcome;
  /** With `failed`. */
  readonly error?: ErrorRecord;
}

/** Which rights a connection was found to have. `unknown` where the server's answer told nothing. */
export interface RightsReport {
  readonly checked: string;
  readonly list: RightState;
  readonly put: RightState;
  readonly read: RightState;
  readonly remove: RightState;
}
/** Whether a right is there. */
export type RightState = 'granted' | 'denied' | 'unknown';

/** A way to an S3 prefix. */
export interface ConnectionView {
  readonly id: string;
  readonly name: string;
  readonly bucket: string;
  /** Empty, or ending with a slash. */
  readonly prefix: string;
  readonly region?: string;
  /** Of an S3-compatible service. */
  readonly endpoint?: string;
  readonly credentials:
    | { readonly kind: 'profile'; readonly profile: string }
    | {
        readonly kind: 'keys';
        readonly accessKeyId: string;
        /** Where the secret is: in the keychain, in memory until the program ends, or nowhere any more. */
        readonly secret: 'kept' | 'this-run' | 'missing';
      };
  readonly rights?: RightsReport;
}

/** A bundle that was sealed in this run. */
export interface ReceiptView {
  readonly id: string;
  readonly bundle: string;
  readonly bytes: number;
  readonly sha256: string;
  /** A path or an `s3://` URL, to show. */
  readonly location: string;
  readonly at: string;
  readonly to:
    { readonly kind: 'folder' | 'download' } | { readonly kind: 's3'; readonly connection: string };
  readonly documents: number;
  readonly verifiedBy: readonly Evidence[];
  readonly lock: DraftLock;
  /** Whether the passphrase is still held in memory. Keys never are. */
  readonly held: boolean;
  /** When the sender said that it was told, by another way. */
  readonly shared?: string;
  /** In milliseconds. */
  readonly took: number;
}

/** The bundle on the Open screen. */
export interface BundleView {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly lockedWith: 'passphrase' | 'keys';
  /** scrypt's work factor, log2 of N; with a passphrase only. */
  readonly logN?: number;
  /** The id of the inbox entry that it was fetched from. */
  readonly entry?: string;
  /** With `entry`: its `s3://` URL, to show. */
  readonly location?: string;
  readonly opened?: OpenedView;
}

/** What was found in it. The documents themselves are listed by `listOpened`. */
export interface OpenedView {
  readonly documents: number;
  readonly bytes: number;
  readonly note?: string;
  /** Every document equals the SHA-256 that the sender recorded. */
  readonly verified: boolean;
  readonly sums: SumsOutcome;
  readonly openedBy: 'passphrase' | 'key';
}

/** One bundle that waits in an inbox. */
export interface InboxEntry {
  readonly id: string;
  readonly connection: string;
  /** The folder that it lies in: by convention the sender's user id. Empty at the top. */
  readonly sender: string;
  readonly name: string;
  readonly bytes: number;
  readonly received: string;
  readonly status: 'new' | 'downloaded' | 'opened';
}

/** One thing that happened on this machine. */
export interface ActivityRecord {
  readonly id: string;
  readonly at: string;
  readonly kind: 'send' | 'share' | 'open' | 'save' | 'download' | 'delete';
  readonly bundle: string;
  /** A path or an `s3://` URL. */
  readonly location?: string;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly documents?: number;
  readonly result: 'done' | 'failed' | 'cancelled';
  readonly error?: string;
  /** In milliseconds. */
  readonly took?: number;
}

/** What a person can set. */
export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly language: 'system' | 'en' | 'de';
  /** Words in a new passphrase. */
  readonly words: number;
}

/** What surrounds the screen. */
export interface HostView {
  readonly kind: 'electron' | 'web';
  readonly platform: 'linux' | 'darwin' | 'win32' | 'other';
  /** Whether secrets of connections survive the program. */
  readonly keepsSecrets: boolean;
  /** Whether screenshots can be kept from showing a passphrase. */
  readonly protectsContent: boolean;
}

/** The whole state, as of one revision. */
export interface Snapshot {
  readonly revision: number;
  readonly host: HostView;
  readonly settings: Settings;
  readonly connections: readonly ConnectionView[];
  readonly draft: DraftView;
  /** Oldest first. */
  readonly jobs: readonly JobView[];
  /** Newest first. */
  readonly receipts: readonly ReceiptView[];
  readonly bundle: BundleView | null;
  /** Grows with every record: a reason to list the activity again. */
  readonly activity: number;
  /** Grows when the screen has to forget what secrets it shows and holds. */
  readonly locked: number;
}

/** What a program is made of. */
export interface About {
  readonly version: string;
  readonly runtime: readonly { readonly name: string; readonly version: string }[];
  /** Where settings and activity lie, to show. */
  readonly dataFolder: string;
  readonly licences: readonly {
    readonly name: string;
    readonly version: string;
    readonly licence: string;
  }[];
}
