import { z } from 'zod';
import type { ErrorCode, ErrorData, ErrorRecord } from './errors.ts';

const text = z.string();
const number = z.number();
const nothing = z.strictObject({});
const path = z.strictObject({ path: text });
const named = z.strictObject({ name: text });
const limit = z.strictObject({ limit: number });
const location = z.strictObject({ location: text });
const endpoint = z.strictObject({ endpoint: text.exactOptional() });
const engine = z.strictObject({ engine: text });
const host = z.strictObject({ host: text });
const answered = z.strictObject({ host: text, status: number.exactOptional() });
const tooMany = z.strictObject({ bytes: number, limit: number });
const format = z.enum(['age', 'zip', '7z', 'html']);
const nameProblem = z.enum([
  'empty',
  'absolute',
  'drive-letter',
  'dot-segment',
  'backslash',
  'colon',
  'windows-character',
  'control-character',
  'not-unicode',
  'reserved-on-windows',
  'trailing-dot-or-space',
  'too-long',
  'reserved-by-signet',
]);
const specialKind = z.enum(['symbolic-link', 'hard-link', 'device', 'pipe', 'socket', 'other']);

/**
 * Lets through only schemas that admit exactly what the types say, for every code.
 *
 * @param schemas - one for each code
 */
function whole<S extends { readonly [C in ErrorCode]: z.ZodType<ErrorData[C]> }>(
  schemas: S & {
    readonly [C in ErrorCode]: ErrorData[C] extends z.infer<S[C]> ? unknown : never;
  },
): S {
  return schemas;
}

/** The data of each code, as it crosses a boundary. */
const DATA = whole({
  internal: nothing,
  cancelled: nothing,
  'no-documents': nothing,
  'document-missing': named,
  'document-unreadable': named,
  'document-changed': named,
  'document-special': z.strictObject({ name: text, kind: specialKind }),
  'document-name': z.strictObject({ name: text, problem: nameProblem }),
  'document-duplicate': z.strictObject({ name: text, other: text }),
  'too-many-documents': limit,
  'note-too-long': tooMany,
  'output-exists': path,
  'output-unwritable': path,
  'output-missing': path,
  'output-unsafe': path,
  'disk-full': path,
  'bundle-name': z.strictObject({ name: text, problem: nameProblem }),
  'fetch-name': z.strictObject({ name: text, problem: nameProblem }),
  'bundle-missing': path,
  'bundle-unreadable': path,
  'not-a-bundle': z.strictObject({ path: text, found: z.enum(['empty', 'folder', 'other']) }),
  'bundle-damaged': z.strictObject({
    part: z.enum(['header', 'payload', 'armor', 'page', 'archive', 'checksums']),
    damage: z.enum(['malformed', 'truncated', 'trailing-data', 'not-authentic', 'mismatch']),
    name: text.exactOptional(),
  }),
  'not-enough-memory': z.strictObject({ bytes: number }),
  'work-factor-too-high': z.strictObject({ logN: number, limit: number }),
  'unsafe-entry': z.strictObject({ name: text, problem: z.union([nameProblem, specialKind]) }),
  'duplicate-entry': z.strictObject({ name: text, other: text }),
  'too-many-entries': limit,
  'format-unsupported': z.strictObject({
    format,
    feature: z.enum([
      'compression',
      'encryption',
      'split',
      'too-old',
      'link',
      'format',
      'solid-too-large',
    ]),
  }),
  'format-needs-passphrase': z.strictObject({ format }),
  'expands-too-much': z.strictObject({ kind: z.enum(['total', 'ratio']), limit: number }),
  'page-too-large': tooMany,
  'page-template-missing': nothing,
  'proof-failed': z.strictObject({ name: text.exactOptional() }),
  'volume-missing': named,
  'volume-wrong': z.strictObject({ name: text, last: text.exactOptional() }),
  'wrong-passphrase': nothing,
  'no-matching-key': nothing,
  'passphrase-needed': nothing,
  'key-needed': nothing,
  'passphrase-weak': z.strictObject({
    bits: number,
    floor: number,
    reason: z.enum(['empty', 'too-long', 'untypeable', 'guessable']),
  }),
  'passphrase-words': z.strictObject({ words: number, least: number, most: number }),
  'recipient-invalid': z.strictObject({ recipient: text }),
  'recipients-mixed': nothing,
  'too-many-recipients': limit,
  'identity-invalid': path,
  'engine-unavailable': engine,
  'engine-wrong': engine,
  'url-invalid': z.strictObject({ url: text }),
  'endpoint-insecure': z.strictObject({ endpoint: text }),
  's3-denied': z.strictObject({ right: text, bucket: text }),
  's3-no-credentials': nothing,
  's3-bad-credentials': nothing,
  's3-no-bucket': z.strictObject({ bucket: text }),
  's3-no-object': location,
  's3-wrong-region': z.strictObject({ region: text.exactOptional() }),
  's3-clock': nothing,
  's3-exists': location,
  's3-busy': nothing,
  's3-timeout': nothing,
  's3-unreachable': endpoint,
  's3-untrusted': endpoint,
  's3-unverified': location,
  's3-integrity': location,
  's3-refused': z.strictObject({ status: number.exactOptional() }),
  's3-left-behind': z.strictObject({
    location: text,
    after: z.custom<ErrorCode>((value) => isErrorCode(value)),
    remains: z.enum(['parts', 'object']),
    right: text.exactOptional(),
  }),
  'bundle-too-large': limit,
  'email-address': z.strictObject({ address: text }),
  'email-no-recipients': nothing,
  'email-passphrase-inside': nothing,
  'email-too-large': tooMany,
  'email-account-invalid': z.strictObject({
    field: z.enum(['name', 'host', 'port', 'user', 'from']),
  }),
  'smtp-unreachable': z.strictObject({
    host: text,
    mayHaveArrived: z.literal(true).exactOptional(),
  }),
  'smtp-untrusted': host,
  'smtp-no-tls': host,
  'smtp-credentials': host,
  'smtp-busy': answered,
  'smtp-too-large': z.strictObject({ host: text, limit: number.exactOptional() }),
  'smtp-refused': answered,
  'smtp-no-recipient': z.strictObject({ host: text, addresses: z.array(text).readonly() }),
  'input-invalid': z.strictObject({ command: text }),
  'reference-unknown': z.strictObject({
    kind: z.enum([
      'file',
      'document',
      'job',
      'receipt',
      'bundle',
      'entry',
      'connection',
      'account',
      'message',
    ]),
  }),
  'not-available': z.strictObject({ command: text }),
  'host-failed': nothing,
  'host-gone': nothing,
  'draft-busy': nothing,
  'documents-blocked': z.strictObject({ count: number }),
  'passphrase-forgotten': nothing,
  'connection-invalid': z.strictObject({
    field: z.enum(['name', 'bucket', 'prefix', 'region', 'endpoint', 'profile', 'keys']),
  }),
  'secret-missing': z.strictObject({ connection: text }),
  'settings-unwritable': path,
  'folder-unreadable': path,
});

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(DATA, value);
}

/** An error as it crosses a boundary: a code that exists, with exactly the data that goes with it. */
export const errorRecord: z.ZodType<ErrorRecord> = z
  .strictObject({ code: z.custom<ErrorCode>(isErrorCode), data: z.unknown() })
  .refine(({ code, data }) => DATA[code].safeParse(data).success)
  .transform((record) => record as ErrorRecord);
