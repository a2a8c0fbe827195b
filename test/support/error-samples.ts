import type { ErrorCode, ErrorData } from '../../app/contract/errors.ts';

const MIB = 2 ** 20;

/** Data for each way in which Signet can fail: a new code does not compile until it has some. */
export const ERROR_SAMPLES: { readonly [C in ErrorCode]: readonly ErrorData[C][] } = {
  internal: [{}],
  cancelled: [{}],
  'no-documents': [{}],
  'document-missing': [{ name: 'passport.jpg' }],
  'document-unreadable': [{ name: 'passport.jpg' }],
  'document-changed': [{ name: 'passport.jpg' }],
  'document-special': (
    ['symbolic-link', 'hard-link', 'device', 'pipe', 'socket', 'other'] as const
  ).map((kind) => ({ name: 'scan', kind })),
  'document-name': (
    [
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
    ] as const
  ).map((problem) => ({ name: 'passport.jpg', problem })),
  'document-duplicate': [{ name: 'Passport.jpg', other: 'passport.jpg' }],
  'too-many-documents': [{ limit: 100_000 }],
  'note-too-long': [{ bytes: 2 * MIB, limit: MIB }],
  'output-exists': [{ path: '/home/ana/bundle.age' }],
  'output-unwritable': [{ path: '/home/ana' }],
  'output-missing': [{ path: '/home/ana/nowhere' }],
  'output-unsafe': [{ path: '/home/ana/link' }],
  'disk-full': [{ path: '/home/ana/bundle.age' }],
  'bundle-name': [{ name: 'a/b', problem: 'absolute' }],
  'fetch-name': [{ name: '12:30.age', problem: 'colon' }],
  'bundle-missing': [{ path: 'bundle.age' }],
  'bundle-unreadable': [{ path: 'bundle.age' }],
  'not-a-bundle': (['empty', 'folder', 'other'] as const).map((found) => ({
    path: 'bundle.age',
    found,
  })),
  'bundle-damaged': [
    { part: 'header', damage: 'malformed' },
    { part: 'payload', damage: 'truncated' },
    { part: 'payload', damage: 'not-authentic' },
    { part: 'armor', damage: 'trailing-data' },
    { part: 'page', damage: 'malformed' },
    { part: 'archive', damage: 'truncated' },
    { part: 'checksums', damage: 'mismatch', name: 'passport.jpg' },
  ],
  'not-enough-memory': [{ bytes: 2 ** 32 }],
  'work-factor-too-high': [{ logN: 30, limit: 22 }],
  'unsafe-entry': [
    { name: '../passport.jpg', problem: 'dot-segment' },
    { name: 'passport.jpg', problem: 'symbolic-link' },
  ],
  'duplicate-entry': [{ name: 'A.pdf', other: 'a.pdf' }],
  'too-many-entries': [{ limit: 100_000 }],
  'format-unsupported': (
    [
      ['zip', 'compression'],
      ['zip', 'encryption'],
      ['zip', 'split'],
      ['html', 'too-old'],
      ['7z', 'link'],
      ['7z', 'format'],
      ['7z', 'solid-too-large'],
      ['age', 'format'],
    ] as const
  ).map(([format, feature]) => ({ format, feature })),
  'format-needs-passphrase': (['zip', '7z', 'html'] as const).map((format) => ({ format })),
  'expands-too-much': [
    { kind: 'total', limit: 2 ** 40 },
    { kind: 'ratio', limit: 1000 },
  ],
  'page-too-large': [{ bytes: 300 * MIB, limit: 200_000_000 }],
  'page-template-missing': [{}],
  'proof-failed': [{}, { name: 'passport.jpg' }],
  'volume-missing': [{ name: 'bundle.age.002' }],
  'volume-wrong': [{ name: 'bundle.age.002' }, { name: 'bundle.zip.001', last: 'bundle.zip.003' }],
  'wrong-passphrase': [{}],
  'no-matching-key': [{}],
  'passphrase-needed': [{}],
  'key-needed': [{}],
  'passphrase-weak': [
    { bits: 0, floor: 50, reason: 'empty' },
    { bits: 0, floor: 50, reason: 'too-long' },
    { bits: 0, floor: 65, reason: 'untypeable' },
    { bits: 13.2, floor: 50, reason: 'guessable' },
    { bits: 64.6, floor: 103, reason: 'guessable' },
  ],
  'passphrase-words': [
    { words: 99, least: 5, most: 12 },
    { words: 7, least: 8, most: 12 },
  ],
  'recipient-invalid': [{ recipient: 'age1foo' }],
  'recipients-mixed': [{}],
  'too-many-recipients': [{ limit: 20 }],
  'identity-invalid': [{ path: 'key.txt' }],
  'engine-unavailable': [{ engine: 'openssl' }],
  'engine-wrong': [{ engine: 'sodium' }],
  'url-invalid': [{ url: 's3://x' }],
  'endpoint-insecure': [{ endpoint: 'http://example.org' }],
  's3-denied': [{ right: 's3:PutObject', bucket: 'jobs' }],
  's3-no-credentials': [{}],
  's3-bad-credentials': [{}],
  's3-no-bucket': [{ bucket: 'jobs' }],
  's3-no-object': [{ location: 's3://jobs/ana/bundle.age' }],
  's3-wrong-region': [{}, { region: 'eu-central-1' }],
  's3-clock': [{}],
  's3-exists': [{ location: 's3://jobs/ana/bundle.age' }],
  's3-busy': [{}],
  's3-timeout': [{}],
  's3-unreachable': [{}, { endpoint: 'https://s3.example.org' }],
  's3-untrusted': [{}, { endpoint: 'https://s3.example.org' }],
  's3-unverified': [{ location: 's3://jobs/ana/bundle.age' }],
  's3-integrity': [{ location: 's3://jobs/ana/bundle.age' }],
  's3-refused': [{}, { status: 418 }],
  's3-left-behind': (
    [
      { remains: 'parts', right: 's3:AbortMultipartUpload' },
      { remains: 'parts' },
      { remains: 'object', right: 's3:DeleteObject' },
      { remains: 'object' },
    ] as const
  ).flatMap((left) =>
    (['cancelled', 's3-integrity'] as const).map((after) => ({
      location: 's3://jobs/ana/bundle.age',
      after,
      ...left,
    })),
  ),
  'bundle-too-large': [{ limit: 5 * 2 ** 40 }],
  'email-address': [{ address: 'ana(at)example.org' }],
  'email-no-recipients': [{}],
  'email-passphrase-inside': [{}],
  'email-too-large': [{ bytes: 400 * MIB, limit: 3 * MIB }],
  'email-account-invalid': (['name', 'host', 'port', 'user', 'from'] as const).map((field) => ({
    field,
  })),
  'smtp-unreachable': [
    { host: 'smtp.example.org' },
    { host: 'smtp.example.org', mayHaveArrived: true },
  ],
  'smtp-untrusted': [{ host: 'smtp.example.org' }],
  'smtp-no-tls': [{ host: 'smtp.example.org' }],
  'smtp-credentials': [{ host: 'smtp.example.org' }],
  'smtp-busy': [{ host: 'smtp.example.org' }, { host: 'smtp.example.org', status: 451 }],
  'smtp-too-large': [{ host: 'smtp.example.org' }, { host: 'smtp.example.org', limit: 25 * MIB }],
  'smtp-refused': [{ host: 'smtp.example.org' }, { host: 'smtp.example.org', status: 554 }],
  'smtp-no-recipient': [
    { host: 'smtp.example.org', addresses: ['ana@example.org'] },
    { host: 'smtp.example.org', addresses: ['ana@example.org', 'jobs@example.com'] },
  ],
  'input-invalid': [{ command: 'seal' }],
  'reference-unknown': (
    [
      'file',
      'document',
      'job',
      'receipt',
      'bundle',
      'entry',
      'connection',
      'account',
      'message',
    ] as const
  ).map((kind) => ({ kind })),
  'not-available': [{ command: 'chooseFiles' }],
  'host-failed': [{}],
  'host-gone': [{}],
  'draft-busy': [{}],
  'documents-blocked': [{ count: 1 }, { count: 3 }],
  'passphrase-forgotten': [{}],
  'connection-invalid': (
    ['name', 'bucket', 'prefix', 'region', 'endpoint', 'profile', 'keys'] as const
  ).map((field) => ({ field })),
  'secret-missing': [{ connection: 'Applications' }],
  'settings-unwritable': [{ path: '/home/ana/.local/share/signet' }],
  'folder-unreadable': [{ path: '/home/ana/private' }],
};

/** The samples as a list of errors. */
export const SAMPLE_ERRORS = (Object.keys(ERROR_SAMPLES) as ErrorCode[]).flatMap((code) =>
  ERROR_SAMPLES[code].map((data) => ({ code, data })),
);
