import { NOTHING_SEALED } from './said.ts';

/** What can be wrong with documents, with the lock that is put on them, and with where they are written to. */
export const documentErrors = {
  'no-documents': {
    title: 'There is nothing to seal',
    meaning: NOTHING_SEALED,
    next: 'Add at least one file, or a folder that is not empty.',
  },
  'document-missing': {
    title: '“{{name}}” is not there any more',
    meaning: NOTHING_SEALED,
    next: 'It was moved, renamed or deleted after you added it. Remove it from the list and add it again.',
  },
  'document-unreadable': {
    title: '“{{name}}” cannot be read',
    meaning: NOTHING_SEALED,
    next: 'Check that you can open it yourself and that the disk it lies on is still connected, or remove it from the list.',
  },
  'document-changed': {
    title: '“{{name}}” changed while it was being sealed',
    meaning: `${NOTHING_SEALED} A mixture of two versions would have been no use to anyone.`,
    next: 'Close the program that is writing to it, then seal again.',
  },
  'document-special': {
    title: '“{{name}}” {{kind}}',
    meaning: `${NOTHING_SEALED} Signet packs files and folders only.`,
    next: 'Add the file itself instead, or remove this one from the list.',
  },
  'document-name': {
    title: '“{{name}}” {{problem}}',
    meaning: `${NOTHING_SEALED} The recipient could not have saved it under this name.`,
    next: 'Change the name in the list. The file on your disk keeps its own.',
  },
  'document-duplicate': {
    title: '“{{name}}” and “{{other}}” would have the same name',
    meaning: `${NOTHING_SEALED} Windows and macOS do not tell these two names apart.`,
    next: 'Change one of the names in the list, or remove one of the two.',
  },
  'too-many-documents': {
    title: 'There are more than {{limit}} documents',
    meaning: `${NOTHING_SEALED} The recipient could not have opened so many at once.`,
    next: 'Seal them in several bundles.',
  },
  'documents-blocked': {
    title_one: '{{count}} document needs your attention first',
    title_other: '{{count}} documents need your attention first',
    meaning: NOTHING_SEALED,
    next: 'Rename or remove what is marked in the list.',
  },
  'draft-busy': {
    title: 'These documents are being sealed',
    meaning: 'They stay as they are until that is done.',
    next: 'Let it finish, or choose “Cancel” first.',
  },
  'note-too-long': {
    title: 'The note is too long: {{bytes}} of at most {{limit}}',
    meaning: NOTHING_SEALED,
    next: 'Shorten it, or add it as a document.',
  },
  'bundle-name': {
    title: '“{{name}}” cannot be the name of a bundle: it {{problem}}',
    meaning: NOTHING_SEALED,
    next: 'Choose another name.',
  },

  'passphrase-weak': {
    empty: {
      title: 'There is no passphrase yet',
      meaning: NOTHING_SEALED,
      next: 'Type one, or choose “Random words” and let Signet make it.',
    },
    'too-long': {
      title: 'The passphrase is longer than 256 characters',
      meaning: `${NOTHING_SEALED} Nobody could read out one so long without a mistake.`,
      next: 'Use a shorter one, or choose “Random words” and let Signet make it.',
    },
    untypeable: {
      title: 'There is a character in the passphrase that nobody can type',
      meaning: `${NOTHING_SEALED} Some programs would stop reading at it.`,
      next: 'Type it anew, or choose “Random words” and let Signet make it.',
    },
    guessable: {
      title: 'This passphrase is too easy to guess',
      meaning: `${NOTHING_SEALED} It is worth about {{bits}} bits, and {{floor}} is the least for this kind of bundle. Whoever gets hold of a bundle can go on guessing for as long as they like.`,
      next: 'Choose “Random words” and let Signet make it, or use more words that do not belong together.',
    },
  },
  'passphrase-words': {
    title: 'The passphrase has to have {{least}} to {{most}} words, not {{words}}',
    meaning: 'The passphrase stays as it was.',
    next: 'Choose a number in that range. How few will do depends on the kind of bundle.',
  },
  'passphrase-forgotten': {
    title: 'Signet no longer knows this passphrase',
    meaning: 'It is held for a while only, and never on disk. The bundle is not affected.',
    next: 'If you did not write it down and the recipient does not have it, seal the documents again.',
  },
  'recipient-invalid': {
    missing: {
      title: 'No key was given',
      meaning: `${NOTHING_SEALED} Nobody could have opened the bundle.`,
      next: 'Paste the recipient’s key. It begins with age1.',
    },
    wrong: {
      title: '“{{recipient}}” is not a recipient’s key',
      meaning: NOTHING_SEALED,
      next: 'It has to begin with age1. Copy the whole of it: a single wrong character is noticed.',
    },
  },
  'recipients-mixed': {
    title: 'These two kinds of key cannot be used together',
    meaning: `${NOTHING_SEALED} Keys of the older kind would undo the protection against quantum computers that the others give.`,
    next: 'Use keys of one kind only: all of them begin with age1pq1, or none.',
  },
  'too-many-recipients': {
    title: 'A bundle can be sealed to {{limit}} keys at most',
    meaning: NOTHING_SEALED,
    next: 'Remove some of the keys, or seal the documents twice.',
  },
  'format-needs-passphrase': {
    title: '{{format}} is locked with a passphrase, never for keys',
    meaning: NOTHING_SEALED,
    next: 'Lock it with a passphrase, or make an age bundle: only those can be locked for keys.',
  },

  'page-too-large': {
    title: 'The documents are too large for a self-opening page: {{bytes}} of at most {{limit}}',
    meaning: `${NOTHING_SEALED} The recipient’s browser could have run out of memory over it.`,
    next: 'Choose another kind of bundle, or seal fewer documents at a time.',
  },
  'page-template-missing': {
    title: 'The reader that goes into a self-opening page is missing',
    meaning: `${NOTHING_SEALED} This copy of Signet is not complete.`,
    next: 'Install Signet again, or choose another kind of bundle.',
  },
  'proof-failed': {
    whole: {
      title: 'The finished bundle did not give back what went into it',
      meaning:
        'Signet opens every bundle again before it counts as sealed. This one was removed and not sent. Your documents are untouched.',
      next: 'Seal again. If it happens again, the memory or a disk of this computer may be faulty: use another one.',
    },
    named: {
      title: 'The finished bundle did not give back “{{name}}” as it went in',
      meaning:
        'Signet opens every bundle again before it counts as sealed. This one was removed and not sent. Your documents are untouched.',
      next: 'Seal again. If it happens again, the memory or a disk of this computer may be faulty: use another one.',
    },
  },

  'output-exists': {
    title: '“{{path}}” already exists',
    meaning: 'It was left as it is, and nothing new was written.',
    next: 'Choose another folder or another name.',
  },
  'output-unwritable': {
    title: '“{{path}}” cannot be written',
    meaning: 'Nothing half-made was left there.',
    next: 'Choose a folder in which you can save files.',
  },
  'output-missing': {
    title: '“{{path}}” is not there any more',
    meaning: 'Nothing was written.',
    next: 'Choose another folder. If it is on a removable disk, connect that first.',
  },
  'output-unsafe': {
    title: 'Something is in the way at “{{path}}”',
    meaning:
      'Nothing was written. A link, or a file in a folder’s place, could lead outside the folder that you chose.',
    next: 'Choose an empty folder, or move away what lies there.',
  },
  'disk-full': {
    title: 'There is no room left for “{{path}}”',
    meaning: 'What had been written so far was removed.',
    next: 'Free some space, or choose a folder on another disk.',
  },
  'folder-unreadable': {
    title: 'The folder “{{path}}” cannot be read',
    meaning: 'Nothing in it was changed.',
    next: 'Choose another folder, or one that you can open yourself.',
  },
} as const;
