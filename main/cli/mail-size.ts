import { Option } from 'commander';
import type { FormatAdvice, MailService } from '../../app/contract/advice.ts';
import { noticeText, sizeText } from './advice-text.ts';
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

/** Makes the option that says whose mail it has to pass. */
export function mailOption(): Option {
  const services: readonly MailService[] = ['gmail', 'outlook', 'company', 'unknown'];
  return new Option(
    '--mail <service>',
    'whose mail the recipient has (default: not known)',
  ).choices(services);
}

/**
 * What is to be said beforehand of the size of an email, whatever it is.
 *
 * @param advice - on the format, with email as the way
 * @param service - whose mail it has to pass
 * @param limit - what one email may have at most, in bytes, where that was said
 * @returns a warning where it will probably be too large, otherwise how large it will be and may be
 */
export function sizeRemarks(
  advice: Pick<FormatAdvice, 'notices' | 'mail'>,
  service: MailService,
  limit: number | undefined,
): string[] {
  const warnings = sizeWarnings(advice, limit).map(({ text }) => text);
  if (warnings.length > 0 || advice.mail === undefined) return warnings;
  return [sizeText(advice.mail, service)];
}

/**
 * What is to be warned of beforehand in an email that will probably be too large for the recipient's server.
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
