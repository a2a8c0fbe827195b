import { describe, expect, test } from 'vitest';
import type { OpenedView } from '../../../../app/contract/views.ts';
import { verdictOf } from '../../../../renderer/src/screens/open/verdict.ts';

function opened(given: Partial<OpenedView>): OpenedView {
  return {
    documents: 1,
    bytes: 10,
    verified: true,
    sums: 'matched',
    openedBy: 'passphrase',
    authenticated: 'bundle',
    warnings: [],
    ...given,
  };
}

describe('what is said of a bundle that opened', () => {
  test('one with a passphrase and every checksum is verified', () => {
    expect(verdictOf(opened({}))).toEqual({
      tone: 'good',
      title: 'verified',
      documents: 'matched',
      sealedBy: 'byPassphrase',
    });
  });

  test.each(['partial', 'absent'] as const)(
    'one with a passphrase whose checksums are %s is intact, and no more',
    (sums) => {
      expect(verdictOf(opened({ sums, verified: false }))).toEqual({
        tone: 'info',
        title: 'intact',
        documents: sums,
        sealedBy: 'byPassphrase',
      });
    },
  );

  test.each([
    ['contents', 'contents'],
    ['nothing', 'whole'],
  ] as const)(
    'one whose format protects no more than %s is not said to be unchanged on the way',
    (authenticated, said) => {
      for (const sums of ['partial', 'absent'] as const) {
        const { title, tone } = verdictOf(opened({ authenticated, sums, verified: false }));
        expect({ title, tone }).toEqual({ title: said, tone: 'info' });
      }
    },
  );

  test.each(['matched', 'partial', 'absent'] as const)(
    'one for a key, with checksums %s, is never said to be unchanged on the way',
    (sums) => {
      const found = opened({ openedBy: 'key', sums, verified: sums === 'matched' });
      expect(verdictOf(found)).toEqual({
        tone: 'info',
        title: 'whole',
        documents: sums,
        sealedBy: 'byKey',
      });
    },
  );

  test('one that nothing locked proves nothing, whatever its own list of checksums says', () => {
    const found = opened({ openedBy: 'nothing', warnings: ['not-encrypted'] });
    expect(verdictOf(found)).toEqual({
      tone: 'info',
      title: 'unproven',
      documents: 'matched',
      sealedBy: 'byAnybody',
    });
  });

  test.each(['partly-encrypted', 'legacy-encryption'] as const)(
    'a passphrase proves nothing where the encryption is %s',
    (warning) => {
      const { title, sealedBy } = verdictOf(opened({ warnings: [warning] }));
      expect({ title, sealedBy }).toEqual({ title: 'unproven', sealedBy: 'byAnybody' });
    },
  );
});
