import type {
  BundlePart,
  ConnectionField,
  Damage,
  ErrorCode,
  ErrorData,
  ErrorRecord,
  NameProblem,
  ReferenceKind,
  SpecialKind,
} from '../../app/contract/errors.ts';
import { formatSize } from './format.ts';

/** What a person is told: what happened, what it means for the documents, what to do next. */
export interface ErrorText {
  readonly title: string;
  readonly meaning: string;
  readonly next: string;
}

type Wording<C extends ErrorCode> = (data: ErrorData[C]) => ErrorText;

const NOTHING_SEALED = 'Nothing was sealed and nothing was sent.';
const NOTHING_SENT = 'Nothing was sent. Your documents are untouched.';
const NOTHING_MOVED = 'Nothing was sent, fetched or deleted.';
const NOTHING_WRITTEN = 'Nothing was restored. The bundle is untouched.';

const NAME_PROBLEMS: Record<NameProblem, string> = {
  empty: 'has an empty name or an empty folder name in it',
  absolute: 'is an absolute path or has a slash where none may be',
  'drive-letter': 'begins with a drive letter',
  'dot-segment': "contains '.' or '..' as a folder",
  backslash: 'contains a backslash, which is a folder separator on Windows',
  colon: 'contains a colon, which Windows cannot hold',
  'windows-character': 'contains one of < > " | ? *, which Windows cannot hold',
  'control-character': 'contains a control character or one that reverses text',
  'not-unicode': 'is not valid Unicode',
  'reserved-on-windows': 'is the name of a device on Windows',
  'trailing-dot-or-space': 'ends with a dot or a space, which Windows drops',
  'too-long': 'is longer than file systems allow (255 bytes for each name, 1,024 together)',
  'reserved-by-signet': 'is a name that Signet itself uses inside a bundle',
};

const SPECIAL_KINDS: Record<SpecialKind, string> = {
  'symbolic-link': 'is a symbolic link',
  'hard-link': 'is a hard link',
  device: 'is a device',
  pipe: 'is a pipe',
  socket: 'is a socket',
  other: 'is neither a file nor a folder',
};

const REFERENCES: Record<ReferenceKind, string> = {
  file: 'file',
  document: 'document',
  job: 'task',
  receipt: 'receipt',
  bundle: 'bundle',
  entry: 'bundle',
  connection: 'connection',
};

const CONNECTION_FIELDS: Record<ConnectionField, string> = {
  name: 'name',
  bucket: 'bucket',
  prefix: 'prefix',
  region: 'region',
  endpoint: 'endpoint',
  profile: 'profile',
  keys: 'access key',
};

const PARTS: Record<BundlePart, string> = {
  header: 'header',
  payload: 'content',
  armor: 'text armor',
  archive: 'archive inside',
  checksums: 'list of checksums',
};

const DAMAGES: Record<Damage, string> = {
  malformed: 'is damaged',
  truncated: 'ends too early',
  'trailing-data': 'goes on after its end',
  'not-authentic': 'was altered or cut short',
  mismatch: 'does not agree with the documents',
};

function nameTrouble(problem: NameProblem | SpecialKind): string {
  return problem in NAME_PROBLEMS
    ? NAME_PROBLEMS[problem as NameProblem]
    : SPECIAL_KINDS[problem as SpecialKind];
}

