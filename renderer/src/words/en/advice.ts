import type {
  AdviceNoticeCode,
  AdviceRoute,
  AdviceSource,
  ChoiceReason,
  MailFit,
  MailService,
  RecipientHas,
  ToolId,
  Verdict,
  VerdictReason,
} from '../../../../app/contract/advice.ts';
import type { FormatId } from '../../../../app/contract/formats.ts';

/** Words of the advice on what the recipient can open. A code without any does not compile. */
export const advice = {
  title: 'What does the recipient have?',
  has: {
    signet: 'Signet or age',
    archiver: '7-Zip, Keka or WinZip',
    browser: 'Only a web browser',
    unknown: 'I don’t know',
  } satisfies Record<RecipientHas, string>,
  hasHint: {
    signet: 'Protects best, and hides the names of the documents',
    archiver: 'Opens with the program that they use for ZIP files',
    browser: 'Opens in the browser, with nothing to install',
    unknown: 'Signet chooses what most people can open',
  } satisfies Record<RecipientHas, string>,

  route: 'How does it get there?',
  routes: {
    s3: 'A link or shared storage',
    folder: 'A file, handed over',
    email: 'Email',
  } satisfies Record<AdviceRoute, string>,

  service: 'Whose mail do they have?',
  services: {
    gmail: 'Gmail',
    outlook: 'Outlook.com',
    company: 'A company’s',
    unknown: 'I don’t know',
  } satisfies Record<MailService, string>,
  /** Each continues “by …” and “of …”. */
  mail: {
    gmail: 'Gmail',
    outlook: 'Outlook.com',
    company: 'company mail servers',
    unknown: 'mail servers',
  } satisfies Record<MailService, string>,

  formats: {
    age: 'age bundle',
    zip: 'ZIP with AES-256',
    '7z': '7z with sealed names',
    html: 'Self-opening page',
  } satisfies Record<FormatId, string>,

  verdicts: {
    opens: 'Opens',
    'opens-with': 'Opens with some programs',
    'maybe-blocked': 'May be held by mail',
    'likely-blocked': 'Likely to be held by mail',
    'does-not-open': 'Does not open',
  } satisfies Record<Verdict, string>,

  choices: {
    'protects-best': 'Signet opens it, it protects best, and it hides the names.',
    'opens-with-what-they-have': '7-Zip, Keka and WinZip each open it.',
    'hides-names': 'It hides the names by itself; mail may refuse a ZIP inside a ZIP.',
    'nothing-to-install': 'Most people can open it: any browser does, with nothing to install.',
    'nothing-else-opens': 'Nothing else opens with only a browser.',
    'passes-mail-best': 'Free programs open it, and mail holds it less often than a page.',
    'takes-any-size': 'Free programs open it; the documents are too large for a page.',
    'best-alternative': 'Too large for a page. The recipient needs one free program.',
  } satisfies Record<ChoiceReason, string>,

  reasons: {
    'age-opens': 'Signet and age open it.',
    'age-needs-tool': 'It needs Signet or age.',
    'zip-opens': '7-Zip, Keka and WinZip open it.',
    'zip-some-open': '7-Zip, Keka and WinZip open it; Windows and macOS alone do not.',
    'zip-needs-tool': 'It needs 7-Zip, Keka or WinZip.',
    '7z-some-open': '7-Zip and Keka open it; others perhaps not.',
    '7z-needs-tool': 'It needs 7-Zip or Keka.',
    'page-opens': 'Any browser opens it.',
    'page-slow': 'Any browser opens it, but one this large is slow.',
    'page-too-large': 'Signet makes no page this large.',
    'page-may-be-held': 'Mail may hold it as phishing.',
    'page-likely-held': 'Microsoft’s mail has held such pages as phishing.',
    'nested-may-be-refused': 'Mail may refuse a ZIP inside a ZIP.',
    'nested-likely-refused': 'Gmail refuses a ZIP inside an encrypted ZIP.',
    'encrypted-may-be-held': 'Mail may hold what it cannot look into.',
  } satisfies Record<VerdictReason, string>,

  notices: {
    'needs-tool': 'The recipient needs {{tools}}.',
    'not-with-system-tools':
      'Not with {{tools}}, even where they ask for a passphrase. Say which program to use.',
    'names-visible': 'Anybody on the way can read the names of the documents.',
    'nested-archive':
      'To hide the names, the documents lie in a second ZIP. The recipient unpacks twice.',
    'nested-archive-may-be-refused': 'A ZIP inside a ZIP may be refused by {{service}}.',
    'weak-derivation':
      'ZIP makes each guess cheap, so the passphrase has at least {{words}} words ({{bits}} bits).',
    'page-may-be-held': 'A page that opens itself may be held as phishing by {{service}}.',
    'encrypted-may-be-held':
      'What cannot be looked into may be held by {{service}}. Ask whether it arrived.',
    'page-announce': 'Tell them that a page comes from you. A page from a stranger can lie.',
    'page-slow': 'A page with {{size}} is slow. Pages are meant for up to {{limit}}.',
    'page-too-large': '{{size}} are too much for a page. The most is {{limit}}.',
    'mail-split':
      '{{size}} as an attachment; {{limit}} is the usual limit of {{service}}. It goes in {{volumes}} messages.',
    'mail-too-large':
      '{{size}} as an attachment; {{limit}} is the usual limit of {{service}}. Send fewer documents at a time.',
    'browser-not-enough': 'With only a browser they cannot open these documents.',
    'prefer-shared-storage':
      'A link or shared storage is safer than email: nobody on the way looks into it.',
  } satisfies Record<AdviceNoticeCode, string>,

  tools: {
    signet: 'Signet',
    age: 'age',
    '7zip': '7-Zip',
    keka: 'Keka',
    winzip: 'WinZip',
    'the-unarchiver': 'The Unarchiver',
    'windows-explorer': 'Windows Explorer',
    'macos-archive-utility': 'macOS’ Archive Utility',
    libarchive: 'bsdtar',
    browser: 'any browser',
  } satisfies Record<ToolId, string>,

  fits: {
    fits: 'Fits into one email',
    split: 'Goes in {{volumes}} emails',
    'too-large': 'Too large for email',
  } satisfies Record<MailFit['fit'], string>,
  size: 'About {{size}}',
  attached: '{{size}} as an attachment',

  watch: 'Watch for',
  byName: 'Choose the format by name',
  hideNames: 'Hide the names of the documents',
  hideNamesHint: 'A second ZIP inside; some mail refuses it',

  sources: 'Where this comes from',
  sourceKinds: {
    published: 'Published',
    tried: 'Tried',
    assumed: 'Assumed',
  } satisfies Record<AdviceSource['kind'], string>,
} as const;
