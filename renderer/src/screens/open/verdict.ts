import type { BundleView, OpenedView } from '../../../../app/contract/views.ts';

/** What may be said of a bundle that opened: no more than was found out. The keys are those of the words. */
export interface Verdict {
  readonly tone: 'good' | 'info';
  readonly title: 'verified' | 'intact' | 'whole' | 'unproven';
  readonly documents: 'matched' | 'partial' | 'absent';
  readonly sealedBy: 'byPassphrase' | 'byKey' | 'byAnybody';
}

/**
 * Judges what was found. That nothing was changed on the way can be said only of a bundle with a passphrase whose encryption would
 * show it: whoever has the public key can put another bundle in the place of the one that was sent, and what is not encrypted, or
 * only in the old way of ZIP, anybody can change. A 7z has checksums, but nothing that a passphrase is needed to make.
 *
 * @param opened - what was found
 * @param format - of the bundle
 */
export function verdictOf(
  {
    verified,
    sums,
    openedBy,
    warnings,
  }: Pick<OpenedView, 'verified' | 'sums' | 'openedBy' | 'warnings'>,
  format: BundleView['format'],
): Verdict {
  if (openedBy === 'nothing' || warnings.length > 0)
    return { tone: 'info', title: 'unproven', documents: sums, sealedBy: 'byAnybody' };
  if (openedBy === 'key')
    return { tone: 'info', title: 'whole', documents: sums, sealedBy: 'byKey' };
  const unverified = format === '7z' ? 'whole' : 'intact';
  return {
    tone: verified ? 'good' : 'info',
    title: verified ? 'verified' : unverified,
    documents: sums,
    sealedBy: 'byPassphrase',
  };
}
