import type { AdviceNotice, ToolId } from '../contract/advice.ts';
import { KIND_OF, RANK, type Case, type Judgement } from './judge.ts';
import { PAGE_LIMITS } from './routes.ts';
import { RECIPIENT_TOOLS, SYSTEM_TOOLS, TOOLS, TOOLS_TO_GET } from './tools.ts';

/** What the derivation of ZIP leaves to the passphrase: 8 list words of 12.9 bits each. */
export const ZIP_FLOOR = { words: 8, bits: 103 } as const;

/**
 * What is to be known before sealing in one format, the most important first.
 *
 * @param judgement - what the tables say of the format
 * @param asked - the case as it was asked
 * @param judged - the case as it was judged: another recipient where a bare browser cannot be enough
 */
export function noticesFor(judgement: Judgement, asked: Case, judged: Case): AdviceNotice[] {
  return [
    ...aboutSize(judgement, asked),
    ...aboutTools(judgement, asked, judged),
    ...aboutRoute(judgement, asked),
    ...aboutNames(judgement, asked),
  ];
}

function aboutSize({ format, mail }: Judgement, asked: Case): AdviceNotice[] {
  const { service, bytes } = asked;
  const notices: AdviceNotice[] = [];
  if (mail?.fit === 'too-large')
    notices.push({
      code: 'mail-too-large',
      data: { bytes: mail.attachedBytes, limit: mail.limit, service },
    });
  if (mail?.fit === 'split')
    notices.push({
      code: 'mail-split',
      data: { bytes: mail.attachedBytes, limit: mail.limit, service, volumes: mail.volumes },
    });
  const page = format === 'html' || asked.has === 'browser';
  if (page && bytes > PAGE_LIMITS.refused)
    notices.push({ code: 'page-too-large', data: { bytes, limit: PAGE_LIMITS.refused } });
  else if (format === 'html' && bytes > PAGE_LIMITS.offered)
    notices.push({ code: 'page-slow', data: { bytes, limit: PAGE_LIMITS.offered } });
  return notices;
}

function aboutTools({ format }: Judgement, asked: Case, judged: Case): AdviceNotice[] {
  if (format === 'html') return [];
  const kind = KIND_OF[format];
  const had = RECIPIENT_TOOLS[asked.has];
  const opens = (tool: ToolId): boolean => TOOLS[tool][kind].opens === 'yes';
  const notices: AdviceNotice[] = [];
  if (asked.has === 'browser' && judged.has !== asked.has)
    notices.push({ code: 'browser-not-enough', data: {} });
  if (had.length === 0 || !had.every(opens))
    notices.push({ code: 'needs-tool', data: { tools: TOOLS_TO_GET.filter(opens) } });
  // Somebody with Signet opens it there; others double-click it.
  if (format !== 'age' && asked.has !== 'signet')
    notices.push({
      code: 'not-with-system-tools',
      data: { tools: SYSTEM_TOOLS.filter((tool) => TOOLS[tool][kind].opens === 'no') },
    });
  return notices;
}

function aboutRoute({ format, verdict, mail, reason }: Judgement, asked: Case): AdviceNotice[] {
  const { route, service } = asked;
  const notices: AdviceNotice[] = [];
  if (format === 'html') notices.push({ code: 'page-announce', data: {} });
  if (route !== 'email') return notices;
  if (format === 'html') notices.unshift({ code: 'page-may-be-held', data: { service } });
  if (format === 'zip' && asked.hideNames)
    notices.push({ code: 'nested-archive-may-be-refused', data: { service } });
  if (reason === 'encrypted-may-be-held')
    notices.push({ code: 'encrypted-may-be-held', data: { service } });
  if (RANK[verdict] >= RANK['maybe-blocked'] || mail?.fit !== 'fits')
    notices.push({ code: 'prefer-shared-storage', data: {} });
  return notices;
}

function aboutNames({ format }: Judgement, { hideNames }: Case): AdviceNotice[] {
  if (format !== 'zip') return [];
  return [
    hideNames ? { code: 'nested-archive', data: {} } : { code: 'names-visible', data: {} },
    { code: 'weak-derivation', data: ZIP_FLOOR },
  ];
}
