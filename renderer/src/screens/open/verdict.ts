import type { OpenedView } from '../../../../app/contract/views.ts';

/** What may be said of a bundle that opened: no more than was found out. The keys are those of the words. */
export interface Verdict {
  readonly tone: 'good' | 'info';
  readonly title: 'verified' | 'intact' | 'whole';
  readonly documents: 'matched' | 'partial' | 'absent';
  readonly sealedBy: 'byPassphrase' | 'byKey';
}

/**
 * Judges what was found. That nothing was changed on the way can be said only of a passphrase bundle: whoever has the public key
 * can put another bundle in the place of the one that was sent.
 *
 * @param opened - what was found
 */
export function verdictOf({
  verified,
  sums,
  openedBy,
}: Pick<OpenedView, 'verified' | 'sums' | 'openedBy'>): Verdict {
  const byKey = openedBy === 'key';
  return {
    tone: verified && !byKey ? 'good' : 'info',
    title: byKey ? 'whole' : verified ? 'verified' : 'intact',
    documents: sums,
    sealedBy: byKey ? 'byKey' : 'byPassphrase',
  };
}
