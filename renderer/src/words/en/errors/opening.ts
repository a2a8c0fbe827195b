import { NOTHING_SAVED } from './said.ts';

/** What can go wrong with a bundle that somebody received. */
export const openingErrors = {
  'bundle-missing': {
    title: '“{{path}}” is not there any more',
    meaning: 'Nothing was opened.',
    next: 'It was moved, renamed or deleted. Choose the bundle again.',
  },
  'bundle-unreadable': {
    title: '“{{path}}” cannot be read',
    meaning: 'Nothing was opened.',
    next: 'Check that the disk it lies on is still connected, or copy the bundle to this computer first.',
  },
  'not-a-bundle': {
    empty: {
      title: '“{{path}}” is empty',
      meaning: 'Nothing was opened. The bundle probably did not arrive whole.',
      next: 'Fetch it once more, or ask its sender to send it again.',
    },
    folder: {
      title: '“{{path}}” is a folder',
      meaning: 'Nothing was opened.',
      next: 'Choose the bundle itself. Its name usually ends with .age, .zip, .7z or .html.',
    },
    other: {
      title: '“{{path}}” is not a bundle that Signet can open',
      meaning:
        'Nothing was opened. Signet opens age files, ZIP and 7z archives, and self-opening pages, whatever they are called.',
      next: 'Make sure that this is the file that you were sent, and that it arrived whole.',
    },
  },
  'bundle-damaged': {
    malformed: {
      title: 'The bundle is damaged',
      meaning: `${NOTHING_SAVED} {{part}} cannot be made sense of.`,
      next: 'Fetch it once more. If it stays so, ask its sender for a new one.',
    },
    truncated: {
      title: 'The end of the bundle is missing',
      meaning: `${NOTHING_SAVED} {{part}} ends too early.`,
      next: 'Fetch it once more, and let the transfer finish. If it stays so, ask its sender for a new one.',
    },
    'trailing-data': {
      title: 'Something was added to the bundle',
      meaning: `${NOTHING_SAVED} {{part}} goes on after its end.`,
      next: 'Fetch it once more. If it stays so, ask its sender for a new one, by another way.',
    },
    'not-authentic': {
      title: 'The bundle was altered or cut short on the way',
      meaning: `${NOTHING_SAVED} {{part}} is not what its sender sealed.`,
      next: 'Fetch it once more. If it stays so, tell its sender and ask for a new one, by another way.',
    },
    mismatch: {
      title: 'The documents do not agree with the sender’s checksums',
      meaning: `${NOTHING_SAVED} {{part}} says that they were different when they were sealed.`,
      next: 'Tell its sender and ask for a new bundle.',
    },
    'mismatch-named': {
      title: '“{{name}}” does not agree with the sender’s checksum',
      meaning: `${NOTHING_SAVED} {{part}} says that it was different when it was sealed.`,
      next: 'Tell its sender and ask for a new bundle.',
    },
  },
  'not-enough-memory': {
    title: 'There is not enough memory to try the passphrase',
    meaning:
      'It takes {{bytes}}. Nothing was opened; neither the passphrase nor the bundle is to blame.',
    next: 'Close other programs, or use a computer with more memory.',
  },
  'work-factor-too-high': {
    title: 'This bundle demands more work than Signet allows',
    meaning: `${NOTHING_SAVED} Trying one passphrase would take {{memory}} of memory (scrypt work factor {{logN}}; the limit is {{limit}}).`,
    next: 'Ask its sender to seal the documents again, with Signet or with the usual settings of age.',
  },
  'unsafe-entry': {
    title: 'The bundle holds something that is not safe to save: “{{name}}” {{problem}}',
    meaning: NOTHING_SAVED,
    next: 'Ask its sender what it is. Signet never makes such bundles.',
  },
  'duplicate-entry': {
    title: 'The bundle holds “{{name}}” and “{{other}}”, which would get the same name',
    meaning: `${NOTHING_SAVED} One of them would have taken the other’s place.`,
    next: 'Ask its sender to rename one of them and to seal again.',
  },
  'too-many-entries': {
    title: 'The bundle holds more than {{limit}} files and folders',
    meaning: NOTHING_SAVED,
    next: 'Ask its sender to spread them over several bundles.',
  },
  'format-unsupported': {
    compression: {
      title: '{{format}} is compressed in a way that Signet cannot read',
      meaning: `${NOTHING_SAVED} That does not mean that it is damaged.`,
      next: 'Open it with the program that made it, such as 7-Zip or Keka, or ask its sender to seal the documents again.',
    },
    encryption: {
      title: '{{format}} is encrypted in a way that Signet cannot read',
      meaning: `${NOTHING_SAVED} That does not mean that it is damaged.`,
      next: 'Open it with the program that made it, such as 7-Zip or Keka, or ask its sender to seal the documents again.',
    },
    split: {
      title: '{{format}} is split in a way that Signet cannot put together',
      meaning: `${NOTHING_SAVED} That does not mean that it is damaged.`,
      next: 'Open it with the program that made it, such as 7-Zip or Keka, or ask its sender for one that is not split.',
    },
    'too-old': {
      title: '{{format}} is of an old kind that Signet cannot read',
      meaning: `${NOTHING_SAVED} That does not mean that it is damaged.`,
      next: 'Open it with the program that made it, or ask its sender to seal the documents again.',
    },
    link: {
      title: '{{format}} holds a link, and Signet saves files and folders only',
      meaning: `${NOTHING_SAVED} That does not mean that it is damaged.`,
      next: 'Ask its sender for the documents themselves instead of links to them.',
    },
    format: {
      title: '{{format}} is of a kind that Signet does not know',
      meaning: `${NOTHING_SAVED} That does not mean that it is damaged.`,
      next: 'Open it with the program that made it, or ask its sender to seal the documents again.',
    },
    'solid-too-large': {
      title: '{{format}} packs its documents into one block that is too large for Signet',
      meaning: `${NOTHING_SAVED} That does not mean that it is damaged.`,
      next: 'Open it with the program that made it, such as 7-Zip or Keka, or ask its sender to seal fewer documents at a time.',
    },
  },
  'expands-too-much': {
    total: {
      title: 'More than {{size}} would come out of this bundle',
      meaning: `${NOTHING_SAVED} Some bundles are made like that to fill up a disk.`,
      next: 'If you trust its sender, choose “Open anyway”.',
    },
    ratio: {
      title: 'What comes out of this bundle would be more than {{times}} times its size',
      meaning: `${NOTHING_SAVED} Some bundles are made like that to fill up a disk.`,
      next: 'If you trust its sender, choose “Open anyway”.',
    },
  },
  'volume-missing': {
    title: 'A part of this bundle is missing: “{{name}}”',
    meaning: `${NOTHING_SAVED} A bundle in parts opens only when all of them lie in one folder or, in a browser, are chosen together.`,
    next: 'Put the missing part beside the others. If you do not have it, ask its sender for it.',
  },
  'volume-wrong': {
    one: {
      title: '“{{name}}” is not the part of this bundle that belongs there',
      meaning: `${NOTHING_SAVED} That part is damaged, incomplete, or from another bundle.`,
      next: 'Fetch that part once more. If it stays so, ask its sender for it.',
    },
    several: {
      title: 'One of the parts “{{name}}” to “{{last}}” is not the one that belongs there',
      meaning: `${NOTHING_SAVED} That part is damaged, incomplete, or from another bundle.`,
      next: 'Fetch them once more. If it stays so, ask their sender for them.',
    },
  },
  'wrong-passphrase': {
    title: 'This is not the passphrase of the bundle',
    meaning: 'Nothing was opened. The bundle is untouched, and you can try as often as you like.',
    next: 'Compare it with the sender, word by word. For generated words, capitals, spaces and hyphens make no difference.',
  },
  'no-matching-key': {
    title: 'None of your keys opens this bundle',
    meaning: 'Nothing was opened. The bundle is untouched.',
    next: 'Choose another key file, or ask the sender which key it was sealed to.',
  },
  'passphrase-needed': {
    title: 'This bundle is opened with a passphrase, not with a key',
    meaning: 'Nothing was opened. The bundle is untouched.',
    next: 'Ask its sender for the passphrase and enter it here.',
  },
  'key-needed': {
    title: 'This bundle is opened with a key, not with a passphrase',
    meaning: 'Nothing was opened. The bundle is untouched.',
    next: 'Choose the file that holds your key.',
  },
  'identity-invalid': {
    title: '“{{path}}” does not hold a key',
    meaning: 'No key was read from it, and nothing was opened.',
    next: 'A key file has a line that begins with AGE-SECRET-KEY-. One that is itself encrypted has to be decrypted with age first.',
  },
} as const;
