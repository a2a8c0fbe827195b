import type { AdviceRoute, MailService } from '../contract/advice.ts';
import type { FormatId } from '../contract/formats.ts';
import type { SourceId } from './sources.ts';

/** What a route sees of a bundle. `nested` is a ZIP with one plain ZIP in it. */
export type Cargo = 'age' | 'zip' | 'nested' | '7z' | 'page';

/** What a route does with it. */
export interface RouteRow {
  readonly passage: 'passes' | 'maybe-blocked' | 'likely-blocked';
  /** At least one. */
  readonly sources: readonly SourceId[];
}

/** Each mail service with each kind of bundle. `unknown` may be any of the others. */
const MAIL: Readonly<Record<MailService, Readonly<Record<Cargo, RouteRow>>>> = {
  gmail: {
    age: passes('gmail-blocked'),
    zip: passes('gmail-blocked'),
    nested: likely('gmail-blocked'),
    '7z': maybe('gmail-blocked', 'assumed-sealed-names'),
    // It let one pass; that is no promise.
    page: maybe('pages-held'),
  },
  outlook: {
    age: passes('outlook-blocked'),
    zip: passes('outlook-blocked'),
    nested: maybe('outlook-blocked', 'assumed-sealed-names'),
    '7z': maybe('outlook-blocked', 'assumed-sealed-names'),
    page: likely('pages-held'),
  },
  company: {
    age: maybe('encrypted-quarantine'),
    zip: maybe('encrypted-quarantine'),
    nested: maybe('encrypted-quarantine'),
    '7z': maybe('encrypted-quarantine'),
    page: likely('pages-held', 'pages-filtered'),
  },
  unknown: {
    age: maybe('encrypted-quarantine'),
    zip: maybe('encrypted-quarantine'),
    nested: likely('gmail-blocked'),
    '7z': maybe('encrypted-quarantine'),
    page: likely('pages-held', 'pages-filtered'),
  },
};

/** Nobody looks at the bundle there. */
const OTHERS: Readonly<Record<Exclude<AdviceRoute, 'email'>, RouteRow>> = {
  s3: passes('tried-s3'),
  folder: passes('tried-folder'),
};

/**
 * What a route does with a bundle.
 *
 * @param route - the way there
 * @param service - whose mail; of email only
 * @param cargo - what the bundle looks like from outside
 */
export function routeRow(route: AdviceRoute, service: MailService, cargo: Cargo): RouteRow {
  return route === 'email' ? MAIL[service][cargo] : OTHERS[route];
}

/** How large a message may be, in bytes after base64. */
export interface MailLimit {
  readonly bytes: number;
  /** At least one. */
  readonly sources: readonly SourceId[];
}

const MEGABYTE = 1_000_000;

/** Usual limits, in the smaller of the two meanings of megabyte. Each counts the whole message, after base64, as the strictest do. */
export const MAIL_LIMITS: Readonly<Record<MailService, MailLimit>> = {
  gmail: { bytes: 25 * MEGABYTE, sources: ['gmail-limit', 'gmail-limit-encoded', 'base64'] },
  outlook: { bytes: 20 * MEGABYTE, sources: ['microsoft-limits', 'base64'] },
  company: { bytes: 10 * MEGABYTE, sources: ['microsoft-limits', 'postfix-limit', 'base64'] },
  unknown: { bytes: 10 * MEGABYTE, sources: ['microsoft-limits', 'postfix-limit', 'base64'] },
};

/** Whether the recipient of a format can make one of its volumes. */
export interface VolumesRow {
  readonly joined: boolean;
  /** At least one. */
  readonly sources: readonly SourceId[];
}

/** Each format in volumes: Signet finds the others beside the first, 7-Zip and Keka too, a browser does not. */
export const VOLUMES: Readonly<Record<FormatId, VolumesRow>> = {
  age: { joined: true, sources: ['tried-signet'] },
  zip: { joined: true, sources: ['tried-7zz-zip', 'keka-volumes'] },
  '7z': { joined: true, sources: ['tried-7zz-7z', 'keka-volumes'] },
  html: { joined: false, sources: ['html-downloads'] },
};

/** How large the documents in a page may be, in bytes: above the first it is no longer offered, above the second it is refused. */
export const PAGE_LIMITS: {
  readonly offered: number;
  readonly refused: number;
  readonly sources: readonly SourceId[];
} = { offered: 100 * MEGABYTE, refused: 200 * MEGABYTE, sources: ['tried-page'] };

function passes(...sources: SourceId[]): RouteRow {
  return { passage: 'passes', sources };
}

function maybe(...sources: SourceId[]): RouteRow {
  return { passage: 'maybe-blocked', sources };
}

function likely(...sources: SourceId[]): RouteRow {
  return { passage: 'likely-blocked', sources };
}
