import type { FormatId } from './formats.ts';

/** What an attempt to put a name into an archive, or to take one out, can be refused for. */
export type NameProblem =
  | 'empty'
  | 'absolute'
  | 'drive-letter'
  | 'dot-segment'
  | 'backslash'
  | 'colon'
  | 'windows-character'
  | 'control-character'
  | 'not-unicode'
  | 'reserved-on-windows'
  | 'trailing-dot-or-space'
  | 'too-long'
  | 'reserved-by-signet';

/** What a thing that is neither a file nor a folder is. */
export type SpecialKind = 'symbolic-link' | 'hard-link' | 'device' | 'pipe' | 'socket' | 'other';

/** The part of a bundle in which damage was found. */
export type BundlePart = 'header' | 'payload' | 'armor' | 'page' | 'archive' | 'checksums';

/**
 * What is wrong with that part.
 *
 * `malformed` cannot be parsed, `truncated` ends too early, `trailing-data` goes on after its end, `not-authentic` fails
 * its authentication tag, `mismatch` differs from the SHA-256 that the sender recorded.
 */
export type Damage = 'malformed' | 'truncated' | 'trailing-data' | 'not-authentic' | 'mismatch';

/** What an id that the screen named was to stand for. */
export type ReferenceKind =
  | 'file'
  | 'document'
  | 'job'
  | 'receipt'
  | 'bundle'
  | 'entry'
  | 'connection'
  | 'account'
  | 'message';

/** What in a connection's settings will not do. */
export type ConnectionField =
  'name' | 'bucket' | 'prefix' | 'region' | 'endpoint' | 'profile' | 'keys';

/** What in an email account's settings will not do. */
export type AccountField = 'name' | 'host' | 'port' | 'user' | 'from';

/** What of another program's archive Signet cannot read. */
export type UnsupportedFeature =
  'compression' | 'encryption' | 'split' | 'too-old' | 'link' | 'format' | 'solid-too-large';

/** For codes that say everything. */
export type NoData = Readonly<Record<string, never>>;

/** The typed data that goes with each error code. It never holds a secret and never a raw message of somebody else's. */
export interface ErrorData {
  /** A defect of ours, or a failure nobody foresaw. */
  internal: NoData;
  /** The person stopped it. */
  cancelled: NoData;

  'no-documents': NoData;
  'document-missing': { readonly name: string };
  'document-unreadable': { readonly name: string };
  'document-changed': { readonly name: string };
  'document-special': { readonly name: string; readonly kind: SpecialKind };
  'document-name': { readonly name: string; readonly problem: NameProblem };
  'document-duplicate': { readonly name: string; readonly other: string };
  'too-many-documents': { readonly limit: number };
  'note-too-long': { readonly bytes: number; readonly limit: number };

  'output-exists': { readonly path: string };
  'output-unwritable': { readonly path: string };
  'output-missing': { readonly path: string };
  'output-unsafe': { readonly path: string };
  'disk-full': { readonly path: string };

  'bundle-name': { readonly name: string; readonly problem: NameProblem };
  /** What a bundle is called where it lies cannot be the name of a file. */
  'fetch-name': { readonly name: string; readonly problem: NameProblem };
  'bundle-missing': { readonly path: string };
  'bundle-unreadable': { readonly path: string };
  'not-a-bundle': { readonly path: string; readonly found: 'empty' | 'folder' | 'other' };
  'bundle-damaged': { readonly part: BundlePart; readonly damage: Damage; readonly name?: string };
  'not-enough-memory': { readonly bytes: number };
  'work-factor-too-high': { readonly logN: number; readonly limit: number };
  'unsafe-entry': { readonly name: string; readonly problem: NameProblem | SpecialKind };
  'duplicate-entry': { readonly name: string; readonly other: string };
  'too-many-entries': { readonly limit: number };

  'format-unsupported': { readonly format: FormatId; readonly feature: UnsupportedFeature };
  'format-needs-passphrase': { readonly format: FormatId };
  /** More would come out of a compressed bundle than the person has allowed. */
  'expands-too-much': { readonly kind: 'total' | 'ratio'; readonly limit: number };
  'page-too-large': { readonly bytes: number; readonly limit: number };
  'page-template-missing': NoData;
  /** The finished bundle, re-opened, did not give back what went in. */
  'proof-failed': { readonly name?: string };
  /** A volume of a split bundle is not there. */
  'volume-missing': { readonly name: string };
  /** A volume is not the one that belongs there; where that cannot be told, it is one from `name` to `last`. */
  'volume-wrong': { readonly name: string; readonly last?: string };

