import type { OpenedView } from '../../../../app/contract/views.ts';

/** What may be said of a bundle that opened: no more than was found out. The keys are those of the words. */
export interface Verdict {
  readonly tone: 'good' | 'info';
  readonly title: 'verified' | 'intact' | 'contents' | 'whole' | 'unproven';
  readonly documents: 'matched' | 'partial' | 'absent';
  readonly sealedBy: 'byPassphrase' | 'byKey' | 'byAnybody';
}

/** What a bundle with a passphrase is said to be where the sender's checksums do not vouch for every document. */
const UNVERIFIED = { bundle: 'intact', contents: 'contents', nothing: 'whole' } as const;

/**
 * Judges what was found. That nothing was changed on the way can be said only of a bundle with a passphrase whose encryption would
 * show it: whoever has the public key can put another bundle in the place of the one that was sent, and what is not encrypted, or
 * only in the old way of ZIP, anybody can change.
 *
 * @param opened - what was found
 */
export function verdictOf({
  verified,
  sums,
  openedBy,
  authenticated,
  warnings,
}: Pick<OpenedView, 'verified' | 'sums' | 'openedBy' | 'authenticated' | 'warnings'>): Verdict {
  if (openedBy === 'nothing' || warnings.length > 0)
    return { tone: 'info', title: 'unproven', documents: sums, sealedBy: 'byAnybody' };
  if (openedBy === 'key')
    return { tone: 'info', title: 'whole', documents: sums, sealedBy: 'byKey' };
  return {
    tone: verified ? 'good' : 'info',
    title: verified ? 'verified' : UNVERIFIED[authenticated],
    documents: sums,
    sealedBy: 'byPassphrase',
  };
}
