import type { ToolId } from './advice.ts';
import type { ErrorRecord, NameProblem, SpecialKind } from './errors.ts';
import type { Derivation, FormatId, OpenWarning } from './formats.ts';
import type { Stage } from './job.ts';
import type { Authenticated, Evidence, SumsOutcome } from './records.ts';

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
  readonly format: FormatId;
  /** Of a ZIP: whether the documents' names will be hidden, by a ZIP inside the ZIP. */
  readonly hideNames: boolean;
  /** The fewest words that a passphrase for this format may have. */
  readonly leastWords: number;
}

/** What kind of work a job is. */
export type JobKind = 'seal' | 'unlock' | 'save' | 'fetch' | 'download' | 'remove' | 'mail';

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
  | { readonly kind: 'removed'; readonly entries: number }
  /** Messages of the outbox were sent. */
  | { readonly kind: 'mailed'; readonly messages: number };

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
  readonly format: FormatId;
  readonly to:
    | { readonly kind: 'folder' | 'download' }
    | { readonly kind: 's3'; readonly connection: string }
    | {
        readonly kind: 'email';
        /** Drafts for the person's own mail program, or sent by Signet. */
        readonly by: 'draft' | 'account';
        readonly messages: readonly MessageView[];
      };
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

/** One message that carries a bundle, or one volume of it. */
export interface MessageView {
  readonly subject: string;
  /** What is attached: the bundle, or one volume of it. */
  readonly attachment: string;
  /** Size of the message in bytes, base64 included. */
  readonly bytes: number;
  readonly recipients: readonly {
    readonly address: string;
    /** `draft`: waits for the person to send it. `kept`: could not be sent, and waits in the outbox. */
    readonly state: 'draft' | 'accepted' | 'deferred' | 'rejected' | 'kept';
    /** The server's answer, of SMTP; with `rejected`. */
    readonly status?: number;
  }[];
  /** Why it was kept. */
  readonly error?: ErrorRecord;
}

/** An account from which messages are sent directly, by SMTP. */
export interface AccountView {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte, or STARTTLS, without which nothing is sent. */
  readonly security: 'tls' | 'starttls';
  readonly user: string;
  /** The sender's address. */
  readonly from: string;
  readonly method: 'password' | 'token';
  /** Where the password or token is: in the keychain, in memory until the program ends, or nowhere any more. */
  readonly secret: 'kept' | 'this-run' | 'missing';
}

/** A message that could not be sent and waits to be sent again. */
export interface OutboxEntry {
  readonly id: string;
  /** The id of the account that it is sent from; `null` where that is not there any more. */
  readonly account: string | null;
  readonly to: readonly string[];
  readonly subject: string;
  readonly bytes: number;
  readonly created: string;
  /** The code of why it was not sent. */
  readonly error?: string;
  /** The connection broke before the server's answer: who sends it again may send it twice. */
  readonly mayHaveArrived?: true;
}

/** The bundle on the Open screen. */
export interface BundleView {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly format: FormatId;
  readonly lockedWith: 'passphrase' | 'keys' | 'nothing';
  readonly derivation: Derivation;
  readonly names: 'sealed' | 'visible';
  /** The programs that are known to open it. */
  readonly opensWith: readonly ToolId[];
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
  readonly openedBy: 'passphrase' | 'key' | 'nothing';
  readonly authenticated: Authenticated;
  readonly warnings: readonly OpenWarning[];
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
  readonly kind: 'send' | 'share' | 'open' | 'save' | 'download' | 'delete' | 'mail';
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
  readonly accounts: readonly AccountView[];
  /** How many messages wait to be sent again. */
  readonly outbox: number;
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
  /** The reader in self-opening pages, by which a recipient can check theirs; `null` where none can be made. */
  readonly page: { readonly sha256: string; readonly bytes: number } | null;
  readonly licences: readonly {
    readonly name: string;
    readonly version: string;
    readonly licence: string;
  }[];
}
