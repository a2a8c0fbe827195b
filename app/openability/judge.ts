import type {
  AdviceRoute,
  MailFit,
  MailService,
  RecipientHas,
  ToolId,
  Verdict,
  VerdictReason,
} from '../contract/advice.ts';
import type { FormatId } from '../contract/formats.ts';
import { MAIL_LIMITS, PAGE_LIMITS, routeRow, VOLUMES, type Cargo } from './routes.ts';
import { bundleSize, mailFit } from './sizes.ts';
import type { SourceId } from './sources.ts';
import { RECIPIENT_TOOLS, TOOLS, type BundleKind, type ToolRow } from './tools.ts';

/** A question with nothing left open. */
export interface Case {
  readonly has: RecipientHas;
  readonly route: AdviceRoute;
  readonly service: MailService;
  /** Size of all documents together, in bytes. */
  readonly bytes: number;
  readonly documents: number;
  readonly hideNames: boolean;
}

/** What the tables say of one format in one case. */
export interface Judgement {
  readonly format: FormatId;
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  readonly bundleBytes: number;
  /** Of email only. */
  readonly mail?: MailFit;
  readonly sources: readonly SourceId[];
}

/** What each format is to a tool. */
export const KIND_OF: Readonly<Record<FormatId, BundleKind>> = {
  age: 'age',
  zip: 'zip-aes',
  '7z': '7z-sealed',
  html: 'page',
};

/** How bad a verdict is. */
export const RANK: Readonly<Record<Verdict, number>> = {
  opens: 0,
  'opens-with': 1,
  'maybe-blocked': 2,
  'likely-blocked': 3,
  'does-not-open': 4,
};

/**
 * Looks a format up in the tables.
 *
 * @param format - one of them
 * @param asked - the case
 */
export function judge(format: FormatId, asked: Case): Judgement {
  const { has, route, service, bytes, documents } = asked;
  const rows = rowsFor(has, format);
  const way = routeRow(route, service, cargoOf(format, asked.hideNames));
  const bundleBytes = bundleSize(format, bytes, documents);
  const limit = MAIL_LIMITS[service];
  const volumes = VOLUMES[format];
  const facts = {
    format,
    bundleBytes,
    ...(route === 'email' ? { mail: mailFit(bundleBytes, limit.bytes, volumes.joined) } : {}),
    sources: [
      ...rows.flatMap((row) => row.sources),
      ...way.sources,
      ...(route === 'email' ? [...limit.sources, ...volumes.sources] : []),
      ...(format === 'html' ? PAGE_LIMITS.sources : []),
    ],
  };
  if (format === 'html' && bytes > PAGE_LIMITS.refused)
    return { ...facts, verdict: 'does-not-open', reason: 'page-too-large' };
  const there = opensThere(rows);
  const { passage } = way;
  if (there === 'does-not-open' || passage === 'passes' || RANK[there] > RANK[passage])
    return { ...facts, verdict: there, reason: toolReason(format, there, bytes) };
  return { ...facts, verdict: passage, reason: routeReason(format, passage, asked.hideNames) };
}

/** The rows of the tools of which the recipient has one. A page needs nothing but the browser, which everybody has. */
function rowsFor(has: RecipientHas, format: FormatId): ToolRow[] {
  const tools: readonly ToolId[] = format === 'html' ? ['browser'] : RECIPIENT_TOOLS[has];
  return tools.map((tool) => TOOLS[tool][KIND_OF[format]]);
}

function opensThere(rows: readonly ToolRow[]): 'opens' | 'opens-with' | 'does-not-open' {
  const opening = rows.filter((row) => row.opens === 'yes');
  if (opening.length === 0) return 'does-not-open';
  return opening.length === rows.length ? 'opens' : 'opens-with';
}

function cargoOf(format: FormatId, hideNames: boolean): Cargo {
  if (format === 'html') return 'page';
  return format === 'zip' && hideNames ? 'nested' : format;
}

function toolReason(
  format: FormatId,
  there: 'opens' | 'opens-with' | 'does-not-open',
  bytes: number,
): VerdictReason {
  switch (format) {
    case 'age':
      return there === 'opens' ? 'age-opens' : 'age-needs-tool';
    case 'html':
      return bytes > PAGE_LIMITS.offered ? 'page-slow' : 'page-opens';
    case '7z':
      return there === 'does-not-open' ? '7z-needs-tool' : '7z-some-open';
    case 'zip':
      if (there === 'opens') return 'zip-opens';
      return there === 'opens-with' ? 'zip-some-open' : 'zip-needs-tool';
  }
}

function routeReason(
  format: FormatId,
  passage: 'maybe-blocked' | 'likely-blocked',
  hideNames: boolean,
): VerdictReason {
  const likely = passage === 'likely-blocked';
  if (format === 'html') return likely ? 'page-likely-held' : 'page-may-be-held';
  if (format === 'zip' && hideNames)
    return likely ? 'nested-likely-refused' : 'nested-may-be-refused';
  return 'encrypted-may-be-held';
}
