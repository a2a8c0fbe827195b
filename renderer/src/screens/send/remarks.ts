import type { Remark } from '../../../../app/contract/views.ts';
import type { T } from '../../words/words.ts';

/**
 * Whether a remark stands in the way of sealing.
 *
 * @param remark - about a document
 */
export function blocks(remark: Remark): boolean {
  return remark.kind !== 'empty' && remark.kind !== 'location';
}

/**
 * The words for a remark.
 *
 * @param remark - about a document
 * @param t - gives the words
 */
export function remarkWords(remark: Remark, t: T): { title: string; meaning: string } {
  const title = t(`send.remarks.${remark.kind}`);
  switch (remark.kind) {
    case 'name':
      return {
        title,
        meaning: t('send.remarks.nameMeaning', {
          problem: t(`errors.nameProblems.${remark.problem}`),
        }),
      };
    case 'duplicate':
      return { title, meaning: t('send.remarks.duplicateMeaning', { other: remark.other }) };
    case 'special':
      return {
        title,
        meaning: t('send.remarks.specialMeaning', {
          special: t(`errors.specialKinds.${remark.special}`),
        }),
      };
    case 'empty':
    case 'location':
    case 'missing':
    case 'unreadable':
      return { title, meaning: t(`send.remarks.${remark.kind}Meaning`) };
  }
}
