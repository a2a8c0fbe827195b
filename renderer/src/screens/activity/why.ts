import type { ErrorCode } from '../../../../app/contract/errors.ts';
import type { activity } from '../../words/en/activity.ts';

/** A reason, in as much as a code alone tells it: the data of the error are not kept. */
export type Why = keyof (typeof activity)['why'];

/** Does not compile when a code is missing. */
const REASONS: Readonly<Record<ErrorCode, Why>> = {
  internal: 'program',
  cancelled: 'cancelled',
  'no-documents': 'documents',
  'document-missing': 'documents',
  'document-unreadable': 'documents',
  'document-changed': 'documents',
  'document-special': 'documents',
  'document-name': 'documents',
  'document-duplicate': 'documents',
  'documents-blocked': 'documents',
  'too-many-documents': 'limit',
  'note-too-long': 'limit',
  'output-exists': 'exists',
  'output-unwritable': 'disk',
  'output-missing': 'gone',
  'output-unsafe': 'disk',
  'disk-full': 'disk',
  'bundle-name': 'documents',
  'bundle-missing': 'gone',
  'bundle-unreadable': 'disk',
  'not-a-bundle': 'damaged',
  'bundle-damaged': 'damaged',
  'not-enough-memory': 'limit',
  'work-factor-too-high': 'limit',
  'unsafe-entry': 'damaged',
  'duplicate-entry': 'damaged',
  'too-many-entries': 'limit',
  'wrong-passphrase': 'passphrase',
  'no-matching-key': 'passphrase',
  'passphrase-needed': 'passphrase',
  'key-needed': 'passphrase',
  'passphrase-weak': 'passphrase',
  'passphrase-words': 'passphrase',
  'passphrase-forgotten': 'passphrase',
  'recipient-invalid': 'passphrase',
  'recipients-mixed': 'passphrase',
  'too-many-recipients': 'limit',
  'identity-invalid': 'passphrase',
  'engine-unavailable': 'program',
  'engine-wrong': 'program',
  'url-invalid': 'address',
  'endpoint-insecure': 'address',
  's3-denied': 'access',
  's3-no-credentials': 'credentials',
  's3-bad-credentials': 'credentials',
  's3-no-bucket': 'address',
  's3-no-object': 'gone',
  's3-wrong-region': 'address',
  's3-clock': 'credentials',
  's3-exists': 'exists',
  's3-busy': 'network',
  's3-timeout': 'network',
  's3-unreachable': 'network',
  's3-untrusted': 'network',
  's3-unverified': 'unproven',
  's3-integrity': 'unproven',
  's3-refused': 'access',
  's3-left-behind': 'unproven',
  'bundle-too-large': 'limit',
  'input-invalid': 'program',
  'reference-unknown': 'program',
  'not-available': 'program',
  'host-failed': 'program',
  'host-gone': 'program',
  'draft-busy': 'program',
  'connection-invalid': 'address',
  'secret-missing': 'credentials',
  'settings-unwritable': 'disk',
  'folder-unreadable': 'disk',
};

/**
 * The reason behind a code of the activity.
 *
 * @param code - as it was noted, perhaps by another version of Signet
 */
export function whyOf(code: string): Why {
  return Object.hasOwn(REASONS, code) ? REASONS[code as ErrorCode] : 'unknown';
}
