import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../../../renderer/src/screens/open/verdict.ts';

describe('what is said of a bundle that opened', () => {
  test('one with a passphrase and every checksum is verified', () => {
    expect(verdictOf({ openedBy: 'passphrase', sums: 'matched', verified: true })).toEqual({
      tone: 'good',
      title: 'verified',
      documents: 'matched',
      sealedBy: 'byPassphrase',
    });
  });

  test.each(['partial', 'absent'] as const)(
    'one with a passphrase whose checksums are %s is intact, and no more',
    (sums) => {
      expect(verdictOf({ openedBy: 'passphrase', sums, verified: false })).toEqual({
        tone: 'info',
        title: 'intact',
        documents: sums,
        sealedBy: 'byPassphrase',
      });
    },
  );

  test.each(['matched', 'partial', 'absent'] as const)(
    'one for a key, with checksums %s, is never said to be unchanged on the way',
    (sums) => {
      expect(verdictOf({ openedBy: 'key', sums, verified: sums === 'matched' })).toEqual({
        tone: 'info',
        title: 'whole',
        documents: sums,
        sealedBy: 'byKey',
      });
    },
  );
});
