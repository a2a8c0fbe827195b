import type { FormatId } from './formats.ts';

/** What the sender knows of the recipient: Signet or age, one of 7-Zip, Keka and WinZip, nothing but a browser, or nothing known. */
export type RecipientHas = 'signet' | 'archiver' | 'browser' | 'unknown';

/** How the bundle gets there: as a link or in shared storage, as a file handed over, or attached to an email. */
export type AdviceRoute = 's3' | 'folder' | 'email';

/** Whose mail it has to pass. `outlook` is Outlook.com; `company` is any organisation's own, Microsoft 365 included. */
export type MailService = 'gmail' | 'outlook' | 'company' | 'unknown';

/** The programs that the knowledge is about. `age` is the command line of age or rage, `libarchive` bsdtar and GNOME's and KDE's archive managers. */
export type ToolId =
  | 'signet'
  | 'age'
  | '7zip'
  | 'keka'
  | 'winzip'
  | 'the-unarchiver'
  | 'windows-explorer'
  | 'macos-archive-utility'
  | 'libarchive'
  | 'browser';

/** What is asked before a bundle is made. */
export interface AdviceQuestion {
  readonly has: RecipientHas;
  readonly route: AdviceRoute;
  /** Of email only; `unknown` unless given. */
  readonly mailService?: MailService | undefined;
  /** Size of all documents together, in bytes. */
  readonly bytes: number;
  /** How many documents. */
  readonly documents: number;
  /** Whether nobody on the way may read the documents' names; false unless given. */
  readonly hideNames?: boolean | undefined;
}

/** What becomes of a format with this recipient on this way, from the best to the worst. Whether it fits into an email is said apart. */
export type Verdict =
  /** Nothing on the way holds it, and what the recipient has opens it. */
  | 'opens'
  /** Nothing on the way holds it, but only some of the programs that the recipient may have open it. */
  | 'opens-with'
  /** The way there may hold it. */
  | 'maybe-blocked'
  /** The way there is known to hold it. */
  | 'likely-blocked'
  /** Nothing that the recipient has opens it, or it cannot be made in this size. */
  | 'does-not-open';

/** The one reason for a format's verdict. */
export type VerdictReason =
  /** age: Signet and age open it. */
  | 'age-opens'
  /** age: the recipient has neither Signet nor age. */
  | 'age-needs-tool'
  /** ZIP: 7-Zip, Keka and WinZip open it. */
  | 'zip-opens'
  /** ZIP: some of the programs that the recipient may have open it; those that come with Windows and macOS do not. */
  | 'zip-some-open'
  /** ZIP: the recipient has none of the programs that open it. */
  | 'zip-needs-tool'
  /** 7z: 7-Zip and Keka open it, others perhaps not. */
  | '7z-some-open'
  /** 7z: the recipient has neither 7-Zip nor Keka. */
  | '7z-needs-tool'
  /** Page: every browser opens it. */
  | 'page-opens'
  /** Page: every browser opens it, but slowly, as it is larger than what is offered. */
  | 'page-slow'
  /** Page: larger than what Signet makes. */
  | 'page-too-large'
  /** Page: mail may hold it as phishing. */
  | 'page-may-be-held'
  /** Page: this mail is known to hold it as phishing. */
  | 'page-likely-held'
  /** ZIP in a ZIP: mail may refuse it. */
  | 'nested-may-be-refused'
  /** ZIP in a ZIP: this mail is known to refuse it. */
  | 'nested-likely-refused'
  /** Mail may hold what it cannot look into. */
  | 'encrypted-may-be-held';

/** Why a format was chosen. */
export type ChoiceReason =
  /** age for Signet: it protects best, and hides the names. */
  | 'protects-best'
  /** ZIP for 7-Zip, Keka and WinZip: each of them opens it. */
  | 'opens-with-what-they-have'
  /** 7z where names may not show and the mail refuses a ZIP in a ZIP. */
  | 'hides-names'
  /** Page where nothing is known: most people can open it, with nothing to install. */
  | 'nothing-to-install'
  /** Page for a browser: nothing else opens there. */
  | 'nothing-else-opens'
  /** ZIP where nothing is known and it goes by email: fewer mail systems hold it than a page, and free programs open it. */
  | 'passes-mail-best'
  /** ZIP where nothing is known and the documents are too large for a page: free programs open it. */
  | 'takes-any-size'
  /** ZIP for a browser, as the documents are too large for a page: the recipient needs a free program. */
  | 'best-alternative';

