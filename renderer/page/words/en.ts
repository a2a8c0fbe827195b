import type { Words } from './words.ts';

const NOTHING_OPENED = 'Nothing was opened and nothing was saved.';
const AGAIN = 'Fetch the page once more. If it stays so, ask its sender for a new one.';

function documents(count: number, number: string): string {
  return count === 1 ? '1 document' : `${number} documents`;
}

export const en: Words = {
  title: 'Sealed documents',
  loading: 'This page is still loading. It carries the documents itself, so that takes a moment.',
  locked: {
    heading: 'Documents, sealed for you',
    meaning:
      'The documents are in this page, encrypted. Only the passphrase opens them, here in your browser. Nothing is sent anywhere: the page has no way to any network.',
    sealed: (size) => `${size}, locked with a passphrase`,
    label: 'Passphrase',
    hint: 'Capital letters, spaces, hyphens and line breaks do not matter.',
    placeholder: 'The words that the sender told you',
    show: 'Show the passphrase',
    hide: 'Hide the passphrase',
    unlock: 'Open the documents',
    recognised: (count) =>
      count === 1 ? '1 word recognised' : `${String(count)} words recognised`,
    unknown: (word) => `“${word}” is not on the word list.`,
    meant: 'Perhaps',
    replace: (word, by) => `Replace “${word}” by “${by}”`,
    own: 'These are not the words that Signet makes. That is fine if the sender made the passphrase up.',
    wrong: 'That is not the passphrase',
    wrongMeaning:
      'The documents are unharmed, and what you typed is still here. Compare it with what you were told, word by word.',
    wrongNext: 'If all of it is right, ask the sender whether it belongs to this page.',
  },
  caution: {
    title: 'Enter it only if you expected this page',
    meaning:
      'A page from a stranger can look just like this one, lie, and keep what you type. If you did not expect it, ask the sender first, by phone or in person. Signet and age are safer ways to open it: see below.',
  },
  working: {
    derive: 'Turning the passphrase into a key',
    open: 'Opening and checking',
    label: 'Progress',
    cancel: 'Cancel',
  },
  opened: {
    verified: 'Verified: nothing was changed on the way',
    intact: 'Intact: nothing was changed on the way',
    matched: 'Every document is exactly what the sender put in.',
    partial:
      'The sender’s list of checksums does not name every document. Those that it names are exactly what was put in.',
    absent: 'The sender recorded no checksums, so the documents could not be compared one by one.',
    sealedBy: 'Somebody who knows the passphrase sealed it.',
    note: 'Note from the sender',
    heading: 'Documents',
    total: (count, number, size) => `${documents(count, number)}, ${size}`,
    none: 'There is no document in it.',
    more: (number) => `and ${number} more, which “Save all” saves, too`,
    verifiedOne: 'Verified',
    intactOne: 'Intact',
    sum: 'SHA-256',
    save: 'Save',
    saveNamed: (name) => `Save ${name}`,
    saveOnly: 'Save the document',
    saveAll: (count, number) => `Save all ${documents(count, number)}`,
    zipHint: 'All of them come as one plain ZIP file, which is not encrypted any more.',
    packing: 'Putting the ZIP together',
    saved: (name) => `${name} was handed to the browser’s downloads.`,
    close: 'Close the documents',
  },
  about: {
    title: 'Safer ways to open it, and how to check this page',
    signetTitle: 'With Signet',
    signet:
      'Open this file in Signet, a program of your own that no sender can change. It reads what the page carries and runs nothing of it.',
    ageTitle: 'With age and a terminal',
    age: 'What is sealed is an ordinary age file (age-encryption.org). This asks for the passphrase and restores the documents without anything of this page:',
    ageFile: 'Save the sealed age file',
    ageFileHint: 'as it is, encrypted',
    checkTitle: 'Check the reader',
    check:
      'This prints a number that has to be the one that Signet shows under Settings, About. What the page says of itself proves nothing: a page that lies would lie here, too.',
    made: (version) => `This page was made by Signet ${version}.`,
    madeBy: 'Made by',
    program: 'Reader’s program',
    format: 'Format',
    key: 'Key',
    keyTerms: (logN) => `scrypt, N = 2^${String(logN)}, r = 8, p = 1`,
    cipher: 'ChaCha20-Poly1305, in chunks of 64 KiB',
    network: 'Network',
    noNetwork: 'forbidden by the page’s own policy (default-src none)',
    licences: 'Licences of what the reader is made of',
  },
  problems: {
    pageTruncated: {
      title: 'This page is not complete',
      meaning: `${NOTHING_OPENED} Its end is missing: it did not arrive or was not saved whole.`,
      next: AGAIN,
    },
    pageMalformed: {
      title: 'This page was changed',
      meaning: `${NOTHING_OPENED} It does not carry what Signet puts into a page.`,
      next: AGAIN,
    },
    malformed: {
      title: 'What this page carries is damaged',
      meaning: `${NOTHING_OPENED} It cannot be made sense of.`,
      next: AGAIN,
    },
    notAuthentic: {
      title: 'What this page carries was altered or cut short on the way',
      meaning: `${NOTHING_OPENED} It is not what its sender sealed.`,
      next: 'Fetch the page once more. If it stays so, tell its sender and ask for a new one, by another way.',
    },
    mismatch: (name) => ({
      title: `“${name}” does not agree with the sender’s checksum`,
      meaning: `${NOTHING_OPENED} It was different when it was sealed.`,
      next: 'Tell its sender and ask for a new page.',
    }),
    unsafe: (name) => ({
      title: `It holds something that is not safe to save: “${name}”`,
      meaning: `${NOTHING_OPENED} Signet never makes such bundles.`,
      next: 'Ask its sender what it is.',
    }),
    duplicate: (name, other) => ({
      title: `Two of its documents would fall on each other: “${name}” and “${other}”`,
      meaning: `${NOTHING_OPENED} Signet never makes such bundles.`,
      next: 'Ask its sender what it is.',
    }),
    tooMany: (limit) => ({
      title: `It holds more than ${limit} documents`,
      meaning: NOTHING_OPENED,
      next: 'Open this file in Signet.',
    }),
    memory: (size) => ({
      title: 'This browser has not enough memory for it',
      meaning: `${NOTHING_OPENED} It takes ${size} at once. Neither the passphrase nor the page is to blame.`,
      next: 'Close other tabs and programs, or open this file in Signet.',
    }),
    workFactor: (size) => ({
      title: 'It demands more work than a browser can do',
      meaning: `${NOTHING_OPENED} Trying one passphrase would take ${size} of memory.`,
      next: 'Open this file in Signet.',
    }),
    keyNeeded: {
      title: 'It was sealed for a key, not with a passphrase',
      meaning: 'A page cannot open that, and should never be given a key.',
      next: 'Open this file in Signet, with your key.',
    },
    internal: {
      title: 'Something went wrong in this page',
      meaning: `${NOTHING_OPENED} The documents in it are unharmed.`,
      next: 'Load the page again, in another browser if it stays so, or open this file in Signet.',
    },
    code: (code) => `Code: ${code}`,
  },
};
