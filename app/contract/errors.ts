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
export type BundlePart = 'header' | 'payload' | 'armor' | 'archive' | 'checksums';

/**
 * What is wrong with that part.
 *
 * `malformed` cannot be parsed, `truncated` ends too early, `trailing-data` goes on after its end, `not-authentic` fails
 * its authentication tag, `mismatch` differs from the SHA-256 that the sender recorded.
 */
export type Damage = 'malformed' | 'truncated' | 'trailing-data' | 'not-authentic' | 'mismatch';

/** What an id that the screen named was to stand for. */
export type ReferenceKind =
  'file' | 'document' | 'job' | 'receipt' | 'bundle' | 'entry' | 'connection';

/** What in a connection's settings will not do. */
export type ConnectionField =
  'name' | 'bucket' | 'prefix' | 'region' | 'endpoint' | 'profile' | 'keys';

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
  'bundle-missing': { readonly path: string };
  'bundle-unreadable': { readonly path: string };
  'not-a-bundle': { readonly path: string; readonly found: 'empty' | 'folder' | 'other' };
  'bundle-damaged': { readonly part: BundlePart; readonly damage: Damage; readonly name?: string };
  'not-enough-memory': { readonly bytes: number };
  'work-factor-too-high': { readonly logN: number; readonly limit: number };
  'unsafe-entry': { readonly name: string; readonly problem: NameProblem | SpecialKind };
  'duplicate-entry': { readonly name: string; readonly other: string };
  'too-many-entries': { readonly limit: number };

  'wrong-passphrase': NoData;
  'no-matching-key': NoData;
  'passphrase-needed': NoData;
  'key-needed': NoData;

  'passphrase-weak': {
    readonly bits: number;
    readonly floor: number;
    readonly reason: 'empty' | 'too-long' | 'guessable';
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
  's3-left-behind': { readonly location: string; readonly after: ErrorCode };
  'bundle-too-large': { readonly limit: number };

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
