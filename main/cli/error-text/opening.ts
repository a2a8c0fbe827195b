import type { BundlePart, Damage, UnsupportedFeature } from '../../../app/contract/errors.ts';
import { formatSize } from '../format.ts';
import { FORMATS, nameTrouble } from './names.ts';
import { NOTHING_WRITTEN, type Wordings } from './said.ts';

const PARTS: Record<BundlePart, string> = {
  header: 'header',
  payload: 'content',
  armor: 'text armor',
  page: 'page',
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

/** What of an archive cannot be read. Each continues a sentence that begins with the archive. */
const FEATURES: Record<UnsupportedFeature, string> = {
  compression: 'is compressed in a way that Signet cannot read',
  encryption: 'is encrypted in a way that Signet cannot read',
  split: 'is split in a way that Signet cannot put together',
  'too-old': 'is of an old kind that Signet cannot read',
  link: 'holds a link, and Signet restores files and folders only',
  format: 'is of a kind that Signet does not know',
  'solid-too-large': 'packs its documents into one block that is too large for Signet',
};

/** What can go wrong with a bundle that somebody received. */
export const openingTexts = {
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
          : `'${path}' is not a bundle that Signet can open.`,
    meaning:
      found === 'other'
        ? 'Nothing was opened. Signet opens age files, ZIP and 7z archives, and self-opening pages.'
        : 'Nothing was opened.',
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
  'format-unsupported': ({ format, feature }) => ({
    title: `This ${FORMATS[format]} ${FEATURES[feature]}.`,
    meaning: `${NOTHING_WRITTEN} That does not mean that it is damaged.`,
    next:
      feature === 'link'
        ? 'Ask its sender for the documents themselves instead of links to them.'
        : `Open it with the program that made it${format === 'zip' || format === '7z' ? ', such as 7-Zip or Keka' : ''}, or ask its sender to seal the documents again.`,
  }),
  'expands-too-much': ({ kind, limit }) => ({
    title:
      kind === 'total'
        ? `More than ${formatSize(limit)} would come out of the bundle.`
        : `What comes out of the bundle would be more than ${limit.toLocaleString('en')} times its size.`,
    meaning: `${NOTHING_WRITTEN} Some bundles are made like that to fill up a disk.`,
    next: `If you trust its sender and have the room, raise the limit with ${kind === 'total' ? '--max-size SIZE' : '--max-ratio N'}.`,
  }),
  'volume-missing': ({ name }) => ({
    title: `The bundle's part '${name}' is missing.`,
    meaning: `${NOTHING_WRITTEN} A bundle in parts opens only when it has all of them.`,
    next: `Put '${name}' beside the other parts. If you do not have it, ask the sender for it.`,
  }),
  'volume-wrong': ({ name, last }) => ({
    title:
      last === undefined
        ? `'${name}' is not the part of the bundle that belongs there.`
        : `One of the parts '${name}' to '${last}' is not the one that belongs there.`,
    meaning: `${NOTHING_WRITTEN} That part is damaged, incomplete, or from another bundle.`,
    next: `Fetch ${last === undefined ? 'that part' : 'them'} once more. If it stays so, ask the sender for ${last === undefined ? 'it' : 'them'}.`,
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
  'identity-invalid': ({ path }) => ({
    title: `'${path}' is not an identity file.`,
    meaning: 'No key was read from it.',
    next: 'An identity file holds a line that begins with AGE-SECRET-KEY-. Encrypted ones have to be decrypted with age first.',
  }),
} satisfies Wordings;