const TEXTS: { readonly [C in ErrorCode]: Wording<C> } = {
  internal: () => ({
    title: 'Something went wrong inside Signet.',
    meaning: 'Whatever was half-made has been removed.',
    next: 'Run the command again. If it happens again, report it with the code below.',
  }),
  cancelled: () => ({
    title: 'Cancelled.',
    meaning: 'Nothing half-made was left, here or at the destination.',
    next: 'Run the command again whenever you like.',
  }),
  'no-documents': () => ({
    title: 'There is nothing to seal.',
    meaning: NOTHING_SEALED,
    next: 'Name at least one file or folder that is not empty.',
  }),
  'document-missing': ({ name }) => ({
    title: `'${name}' does not exist.`,
    meaning: NOTHING_SEALED,
    next: 'Check the path. If the file was there a moment ago, it was moved or deleted meanwhile.',
  }),
  'document-unreadable': ({ name }) => ({
    title: `'${name}' cannot be read.`,
    meaning: NOTHING_SEALED,
    next: 'Check its permissions, and that the disk it lies on is still connected.',
  }),
  'document-changed': ({ name }) => ({
    title: `'${name}' changed while it was being sealed.`,
    meaning: `${NOTHING_SEALED} A mixture of two versions would have been no use to anyone.`,
    next: 'Close the program that is writing to it, then seal again.',
  }),
  'document-special': ({ name, kind }) => ({
    title: `'${name}' ${SPECIAL_KINDS[kind]}.`,
    meaning: `${NOTHING_SEALED} Signet packs files and folders only.`,
    next: 'Put the file itself in its place, or leave it out.',
  }),
  'document-name': ({ name, problem }) => ({
    title: `'${name}' ${NAME_PROBLEMS[problem]}.`,
    meaning: `${NOTHING_SEALED} The recipient could not have restored it under this name.`,
    next: 'Rename the file or folder, then seal again.',
  }),
  'document-duplicate': ({ name, other }) => ({
    title: `'${name}' and '${other}' would lie under the same name.`,
    meaning: `${NOTHING_SEALED} Windows and macOS do not tell these two names apart.`,
    next: 'Rename one of them, or put them into different folders.',
  }),
  'too-many-documents': ({ limit }) => ({
    title: `There are more than ${limit.toLocaleString('en')} documents.`,
    meaning: `${NOTHING_SEALED} The recipient could not have opened so many at once.`,
    next: 'Seal them in several bundles.',
  }),
  'note-too-long': ({ bytes, limit }) => ({
    title: `The note is too long: ${formatSize(bytes)} of at most ${formatSize(limit)}.`,
    meaning: NOTHING_SEALED,
    next: 'Shorten it, or add it as a document.',
  }),
  'output-exists': ({ path }) => ({
    title: `'${path}' already exists.`,
    meaning: 'It was not touched, and nothing was written.',
    next: "Choose another name or folder. 'signet open' can also keep, replace or skip what is there: see --on-conflict.",
  }),
  'output-unwritable': ({ path }) => ({
    title: `'${path}' cannot be written.`,
    meaning: 'Nothing was left behind.',
    next: 'Check the permissions of the folder, or choose another.',
  }),
  'output-missing': ({ path }) => ({
    title: `'${path}' does not exist.`,
    meaning: 'Nothing was written.',
    next: 'Create the folder first, or choose another.',
  }),
  'output-unsafe': ({ path }) => ({
    title: `'${path}' is a link, or a file where a folder should be.`,
    meaning: 'Nothing was written: a link could lead out of the folder that you chose.',
    next: 'Choose another folder, or remove what is in the way.',
  }),
  'disk-full': ({ path }) => ({
    title: `There is no room left for '${path}'.`,
    meaning: 'What was written so far has been removed.',
    next: 'Free some space, or choose a folder on another disk.',
  }),
  'bundle-name': ({ name, problem }) => ({
    title: `'${name}' cannot be the name of a bundle: it ${NAME_PROBLEMS[problem]}.`,
    meaning: NOTHING_SEALED,
    next: 'Choose another name, without folders in it.',
  }),
  'bundle-missing': ({ path }) => ({
    title: `'${path}' does not exist.`,
    meaning: 'Nothing was read or written.',
    next: 'Check the path.',
  }),
  'bundle-unreadable': ({ path }) => ({
    title: `'${path}' cannot be read.`,
    meaning: 'Nothing was restored.',
    next: 'Check its permissions, and that the disk it lies on is still connected.',
  }),
  'not-a-bundle': ({ path, found }) => ({
    title:
      found === 'empty'
        ? `'${path}' is empty.`
        : found === 'folder'
          ? `'${path}' is a folder.`
          : `'${path}' is not an age file.`,
    meaning: 'Nothing was opened.',
    next:
      found === 'folder'
        ? 'Name the bundle itself.'
        : 'Make sure that it is the bundle, and that it arrived whole: compare its size and SHA-256 with the receipt.',
  }),
  'bundle-damaged': ({ part, damage, name }) => ({
    title: `The bundle's ${PARTS[part]} ${DAMAGES[damage]}${name === undefined ? '' : ` ('${name}')`}.`,
    meaning: `${NOTHING_WRITTEN} It is not what its sender sealed.`,
    next: 'Fetch it once more. If it stays so, ask the sender for a new one.',
  }),
  'not-enough-memory': ({ bytes }) => ({
    title: `There is not enough memory to try the passphrase: it takes ${formatSize(bytes)}.`,
    meaning: 'Nothing was written. This says nothing against the bundle.',
    next: 'Close other programs, or use a computer with more memory.',
  }),
  'work-factor-too-high': ({ logN, limit }) => ({
    title: `The bundle asks for scrypt work factor ${String(logN)}; the limit is ${String(limit)}.`,
    meaning: `${NOTHING_WRITTEN} Trying the passphrase would take ${formatSize(1024 * 2 ** logN)} of memory.`,
    next: 'If you trust its sender and have the memory, raise the limit with --max-work-factor.',
  }),
  'unsafe-entry': ({ name, problem }) => ({
    title: `The bundle holds an entry that may not be restored: '${name}' ${nameTrouble(problem)}.`,
    meaning: NOTHING_WRITTEN,
    next: 'Ask the sender what it is. Signet never makes such bundles.',
  }),
  'duplicate-entry': ({ name, other }) => ({
    title: `The bundle holds '${name}' and '${other}', which would lie under the same name.`,
    meaning: NOTHING_WRITTEN,
    next: 'Ask the sender to rename one of them.',
  }),
  'too-many-entries': ({ limit }) => ({
    title: `The bundle holds more than ${limit.toLocaleString('en')} files and folders.`,
    meaning: NOTHING_WRITTEN,
    next: 'If you expected that many, raise the limit with --max-entries.',
  }),
  'wrong-passphrase': () => ({
    title: 'The passphrase is wrong.',
    meaning: NOTHING_WRITTEN,
    next: 'Compare it with the sender, word by word. Case, spaces and hyphens do not matter for generated words.',
  }),
  'no-matching-key': () => ({
    title: 'None of your keys opens this bundle.',
    meaning: NOTHING_WRITTEN,
    next: "Ask the sender which recipient it was sealed to, and compare with 'signet key public'.",
  }),
  'passphrase-needed': () => ({
    title: 'This bundle is opened by a passphrase, not by a key.',
    meaning: NOTHING_WRITTEN,
    next: 'Run the command again without -i, or with --passphrase-file.',
  }),
  'key-needed': () => ({
    title: 'This bundle is opened by a key, not by a passphrase.',
    meaning: NOTHING_WRITTEN,
    next: 'Name your identity file with -i.',
  }),
  'passphrase-weak': ({ bits, floor, reason }) => ({
    title:
      reason === 'empty'
        ? 'The passphrase is empty.'
        : reason === 'too-long'
          ? 'The passphrase is longer than 256 characters.'
          : `The passphrase is too weak: about ${bits.toFixed(0)} bits of the ${String(floor)} that it takes.`,
    meaning: `${NOTHING_SEALED} Whoever gets hold of a bundle can guess at it for as long as they like.`,
    next: 'Let Signet make one (leave the option out), or choose several words that do not belong together.',
  }),
  'passphrase-words': ({ words, least, most }) => ({
    title: `A passphrase has ${String(least)} to ${String(most)} words, not ${String(words)}.`,
    meaning: NOTHING_SEALED,
    next: 'Choose a number in that range; 7 is a good one.',
  }),
  'recipient-invalid': ({ recipient }) => ({
    title: `'${recipient}' is not a recipient.`,
    meaning: NOTHING_SEALED,
    next: 'A recipient begins with age1. Copy it whole; one wrong character is always noticed.',
  }),
  'recipients-mixed': () => ({
    title: 'Post-quantum and classical recipients cannot be mixed.',
    meaning: `${NOTHING_SEALED} The classical one would undo the protection of the others.`,
    next: 'Use recipients of one kind: all age1pq1…, or none.',
  }),
  'too-many-recipients': ({ limit }) => ({
    title: `A bundle can have ${String(limit)} recipients at most.`,
    meaning: NOTHING_SEALED,
    next: 'Seal to fewer, or seal twice.',
  }),
  'identity-invalid': ({ path }) => ({
    title: `'${path}' is not an identity file.`,
    meaning: 'No key was read from it.',
    next: 'An identity file holds a line that begins with AGE-SECRET-KEY-. Encrypted ones have to be decrypted with age first.',
  }),
  'engine-unavailable': ({ engine }) => ({
    title: `The cipher implementation '${engine}' is not available here.`,
    meaning: 'Nothing was read or written.',
    next: "Leave --engine out; 'signet doctor' shows which ones there are.",
  }),
  'engine-wrong': ({ engine }) => ({
    title: `The cipher implementation '${engine}' computes wrongly on this machine.`,
    meaning: 'Nothing was read or written.',
    next: 'Use another with --engine, and report this: it should never happen.',
  }),
  'url-invalid': ({ url }) => ({
    title: `'${url}' is not a valid address.`,
    meaning: 'Nothing was done.',
    next: 'Write s3://bucket/prefix/ for a place, s3://bucket/prefix/bundle.age for a bundle, or a path. An endpoint begins with https://.',
  }),
  'endpoint-insecure': ({ endpoint }) => ({
    title: `The connection to ${endpoint} is not encrypted.`,
    meaning:
      'Nothing was sent: your credentials and file names would have been readable on the way.',
    next: 'Use its https address. In a network that you trust, --allow-http accepts it.',
  }),
  's3-denied': ({ right, bucket }) => ({
    title: `You lack the right ${right} in the bucket '${bucket}'.`,
    meaning: 'Nothing was sent, fetched or deleted, and nothing half-made was left.',
    next: `Ask whoever runs the bucket for ${right} on your own prefix. Check the prefix in the address, too.`,
  }),
  's3-no-credentials': () => ({
    title: 'No S3 credentials were found.',
    meaning: NOTHING_MOVED,
    next: "Sign in ('aws sso login'), name a --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  }),
  's3-bad-credentials': () => ({
    title: 'S3 did not accept the credentials.',
    meaning: NOTHING_MOVED,
    next: 'They are wrong, expired, or for another service. Sign in again, or check the access key and its secret.',
  }),
  's3-no-bucket': ({ bucket }) => ({
    title: `There is no bucket '${bucket}'.`,
    meaning: NOTHING_MOVED,
    next: 'Check its name, and the --endpoint and --profile that you use.',
  }),
  's3-no-object': ({ location }) => ({
    title: `There is nothing at ${location}.`,
    meaning: 'Nothing was fetched or deleted.',
    next: "See what is there with 'signet inbox list'.",
  }),
  's3-wrong-region': ({ region }) => ({
    title: 'The bucket is in another region.',
    meaning: NOTHING_MOVED,
    next: region === undefined ? 'Name the right one with --region.' : `Use --region ${region}.`,
  }),
  's3-clock': () => ({
    title: "This computer's clock is wrong.",
    meaning: NOTHING_MOVED,
    next: 'Set the clock, then try again. S3 refuses requests that are more than 15 minutes off.',
  }),
  's3-exists': ({ location }) => ({
    title: `There is already a bundle at ${location}.`,
    meaning: 'It was not touched, and nothing was sent.',
    next: 'Choose another --name, or delete the old one first.',
  }),
  's3-busy': () => ({
    title: 'S3 is too busy.',
    meaning: 'It was asked several times. Nothing half-made was left.',
    next: 'Try again in a few minutes.',
  }),
  's3-timeout': () => ({
    title: 'S3 stopped answering.',
    meaning: 'The request was given up. Nothing half-made was left that could be removed.',
    next: 'Check the network connection, then try again.',
  }),
  's3-unreachable': ({ endpoint }) => ({
    title: `The connection to ${endpoint ?? 'S3'} failed.`,
    meaning: 'It was tried several times. The bundle did not arrive.',
    next: 'Check the network connection and the address, then try again.',
  }),
  's3-untrusted': ({ endpoint }) => ({
    title: `The server${endpoint === undefined ? '' : ` at ${endpoint}`} has no certificate that this computer trusts.`,
    meaning: 'Nothing was sent.',
    next: "If it is your organisation's own server, name its CA certificate in NODE_EXTRA_CA_CERTS.",
  }),
  's3-unverified': ({ location }) => ({
    title: `The bundle was sent to ${location}, but its arrival could not be confirmed.`,
    meaning:
      'It may well be there, whole. A passphrase that Signet made for it was not given out, so nobody could open it.',
    next: "Look with 'signet inbox list', delete what is there, and send again.",
  }),
  's3-integrity': ({ location }) => ({
    title: `What lies at ${location} is not what was sent.`,
    meaning: 'The data were altered on the way or in storage, and were not kept.',
    next: 'Try again. If it happens again, tell whoever runs the server.',
  }),
  's3-refused': ({ status }) => ({
    title: `The server refused the request${status === undefined ? '' : ` (HTTP ${String(status)})`}.`,
    meaning: NOTHING_MOVED,
    next: 'Check the endpoint: it may not be an S3 service, or one that lacks what Signet needs.',
  }),
  's3-left-behind': ({ location, after }) => ({
    title: `Parts of the bundle were left at ${location}.`,
    meaning: `The transfer failed (${after}) and could not be cleaned up after. The parts are sealed, but they cost space.`,
    next: 'Ask whoever runs the bucket to remove unfinished uploads, and for the rights s3:AbortMultipartUpload and s3:DeleteObject.',
  }),
  'bundle-too-large': ({ limit }) => ({
    title: `The bundle is larger than one upload can be (${formatSize(limit)}).`,
    meaning: NOTHING_SENT,
    next: 'Seal fewer documents at a time.',
  }),
  'input-invalid': () => ({
    title: 'The request could not be understood.',
    meaning: NOTHING_MOVED,
    next: 'Start the program again. If it happens again, report it.',
  }),
  'reference-unknown': ({ kind }) => ({
    title: `That ${REFERENCES[kind]} is not there any more.`,
    meaning: NOTHING_MOVED,
    next: 'Choose it again.',
  }),
  'not-available': () => ({
    title: 'That is not possible here.',
    meaning: NOTHING_MOVED,
    next: 'Use the desktop app for it.',
  }),
  'host-failed': () => ({
    title: 'The operating system did not do what was asked of it.',
    meaning: 'Your documents are untouched.',
    next: 'Try again.',
  }),
  'host-gone': () => ({
    title: 'Signet is not running any more.',
    meaning: 'Unfinished work was stopped and nothing of it is left behind.',
    next: 'Start it again.',
  }),
  'draft-busy': () => ({
    title: 'The documents are being sealed.',
    meaning: 'They stay as they are until that is done.',
    next: 'Wait for the end, or cancel it.',
  }),
  'documents-blocked': ({ count }) => ({
    title: `Before the seal, ${String(count)} ${count === 1 ? 'document needs' : 'documents need'} attention.`,
    meaning: NOTHING_SEALED,
    next: 'Rename or remove what is marked.',
  }),
  'passphrase-forgotten': () => ({
    title: 'The passphrase was forgotten.',
    meaning: 'Signet keeps it only for a while, and never on disk.',
    next: 'If nobody has it, seal the documents again.',
  }),
  'connection-invalid': ({ field }) => ({
    title: `The connection's ${CONNECTION_FIELDS[field]} will not do.`,
    meaning: 'The connection was not saved.',
    next: 'Correct it.',
  }),
  'secret-missing': ({ connection }) => ({
    title: `The secret access key of ${connection} is not here.`,
    meaning: NOTHING_MOVED,
    next: 'Enter it again in the settings.',
  }),
  'settings-unwritable': ({ path }) => ({
    title: `Settings cannot be written to ${path}.`,
    meaning: 'What you changed is lost when the program ends.',
    next: 'Check the folder, its permissions and the free space.',
  }),
  'folder-unreadable': ({ path }) => ({
    title: `The folder ${path} cannot be read.`,
    meaning: 'Nothing was changed.',
    next: 'Choose another one, or check its permissions.',
  }),
};

/**
 * The words for an error.
 *
 * @param error - as it crossed the boundary
 */
export function errorText<C extends ErrorCode>(error: ErrorRecord<C>): ErrorText {
  const wording: Wording<C> = TEXTS[error.code];
  return wording(error.data);
}
