import type { FormatAdvice } from '../../app/contract/advice.ts';
import { noticeText } from './advice-text.ts';
import { decimalSize } from './size.ts';

type SizeNotice = Extract<
  FormatAdvice['notices'][number],
  { readonly code: 'mail-split' | 'mail-too-large' }
>;

/** Something about the size of an email that is to be known before it is made. */
export interface SizeWarning {
  readonly notice: SizeNotice;
  /** A sentence or two. */
  readonly text: string;
}

/**
 * What is to be said beforehand of an email that will probably be too large for the recipient's server.
 *
 * @param advice - on the format, with email as the way
 * @param limit - what one email may have at most, in bytes, where that was said
 */
export function sizeWarnings(
  { notices }: Pick<FormatAdvice, 'notices'>,
  limit: number | undefined,
): SizeWarning[] {
  return notices.flatMap((notice): SizeWarning[] => {
    if (notice.code === 'mail-too-large')
      return [{ notice, text: `Warning: ${noticeText(notice)}` }];
    if (notice.code !== 'mail-split') return [];
    const { limit: usual } = notice.data;
    if (limit !== undefined && limit <= usual) return [];
    const option = `--limit ${decimalSize(usual).replace(' ', '')}`;
    return [{ notice, text: `Warning: ${noticeText(notice)} Use ${option}.` }];
  });
}