  'wrong-passphrase': NoData;
  'no-matching-key': NoData;
  'passphrase-needed': NoData;
  'key-needed': NoData;

  'passphrase-weak': {
    readonly bits: number;
    readonly floor: number;
    readonly reason: 'empty' | 'too-long' | 'untypeable' | 'guessable';
  };
  'passphrase-words': { readonly words: number; readonly least: number; readonly most: number };
  'recipient-invalid': { readonly recipient: string };
  'recipients-mixed': NoData;
  'too-many-recipients': { readonly limit: number };
  'identity-invalid': { readonly path: string };
  'engine-unavailable': { readonly engine: string };
  'engine-wrong': { readonly engine: string };

  'url-invalid': { readonly url: string };
  'endpoint-insecure': { readonly endpoint: string };
  's3-denied': { readonly right: string; readonly bucket: string };
  's3-no-credentials': NoData;
  's3-bad-credentials': NoData;
  's3-no-bucket': { readonly bucket: string };
  's3-no-object': { readonly location: string };
  's3-wrong-region': { readonly region?: string };
  's3-clock': NoData;
  's3-exists': { readonly location: string };
  's3-busy': NoData;
  's3-timeout': NoData;
  's3-unreachable': { readonly endpoint?: string };
  's3-untrusted': { readonly endpoint?: string };
  's3-unverified': { readonly location: string };
  's3-integrity': { readonly location: string };
  's3-refused': { readonly status?: number };
  /** What of a failed upload could not be removed; `right` when that is why. */
  's3-left-behind': {
    readonly location: string;
    readonly after: ErrorCode;
    readonly remains: 'parts' | 'object';
    readonly right?: string;
  };
  'bundle-too-large': { readonly limit: number };

  'email-address': { readonly address: string };
  'email-no-recipients': NoData;
  /** The text of a message would have held a passphrase. */
  'email-passphrase-inside': NoData;
  'email-too-large': { readonly bytes: number; readonly limit: number };
  'email-account-invalid': { readonly field: AccountField };
  /** `mayHaveArrived` when the connection broke after the whole message had been handed over and before the answer to it came. */
  'smtp-unreachable': { readonly host: string; readonly mayHaveArrived?: true };
  'smtp-untrusted': { readonly host: string };
  /** The server offers no encryption, or somebody on the way took the offer out. */
  'smtp-no-tls': { readonly host: string };
  'smtp-credentials': { readonly host: string };
  /** For now; the message is kept and can be sent again. */
  'smtp-busy': { readonly host: string; readonly status?: number };
  'smtp-too-large': { readonly host: string; readonly limit?: number };
  'smtp-refused': { readonly host: string; readonly status?: number };
  'smtp-no-recipient': { readonly host: string; readonly addresses: readonly string[] };

  'input-invalid': { readonly command: string };
  'reference-unknown': { readonly kind: ReferenceKind };
  'not-available': { readonly command: string };
  'host-failed': NoData;
  'host-gone': NoData;
  'draft-busy': NoData;
  'documents-blocked': { readonly count: number };
  'passphrase-forgotten': NoData;
  'connection-invalid': { readonly field: ConnectionField };
  'secret-missing': { readonly connection: string };
  'settings-unwritable': { readonly path: string };
  'folder-unreadable': { readonly path: string };
}

/** Every way in which Signet can fail. The union is closed: a new code does not compile until each host has words for it. */
export type ErrorCode = keyof ErrorData;

/** An error as it crosses a process boundary: code and data, never a message or a stack. */
export interface ErrorRecord<C extends ErrorCode = ErrorCode> {
  readonly code: C;
  readonly data: ErrorData[C];
}

/** The one error type. Its message is its code, so that printing it by accident gives nothing away. */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly data: ErrorData[C];

  /**
   * @param code - what happened
   * @param data - the facts that the code asks for
   * @param cause - the failure underneath, kept for debugging and never shown
   */
  constructor(code: C, data: ErrorData[C], cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.data = data;
  }
}

/**
 * Tells whether a failure is an `AppError`, of one code when that is given.
 *
 * @param error - anything that was thrown
 * @param code - the code to look for
 */
export function isAppError<C extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: C,
): error is AppError<C> {
  return error instanceof AppError && (code === undefined || error.code === code);
}

/**
 * Turns anything thrown into an `AppError`: aborts become `cancelled`, what nobody foresaw becomes `internal`.
 *
 * @param error - anything that was thrown
 */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof Error && error.name === 'AbortError')
    return new AppError('cancelled', {}, error);
  return new AppError('internal', {}, error);
}
