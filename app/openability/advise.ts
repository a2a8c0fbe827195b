import type {
  Advice,
  AdviceQuestion,
  ChoiceReason,
  FormatAdvice,
  RecipientHas,
} from '../contract/advice.ts';
import type { FormatId } from '../contract/formats.ts';
import { judge, RANK, type Case, type Judgement } from './judge.ts';
import { noticesFor } from './notices.ts';
import { PAGE_LIMITS } from './routes.ts';
import { sourcesOf } from './sources.ts';

/** Which format is the better one for a recipient where the tables see no difference. */
const PREFERENCE: Readonly<Record<RecipientHas, readonly FormatId[]>> = {
  signet: ['age', 'zip', '7z', 'html'],
  archiver: ['zip', '7z', 'html', 'age'],
  browser: ['html', 'zip', '7z', 'age'],
  unknown: ['zip', 'html', '7z', 'age'],
};

/** How bad it is that a format does not fit into one email. */
const FIT_RANK = { fits: 0, split: 1, 'too-large': 2 } as const;

/**
 * Chooses the format for a recipient, and says what is to be watched for. Pure; has an answer to every question.
 *
 * @param question - the recipient, the way there, and the documents; numbers that make no sense count as 0
 */
export function advise(question: AdviceQuestion): Advice {
  const asked = caseOf(question);
  // A bare browser opens nothing but a page. Where there can be none, whatever is sent needs a program, as with somebody unknown.
  const beyondBrowser = asked.has === 'browser' && asked.bytes > PAGE_LIMITS.refused;
  const judged: Case = beyondBrowser ? { ...asked, has: 'unknown' } : asked;
  const judgements = PREFERENCE[judged.has].map((format) => judge(format, judged));
  const best = judgements.reduce((found, each) => (compare(each, found) < 0 ? each : found));
  const chosen = adviceOn(best, asked, judged);
  return {
    ...chosen,
    choice: choiceReason(best, asked, beyondBrowser),
    formats: judgements.toSorted(compare).map((each) => adviceOn(each, asked, judged)),
    sources: sourcesOf(best.sources),
  };
}

function caseOf(question: AdviceQuestion): Case {
  const { has, route, mailService = 'unknown', bytes, documents, hideNames = false } = question;
  return {
    has,
    route,
    service: mailService,
    bytes: sensible(bytes),
    documents: sensible(documents),
    hideNames,
  };
}

function sensible(count: number): number {
  return Number.isFinite(count) && count > 0 ? Math.ceil(count) : 0;
}

function compare(one: Judgement, other: Judgement): number {
  return worth(one) - worth(other) || fit(one) - fit(other);
}

/** A page above what is offered opens everywhere, yet comes after whatever most people can open as well. */
function worth({ verdict, reason }: Judgement): number {
  return reason === 'page-slow' ? 1.5 : RANK[verdict];
}

function fit({ mail }: Judgement): number {
  return mail === undefined ? 0 : FIT_RANK[mail.fit];
}

function adviceOn(judgement: Judgement, asked: Case, judged: Case): FormatAdvice {
  const { format, verdict, reason, bundleBytes, mail } = judgement;
  return {
    format,
    verdict,
    reason,
    notices: noticesFor(judgement, asked, judged),
    bundleBytes,
    ...(mail === undefined ? {} : { mail }),
  };
}

function choiceReason(best: Judgement, asked: Case, beyondBrowser: boolean): ChoiceReason {
  if (beyondBrowser) return 'best-alternative';
  switch (best.format) {
    case 'age':
      return 'protects-best';
    case '7z':
      return 'hides-names';
    case 'html':
      return asked.has === 'browser' ? 'nothing-else-opens' : 'nothing-to-install';
    case 'zip':
      if (asked.has !== 'unknown') return 'opens-with-what-they-have';
      return asked.route === 'email' ? 'passes-mail-best' : 'takes-any-size';
  }
}
