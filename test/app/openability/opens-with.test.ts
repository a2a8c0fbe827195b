import { expect, test } from 'vitest';
import type { BundleSummary, Derivation } from '../../../app/contract/formats.ts';
import { opensWith } from '../../../app/openability/opens-with.ts';

function summary(format: BundleSummary['format'], derivation: Derivation): BundleSummary {
  return { format, bytes: 1, lockedWith: 'passphrase', derivation, names: 'sealed' };
}

test.each<[string, BundleSummary, string[]]>([
  ['an age file', summary('age', { kind: 'scrypt', logN: 18 }), ['signet', 'age']],
  ['an age file for keys', summary('age', { kind: 'keys' }), ['signet', 'age']],
  ['a page', summary('html', { kind: 'scrypt', logN: 18 }), ['signet', 'browser']],
  [
    'an AES ZIP',
    summary('zip', { kind: 'pbkdf2-sha1', rounds: 1000 }),
    ['signet', '7zip', 'keka', 'winzip', 'libarchive'],
  ],
  [
    'a ZIP with the old encryption',
    summary('zip', { kind: 'zipcrypto' }),
    [
      'signet',
      '7zip',
      'keka',
      'winzip',
      'the-unarchiver',
      'libarchive',
      'windows-explorer',
      'macos-archive-utility',
    ],
  ],
  [
    'a plain ZIP',
    summary('zip', { kind: 'none' }),
    [
      'signet',
      '7zip',
      'keka',
      'winzip',
      'the-unarchiver',
      'libarchive',
      'windows-explorer',
      'macos-archive-utility',
    ],
  ],
  [
    'a sealed 7z',
    summary('7z', { kind: 'sha256-rounds', logRounds: 19 }),
    ['signet', '7zip', 'keka'],
  ],
  [
    'a plain 7z',
    summary('7z', { kind: 'none' }),
    ['signet', '7zip', 'keka', 'the-unarchiver', 'libarchive'],
  ],
])('%s opens with what is known to open it', (_what, bundle, tools) => {
  expect(opensWith(bundle)).toEqual(tools);
});

test.each([
  [['X25519'], true],
  [['ssh-ed25519', 'mlkem768x25519'], true],
  [['ssh-ed25519'], false],
  [['p256tag', 'grease'], false],
  [[], false],
])('for the keys %j Signet is named: %s', (stanzas, named) => {
  const bundle = { ...summary('age', { kind: 'keys' }), lockedWith: 'keys' } as const;
  const tools = opensWith({ ...bundle, age: { stanzas, armored: false } });
  expect(tools.includes('signet')).toBe(named);
  expect(tools).toContain('age');
});
