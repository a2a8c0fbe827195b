import { formatSize } from '../format.ts';
import { FORMATS, NAME_PROBLEMS, SPECIAL_KINDS } from './names.ts';
import { NOTHING_SEALED, type Wordings } from './said.ts';

/** What can be wrong with documents, with the lock that is put on them, and with where they are written to. */
export const documentTexts = {
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
  'documents-blocked': ({ count }) => ({
    title: `Before the seal, ${String(count)} ${count === 1 ? 'document needs' : 'documents need'} attention.`,
    meaning: NOTHING_SEALED,
    next: 'Rename or remove what is marked.',
  }),
  'draft-busy': () => ({
    title: 'The documents are being sealed.',
    meaning: 'They stay as they are until that is done.',
    next: 'Wait for the end, or cancel it.',
  }),
  'note-too-long': ({ bytes, limit }) => ({
    title: `The note is too long: ${formatSize(bytes)} of at most ${formatSize(limit)}.`,
    meaning: NOTHING_SEALED,
    next: 'Shorten it, or add it as a document.',
  }),
  'bundle-name': ({ name, problem }) => ({
    title: `'${name}' cannot be the name of a bundle: it ${NAME_PROBLEMS[problem]}.`,
    meaning: NOTHING_SEALED,
    next: 'Choose another name, without folders in it.',
  }),

  'passphrase-weak': ({ bits, floor, reason }) => ({
    title:
      reason === 'empty'
        ? 'The passphrase is empty.'
        : reason === 'too-long'
          ? 'The passphrase is longer than 256 characters.'
          : reason === 'untypeable'
            ? 'The passphrase has a character in it that nobody can type.'
            : `The passphrase is too weak: about ${String(Math.floor(bits))} bits of the ${String(floor)} that it takes.`,
    meaning: `${NOTHING_SEALED} Whoever gets hold of a bundle can guess at it for as long as they like.`,
    next: 'Let Signet make one (leave the option out), or choose more words that do not belong together.',
  }),
  'passphrase-words': ({ words, least, most }) => ({
    title: `The passphrase has to have ${String(least)} to ${String(most)} words, not ${String(words)}.`,
    meaning: NOTHING_SEALED,
    next: 'Choose a number in that range. How few will do depends on the format of the bundle.',
  }),
  'passphrase-forgotten': () => ({
    title: 'The passphrase was forgotten.',
    meaning: 'Signet keeps it only for a while, and never on disk.',
    next: 'If nobody has it, seal the documents again.',
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
  'format-needs-passphrase': ({ format }) => ({
    title: `No ${FORMATS[format]} can be locked for keys, only with a passphrase.`,
    meaning: NOTHING_SEALED,
    next: 'Leave the recipients out, or make an age bundle: only those can be locked for keys.',
  }),

  'page-too-large': ({ bytes, limit }) => ({
    title: `The documents are too large for a self-opening page: ${formatSize(bytes)} of at most ${formatSize(limit)}.`,
    meaning: `${NOTHING_SEALED} A browser could have run out of memory over it.`,
    next: 'Choose another --format, or seal fewer documents at a time.',
  }),
  'page-template-missing': () => ({
    title: 'The reader that goes into a self-opening page is missing.',
    meaning: `${NOTHING_SEALED} This program was not built completely.`,
    next: "Build it with 'npm run build', or choose another --format.",
  }),
  'proof-failed': ({ name }) => ({
    title:
      name === undefined
        ? 'The finished bundle did not give back what went into it.'
        : `The finished bundle did not give back '${name}' as it went in.`,
    meaning:
      'Every bundle is re-opened before it counts as sealed; this one was removed and not sent. Your documents are untouched.',
    next: 'Seal again. If it happens again, the memory or a disk of this computer may be faulty: use another one.',
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
  'folder-unreadable': ({ path }) => ({
    title: `The folder ${path} cannot be read.`,
    meaning: 'Nothing was changed.',
    next: 'Choose another one, or check its permissions.',
  }),
} satisfies Wordings;
