import type { ErrorCode } from '../../app/contract/errors.ts';

/** What the process tells its caller. Part of the interface: scripts rely on it. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  locked: 3,
  damaged: 4,
  refused: 5,
  cancelled: 6,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const CODES: Record<ErrorCode, ExitCode> = {
  internal: EXIT.failed,
  cancelled: EXIT.cancelled,
  'no-documents': EXIT.failed,
  'document-missing': EXIT.failed,
  'document-unreadable': EXIT.failed,
  'document-changed': EXIT.failed,
  'document-special': EXIT.failed,
  'document-name': EXIT.failed,
  'document-duplicate': EXIT.failed,
  'too-many-documents': EXIT.failed,
  'note-too-long': EXIT.failed,
  'output-exists': EXIT.refused,
  'output-unwritable': EXIT.refused,
  'output-missing': EXIT.refused,
  'output-unsafe': EXIT.refused,
  'disk-full': EXIT.refused,
  'bundle-name': EXIT.usage,
  'bundle-missing': EXIT.failed,
  'bundle-unreadable': EXIT.failed,
  'not-a-bundle': EXIT.damaged,
  'bundle-damaged': EXIT.damaged,
  'not-enough-memory': EXIT.failed,
  'work-factor-too-high': EXIT.failed,
  'unsafe-entry': EXIT.damaged,
  'duplicate-entry': EXIT.damaged,
  'too-many-entries': EXIT.failed,
  'wrong-passphrase': EXIT.locked,
  'no-matching-key': EXIT.locked,
  'passphrase-needed': EXIT.locked,
  'key-needed': EXIT.locked,
  'passphrase-weak': EXIT.failed,
  'passphrase-words': EXIT.usage,
  'recipient-invalid': EXIT.usage,
  'recipients-mixed': EXIT.usage,
  'too-many-recipients': EXIT.usage,
  'identity-invalid': EXIT.failed,
  'engine-unavailable': EXIT.failed,
  'engine-wrong': EXIT.failed,
  'url-invalid': EXIT.usage,
  'endpoint-insecure': EXIT.usage,
  's3-denied': EXIT.refused,
  's3-no-credentials': EXIT.refused,
  's3-bad-credentials': EXIT.refused,
  's3-no-bucket': EXIT.refused,
  's3-no-object': EXIT.refused,
  's3-wrong-region': EXIT.refused,
  's3-clock': EXIT.refused,
  's3-exists': EXIT.refused,
  's3-busy': EXIT.refused,
  's3-timeout': EXIT.refused,
  's3-unreachable': EXIT.refused,
  's3-untrusted': EXIT.refused,
  's3-unverified': EXIT.refused,
  's3-integrity': EXIT.refused,
  's3-refused': EXIT.refused,
  's3-left-behind': EXIT.refused,
  'bundle-too-large': EXIT.refused,
  'input-invalid': EXIT.usage,
  'reference-unknown': EXIT.failed,
  'not-available': EXIT.failed,
  'host-failed': EXIT.failed,
  'host-gone': EXIT.failed,
  'draft-busy': EXIT.failed,
  'documents-blocked': EXIT.failed,
  'passphrase-forgotten': EXIT.failed,
  'connection-invalid': EXIT.usage,
  'secret-missing': EXIT.failed,
  'settings-unwritable': EXIT.refused,
  'folder-unreadable': EXIT.failed,
};

/**
 * The exit code for an error.
 *
 * @param code - of the error
 */
export function exitCodeFor(code: ErrorCode): ExitCode {
  return CODES[code];
}