/** The data that goes with each notice. */
export interface AdviceNoticeData {
  /** The recipient has to have one of these; the first is the one to name. */
  'needs-tool': { readonly tools: readonly ToolId[] };
  /** What the system itself brings does not open it, though it looks as if it did. */
  'not-with-system-tools': { readonly tools: readonly ToolId[] };
  /** Anybody on the way can read the documents' names. */
  'names-visible': Readonly<Record<string, never>>;
  /** Names are hidden by a ZIP inside the ZIP: the recipient unpacks twice, and some mail systems refuse it. */
  'nested-archive': Readonly<Record<string, never>>;
  /** This mail refuses, or may refuse, encrypted archives that hold archives. */
  'nested-archive-may-be-refused': { readonly service: MailService };
  /** The format's key derivation is weak: so many list words at least. */
  'weak-derivation': { readonly words: number; readonly bits: number };
  /** Mail may hold a page that decrypts itself as phishing. */
  'page-may-be-held': { readonly service: MailService };
  /** Mail may hold attachments that it cannot look into. */
  'encrypted-may-be-held': { readonly service: MailService };
  /** A page from a stranger can lie: tell the recipient beforehand that it comes. */
  'page-announce': Readonly<Record<string, never>>;
  /** So large a page is slow and takes much memory. Both in bytes. */
  'page-slow': { readonly bytes: number; readonly limit: number };
  /** Signet makes no page that large. Both in bytes. */
  'page-too-large': { readonly bytes: number; readonly limit: number };
  /** It has to be split over so many messages. Sizes in bytes, after base64. */
  'mail-split': {
    readonly bytes: number;
    readonly limit: number;
    readonly service: MailService;
    readonly volumes: number;
  };
  /** It cannot go by mail. Sizes in bytes, after base64. */
  'mail-too-large': {
    readonly bytes: number;
    readonly limit: number;
    readonly service: MailService;
  };
  /** Nothing that a bare browser opens can hold these documents. */
  'browser-not-enough': Readonly<Record<string, never>>;
  /** A link or shared storage is the better way. */
  'prefer-shared-storage': Readonly<Record<string, never>>;
}

/** Something to know before sealing. The union is closed: a new code does not compile until each host has words for it. */
export type AdviceNoticeCode = keyof AdviceNoticeData;

/** A notice and its data. */
export type AdviceNotice = {
  [C in AdviceNoticeCode]: { readonly code: C; readonly data: AdviceNoticeData[C] };
}[AdviceNoticeCode];

/** How the bundle fits into an email. Sizes in bytes; `attachedBytes` and `limit` after base64. */
export type MailFit =
  | { readonly fit: 'fits'; readonly attachedBytes: number; readonly limit: number }
  | {
      readonly fit: 'split';
      readonly attachedBytes: number;
      readonly limit: number;
      /** How many messages, with one volume each. */
      readonly volumes: number;
      /** How large a volume may be, before base64. */
      readonly volumeBytes: number;
    }
  | { readonly fit: 'too-large'; readonly attachedBytes: number; readonly limit: number };

/** What is to be said of one format. */
export interface FormatAdvice {
  readonly format: FormatId;
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  /** The most important first. */
  readonly notices: readonly AdviceNotice[];
  /** About how large the bundle will be, in bytes; compression can only make it smaller. */
  readonly bundleBytes: number;
  /** Of email only. */
  readonly mail?: MailFit;
}

/** Where a piece of the knowledge comes from. */
export type AdviceSource =
  /** Public documentation, or a public report. */
  | {
      readonly kind: 'published';
      readonly id: string;
      readonly title: string;
      readonly url: string;
    }
  /** What was tried, and how to try it again. */
  | {
      readonly kind: 'tried';
      readonly id: string;
      readonly title: string;
      readonly command: string;
    }
  /** Neither documented nor tried: counted as the worse of what may be. */
  | { readonly kind: 'assumed'; readonly id: string; readonly title: string };

/** The chosen format, and what is to be said of each. */
export interface Advice extends FormatAdvice {
  /** Why this format. */
  readonly choice: ChoiceReason;
  /** All formats, the chosen one first, then from the best to the worst. */
  readonly formats: readonly FormatAdvice[];
  /** Where the knowledge behind the chosen format comes from. */
  readonly sources: readonly AdviceSource[];
}
