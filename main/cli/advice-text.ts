import type {
  Advice,
  AdviceNoticeCode,
  AdviceNoticeData,
  AdviceRoute,
  AdviceSource,
  ChoiceReason,
  MailFit,
  MailService,
  ToolId,
  Verdict,
  VerdictReason,
} from '../../app/contract/advice.ts';
import type { FormatId } from '../../app/contract/formats.ts';
import { formatCount } from './format.ts';
import { decimalSize } from './size.ts';

/** The programs as people know them. */
export const TOOL_NAMES: Readonly<Record<ToolId, string>> = {
  signet: 'Signet',
  age: 'age',
  '7zip': '7-Zip',
  keka: 'Keka',
  winzip: 'WinZip',
  'the-unarchiver': 'The Unarchiver',
  'windows-explorer': 'Windows Explorer',
  'macos-archive-utility': 'the Archive Utility of macOS',
  libarchive: 'bsdtar',
  browser: 'any browser',
};

/** What is made. */
const FORMAT_NAMES: Readonly<Record<FormatId, string>> = {
  age: 'an age bundle',
  zip: 'a ZIP with AES-256',
  '7z': 'a 7z with its names sealed',
  html: 'a self-opening page',
};

const SERVICES: Readonly<Record<MailService, string>> = {
  gmail: 'Gmail',
  outlook: 'Outlook.com',
  company: "a company's mail",
  unknown: 'mail of an unknown kind',
};

/** Whose usual limit it is. */
const LIMITED_BY: Readonly<Record<MailService, string>> = {
  gmail: 'Gmail',
  outlook: 'Outlook.com',
  company: 'many companies',
  unknown: 'many mail servers',
};

const ROUTES: Readonly<Record<AdviceRoute, string>> = {
  s3: 'by a link or shared storage',
  folder: 'as a file handed over',
  email: 'by email',
};

const VERDICTS: Readonly<Record<Verdict, string>> = {
  opens: 'opens',
  'opens-with': 'opens with some programs',
  'maybe-blocked': 'may be held on the way',
  'likely-blocked': 'is likely to be held on the way',
  'does-not-open': 'does not open',
};

const CHOICES: Readonly<Record<ChoiceReason, string>> = {
  'protects-best': 'Signet opens it, it protects best, and it hides the names of the documents.',
  'opens-with-what-they-have': '7-Zip, Keka and WinZip each open it.',
  'hides-names': 'It hides the names by itself, and mail may refuse a ZIP inside a ZIP.',
  'nothing-to-install': 'Most people can open it: any browser does, with nothing to install.',
  'nothing-else-opens': 'Nothing else opens with only a browser.',
  'passes-mail-best':
    'Free programs open it, and fewer mail systems hold it than a self-opening page.',
  'takes-any-size': 'Free programs open it, and the documents are too large for a page.',
  'best-alternative':
    'The documents are too large for a page, and nothing else opens with only a browser. This needs one free program.',
};

const REASONS: Readonly<Record<VerdictReason, string>> = {
  'age-opens': 'Signet and age open it.',
  'age-needs-tool': 'It needs Signet or age.',
  'zip-opens': '7-Zip, Keka and WinZip open it.',
  'zip-some-open': '7-Zip, Keka and WinZip open it; Windows and macOS by themselves do not.',
  'zip-needs-tool': 'It needs 7-Zip, Keka or WinZip.',
  '7z-some-open': '7-Zip and Keka open it; others perhaps not.',
  '7z-needs-tool': 'It needs 7-Zip or Keka.',
  'page-opens': 'Any browser opens it.',
  'page-slow': 'Any browser opens it, but one this large is slow.',
  'page-too-large': 'Signet makes no page this large.',
  'page-may-be-held': 'Mail may hold it as phishing.',
  'page-likely-held': "Microsoft's mail has held such pages as phishing.",
  'nested-may-be-refused': 'Mail may refuse a ZIP inside a ZIP.',
  'nested-likely-refused': 'Gmail refuses a ZIP inside an encrypted ZIP.',
  'encrypted-may-be-held': 'Mail may hold what it cannot look into.',
};

