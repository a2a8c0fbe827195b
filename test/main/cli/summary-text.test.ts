import { expect, test } from 'vitest';
import type { BundleSummary } from '../../../app/contract/formats.ts';
import { opensWith } from '../../../app/openability/opens-with.ts';
import { summaryRows } from '../../../main/cli/summary-text.ts';

const SHA256 = 'ab'.repeat(32);

function rows(summary: Omit<BundleSummary, 'bytes'>): Readonly<Record<string, string>> {
  const whole = { ...summary, bytes: 2048, sha256: SHA256 };
  return Object.fromEntries(summaryRows(whole, opensWith(whole)));
}

const sized = { Size: '2.0 KiB (2,048 bytes)', 'SHA-256': SHA256 };

test('an age file for a passphrase', () => {
  const age = { stanzas: ['scrypt'], armored: false };
  expect(
    rows({
      format: 'age',
      lockedWith: 'passphrase',
      derivation: { kind: 'scrypt', logN: 18 },
      names: 'sealed',
      age,
    }),
  ).toEqual({
    Format: 'age v1',
    'Opened by': 'a passphrase',
    'Each guess': 'takes 256 MiB of memory (scrypt, work factor 18)',
    'Opens with': 'Signet, age, rage, and other tools for age files',
    Documents: 'sealed, with their names and their number',
    ...sized,
  });
});

test('an armored age file for two keys', () => {
  const age = { stanzas: ['X25519', 'X25519', 'grease'], armored: true };
  expect(
    rows({ format: 'age', lockedWith: 'keys', derivation: { kind: 'keys' }, names: 'sealed', age }),
  ).toMatchObject({
    Format: 'age v1, as text (armored)',
    'Opened by': 'any one of 2 keys (age1…)',
  });
});

test('an age file for a key that Signet does not have the means for', () => {
  const age = { stanzas: ['ssh-rsa'], armored: false };
  expect(
    rows({ format: 'age', lockedWith: 'keys', derivation: { kind: 'keys' }, names: 'sealed', age }),
  ).toMatchObject({
    'Opened by': '1 SSH key (RSA)',
    'Opens with': 'age, rage, and other tools for age files',
  });
});

test('an AES ZIP shows its names, and says that guesses are cheap', () => {
  expect(
    rows({
      format: 'zip',
      lockedWith: 'passphrase',
      derivation: { kind: 'pbkdf2-sha1', rounds: 1000 },
      names: 'visible',
      documents: 3,
      aesBits: 256,
    }),
  ).toEqual({
    Format: 'ZIP with AES-256',
    'Opened by': 'a passphrase',
    'Each guess': 'is cheap: the passphrase alone protects (PBKDF2, 1,000 rounds)',
    'Opens with': 'Signet, 7-Zip, Keka, WinZip, bsdtar',
    Documents: '3 files, their names and sizes can be read by anybody',
    ...sized,
  });
});

test('a ZIP that hides its names still tells how many files there are', () => {
  expect(
    rows({
      format: 'zip',
      lockedWith: 'passphrase',
      derivation: { kind: 'pbkdf2-sha1', rounds: 1000 },
      names: 'sealed',
      documents: 1,
      aesBits: 128,
    }),
  ).toMatchObject({
    Format: 'ZIP with AES-128',
    Documents: 'sealed, with their names; 1 file can be counted',
  });
});

test('the old encryption of ZIP is called broken', () => {
  expect(
    rows({
      format: 'zip',
      lockedWith: 'passphrase',
      derivation: { kind: 'zipcrypto' },
      names: 'visible',
    }),
  ).toMatchObject({
    Format: 'ZIP with ZipCrypto, its old encryption',
    'Each guess': 'may not be needed: this encryption is broken',
    Documents: 'their names and sizes can be read by anybody',
  });
});

test('what is not encrypted says so', () => {
  const given = rows({
    format: 'zip',
    lockedWith: 'nothing',
    derivation: { kind: 'none' },
    names: 'visible',
    documents: 2,
  });
  expect(given).toMatchObject({
    Format: 'ZIP, not encrypted',
    'Opened by': 'anybody: nothing in it is encrypted',
  });
  expect(given).not.toHaveProperty('Each guess');
});

test('a 7z with its names sealed', () => {
  expect(
    rows({
      format: '7z',
      lockedWith: 'passphrase',
      derivation: { kind: 'sha256-rounds', logRounds: 19 },
      names: 'sealed',
    }),
  ).toMatchObject({
    Format: '7z with AES-256',
    'Each guess': 'takes a moment, no memory (SHA-256, 2^19 rounds)',
    'Opens with': 'Signet, 7-Zip, Keka',
    Documents: 'sealed, with their names and their number',
  });
});

test('a self-opening page', () => {
  expect(
    rows({
      format: 'html',
      lockedWith: 'passphrase',
      derivation: { kind: 'scrypt', logN: 18 },
      names: 'sealed',
      age: { stanzas: ['scrypt'], armored: true },
    }),
  ).toMatchObject({
    Format: 'self-opening page with an age file in it',
    'Each guess': 'takes 256 MiB of memory (scrypt, work factor 18)',
    'Opens with': 'Signet, any browser',
  });
});
