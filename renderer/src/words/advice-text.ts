import type {
  AdviceNoticeCode,
  AdviceNoticeData,
  MailService,
  ToolId,
} from '../../../app/contract/advice.ts';
import { numberFormat } from './format.ts';
import type { T } from './words.ts';

type Parameters = Readonly<Record<string, string | number>>;

interface Means {
  readonly size: (bytes: number) => string;
  readonly anyOf: (tools: readonly ToolId[]) => string;
  readonly service: (service: MailService) => string;
}

const nothing = (): Parameters => ({});
const ofService = (data: { readonly service: MailService }, { service }: Means): Parameters => ({
  service: service(data.service),
});
const ofTools = (data: { readonly tools: readonly ToolId[] }, { anyOf }: Means): Parameters => ({
  tools: anyOf(data.tools),
});
const ofSizes = (
  data: { readonly bytes: number; readonly limit: number },
  { size }: Means,
): Parameters => ({ size: size(data.bytes), limit: size(data.limit) });

/** How the data of each notice become the parameters of its words. */
const TELLINGS: {
  readonly [C in AdviceNoticeCode]: (data: AdviceNoticeData[C], means: Means) => Parameters;
} = {
  'needs-tool': ofTools,
  'not-with-system-tools': ofTools,
  'names-visible': nothing,
  'nested-archive': nothing,
  'nested-archive-may-be-refused': ofService,
  'weak-derivation': ({ words, bits }) => ({ words, bits }),
  'page-may-be-held': ofService,
  'encrypted-may-be-held': ofService,
  'page-announce': nothing,
  'page-slow': ofSizes,
  'page-too-large': ofSizes,
  'mail-split': (data, means) => ({
    ...ofSizes(data, means),
    ...ofService(data, means),
    volumes: data.volumes,
  }),
  'mail-too-large': (data, means) => ({ ...ofSizes(data, means), ...ofService(data, means) }),
  'browser-not-enough': nothing,
  'prefer-shared-storage': nothing,
};

/**
 * The words for a notice of the advice.
 *
 * @param notice - as the core gave it
 * @param t - for the words
 * @param language - for numbers and lists
 */
export function noticeText<C extends AdviceNoticeCode>(
  notice: { readonly code: C; readonly data: AdviceNoticeData[C] },
  t: T,
  language: string,
): string {
  // The keys are put together from parts; that each exists is what the catalogue's types and the tests see to.
  const say = t as unknown as (key: string, parameters?: Parameters) => string;
  const parameters = TELLINGS[notice.code](notice.data, {
    size: (bytes) => mailSize(bytes, language),
    anyOf: (tools) =>
      new Intl.ListFormat(language, { type: 'disjunction' }).format(
        tools.map((tool) => say(`advice.tools.${tool}`)),
      ),
    service: (service) => say(`advice.mail.${service}`),
  });
  return say(`advice.notices.${notice.code}`, parameters);
}

const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/**
 * A size in the decimal units in which mail services state their limits.
 *
 * @param bytes - such as 25,000,000, which gives `25 MB`
 * @param language - for the decimal sign
 */
export function mailSize(bytes: number, language: string): string {
  const power = Math.max(1, Math.min(UNITS.length, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  if (Math.round(value) === 1000 && power < UNITS.length)
    return mailSize(1000 ** (power + 1), language);
  return numberFormat(language, {
    style: 'unit',
    unit: UNITS[power - 1] ?? 'terabyte',
    maximumFractionDigits: value < 9.95 ? 1 : 0,
  }).format(value);
}