const NOTICES: {
  readonly [C in AdviceNoticeCode]: (data: AdviceNoticeData[C]) => string;
} = {
  'needs-tool': ({ tools }) => `The recipient needs ${anyOf(tools)}.`,
  'not-with-system-tools': ({ tools }) =>
    `${startOf(allOf(tools))} cannot open it, even where a passphrase is asked for. Say which program to use.`,
  'names-visible': () =>
    'Anybody on the way can read the names of the documents. Add --hide-names to hide them.',
  'nested-archive': () =>
    'To hide the names, the documents lie in a second ZIP: the recipient unpacks twice.',
  'nested-archive-may-be-refused': ({ service }) =>
    service === 'gmail'
      ? 'Gmail refuses encrypted archives that hold an archive.'
      : `Some mail refuses encrypted archives that hold an archive; ${SERVICES[service]} may.`,
  'weak-derivation': ({ words, bits }) =>
    `ZIP makes each guess cheap, so only the passphrase protects: at least ${String(words)} list words (${String(bits)} bits).`,
  'page-may-be-held': ({ service }) =>
    `${startOf(SERVICES[service])} may hold a page that decrypts itself as phishing.`,
  'encrypted-may-be-held': ({ service }) =>
    `${startOf(SERVICES[service])} may hold an attachment that it cannot look into. Ask whether it arrived.`,
  'page-announce': () =>
    'Tell the recipient beforehand that a page comes from you: a page from a stranger can lie.',
  'page-slow': ({ bytes, limit }) =>
    `A page with ${decimalSize(bytes)} takes its time and much memory; pages are meant for up to ${decimalSize(limit)}.`,
  'page-too-large': ({ bytes, limit }) =>
    `${decimalSize(bytes)} are too much for a page: ${decimalSize(limit)} is the most.`,
  'mail-split': ({ bytes, limit, service, volumes }) =>
    `As an attachment it has ${decimalSize(bytes)}, and the limit of ${LIMITED_BY[service]} is ${decimalSize(limit)}: split it over ${formatCount(volumes, 'message')}.`,
  'mail-too-large': ({ bytes, limit, service }) =>
    `As an attachment it has ${decimalSize(bytes)}, and the limit of ${LIMITED_BY[service]} is ${decimalSize(limit)}: send fewer documents at a time.`,
  'browser-not-enough': () => 'With only a browser the recipient cannot open these documents.',
  'prefer-shared-storage': () =>
    'A link or shared storage is safer than email here: nobody on the way looks into it.',
};

/**
 * What is to be watched for, in a sentence or two.
 *
 * @param notice - from the advice
 */
export function noticeText<C extends AdviceNoticeCode>(notice: {
  readonly code: C;
  readonly data: AdviceNoticeData[C];
}): string {
  return NOTICES[notice.code](notice.data);
}

/**
 * How large an attachment will be, and how large it may be.
 *
 * @param mail - from the advice
 * @param service - that it was given for
 */
export function sizeText({ attachedBytes, limit }: MailFit, service: MailService): string {
  return `As an attachment it has at most about ${decimalSize(attachedBytes)}; the limit of ${LIMITED_BY[service]} is ${decimalSize(limit)}.`;
}

/** What the advice was given for. */
export interface AdviceContext {
  readonly route: AdviceRoute;
  readonly service: MailService;
  /** Whether the size of the documents is known. */
  readonly sized: boolean;
  /** The line to run, printable. */
  readonly command: string;
  /** Whether to say where the knowledge comes from. */
  readonly withSources: boolean;
}

/** A part of the answer: a heading, and paragraphs below it. */
export interface Section {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** Whether the paragraphs may be broken into lines. */
  readonly verbatim?: boolean;
}

/**
 * The advice as sections of text.
 *
 * @param advice - as the app gave it
 * @param context - what it was given for
 */
export function adviceSections(advice: Advice, context: AdviceContext): Section[] {
  const { format, verdict, reason, choice, notices, sources } = advice;
  const way = context.route === 'email' ? SERVICES[context.service] : undefined;
  const how = `${ROUTES[context.route]}${way === undefined ? '' : ` (${way})`}`;
  const sections: Section[] = [
    { heading: `Make ${FORMAT_NAMES[format]}.`, paragraphs: [CHOICES[choice]] },
    {
      heading: `Sent ${how}, it ${VERDICTS[verdict]}.`,
      paragraphs: [REASONS[reason], ...sizes(advice, context)],
    },
    {
      heading: 'Watch for',
      paragraphs: notices.map((notice) => `- ${noticeText(notice)}`),
    },
    { heading: 'Run', paragraphs: [context.command], verbatim: true },
    {
      heading: 'The other formats',
      paragraphs: advice.formats
        .slice(1)
        .map((each) => `- ${each.format}: ${VERDICTS[each.verdict]}. ${REASONS[each.reason]}`),
    },
  ];
  if (context.withSources)
    sections.push({ heading: 'Sources', paragraphs: sources.flatMap(sourceLines), verbatim: true });
  return sections.filter(({ paragraphs }) => paragraphs.length > 0);
}

function sizes({ bundleBytes, mail }: Advice, { sized }: AdviceContext): string[] {
  if (!sized) return ['Its size is unknown: name the documents, or give --size.'];
  const attached =
    mail === undefined ? '' : `, ${decimalSize(mail.attachedBytes)} as an attachment`;
  return [`About ${decimalSize(bundleBytes)}${attached}.`];
}

function sourceLines(source: AdviceSource): string[] {
  switch (source.kind) {
    case 'published':
      return [`- ${source.title}`, `  ${source.url}`];
    case 'tried':
      return [`- Tried: ${source.title}`, `  ${source.command}`];
    case 'assumed':
      return [`- Assumed: ${source.title}`];
  }
}

/** `7-Zip, Keka or WinZip`. */
function anyOf(tools: readonly ToolId[]): string {
  return joined(tools, 'or');
}

/** `Windows Explorer and the Archive Utility of macOS`. */
function allOf(tools: readonly ToolId[]): string {
  return joined(tools, 'and');
}

function joined(tools: readonly ToolId[], word: string): string {
  const names = tools.map((tool) => TOOL_NAMES[tool]);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`;
}

function startOf(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
