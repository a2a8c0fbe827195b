import fc from 'fast-check';
import { expect, test } from 'vitest';
import type {
  Advice,
  AdviceNoticeCode,
  AdviceQuestion,
  ChoiceReason,
  FormatAdvice,
  VerdictReason,
} from '../../../app/contract/advice.ts';
import { advise } from '../../../app/openability/advise.ts';
import { KIND_OF, RANK } from '../../../app/openability/judge.ts';
import { PAGE_LIMITS, routeRow } from '../../../app/openability/routes.ts';
import { RECIPIENT_TOOLS, SYSTEM_TOOLS, TOOLS } from '../../../app/openability/tools.ts';
import { ALL_FORMATS, ALL_HAS, ALL_QUESTIONS, ALL_ROUTES, ALL_SERVICES } from './questions.ts';

const MB = 1_000_000;
const small = { bytes: 3 * MB, documents: 2 } as const;

const codes = ({ notices }: FormatAdvice): AdviceNoticeCode[] => notices.map(({ code }) => code);
const named = (question: AdviceQuestion) => JSON.stringify(question);

/** Checks something for every question, naming the one for which it does not hold. */
function forEach(check: (advice: Advice, question: AdviceQuestion) => void): void {
  for (const question of ALL_QUESTIONS) {
    try {
      check(advise(question), question);
    } catch (error) {
      throw new Error(named(question), { cause: error });
    }
  }
}

/** What is known to open a format among what the recipient has; everybody has a browser. */
function opening(question: AdviceQuestion, format: FormatAdvice['format']) {
  return [...RECIPIENT_TOOLS[question.has], 'browser' as const].filter(
    (tool) => TOOLS[tool][KIND_OF[format]].opens === 'yes',
  );
}

test.each<[string, AdviceQuestion, string, ChoiceReason, string]>([
  ['Signet', { has: 'signet', route: 's3', ...small }, 'age', 'protects-best', 'opens'],
  [
    '7-Zip, by a link',
    { has: 'archiver', route: 's3', ...small },
    'zip',
    'opens-with-what-they-have',
    'opens',
  ],
  [
    '7-Zip, by Gmail',
    { has: 'archiver', route: 'email', mailService: 'gmail', ...small },
    'zip',
    'opens-with-what-they-have',
    'opens',
  ],
  [
    '7-Zip, by Gmail, with hidden names',
    { has: 'archiver', route: 'email', mailService: 'gmail', hideNames: true, ...small },
    '7z',
    'hides-names',
    'maybe-blocked',
  ],
  [
    'a browser, by a link',
    { has: 'browser', route: 's3', ...small },
    'html',
    'nothing-else-opens',
    'opens',
  ],
  [
    'a browser, by Outlook.com',
    { has: 'browser', route: 'email', mailService: 'outlook', ...small },
    'html',
    'nothing-else-opens',
    'likely-blocked',
  ],
  [
    'a browser, with a large page',
    { has: 'browser', route: 'folder', bytes: 150 * MB, documents: 2 },
    'html',
    'nothing-else-opens',
    'opens',
  ],
  [
    'a browser, with too much for a page',
    { has: 'browser', route: 'folder', bytes: 250 * MB, documents: 2 },
    'zip',
    'best-alternative',
    'opens-with',
  ],
  [
    'nobody knows what, by a link',
    { has: 'unknown', route: 's3', ...small },
    'html',
    'nothing-to-install',
    'opens',
  ],
  [
    'nobody knows what, large',
    { has: 'unknown', route: 's3', bytes: 150 * MB, documents: 2 },
    'zip',
    'takes-any-size',
    'opens-with',
  ],
  [
    'nobody knows what, by Gmail',
    { has: 'unknown', route: 'email', mailService: 'gmail', ...small },
    'zip',
    'passes-mail-best',
    'opens-with',
  ],
  [
    'nobody knows what, by nobody knows whose mail',
    { has: 'unknown', route: 'email', ...small },
    'zip',
    'passes-mail-best',
    'maybe-blocked',
  ],
])('a recipient with %s is advised well', (_who, question, format, choice, verdict) => {
  const advice = advise(question);
  expect([advice.format, advice.choice, advice.verdict]).toEqual([format, choice, verdict]);
});

test('every question has exactly one answer among all four formats', () => {
  forEach((advice) => {
    const formats = advice.formats.map(({ format }) => format);
    expect(formats.toSorted()).toEqual([...ALL_FORMATS].toSorted());
    const { choice, formats: all, sources, ...chosen } = advice;
    expect(all[0]).toEqual(chosen);
    expect([choice, sources.length > 0]).toEqual([expect.any(String), true]);
  });
});

test('what is advised opens with something that the recipient has, unless it is said that nothing can', () => {
  forEach((advice, question) => {
    expect(advice.verdict).not.toBe('does-not-open');
    if (advice.choice === 'best-alternative') {
      expect(question.has).toBe('browser');
      expect(question.bytes).toBeGreaterThan(PAGE_LIMITS.refused);
      expect(codes(advice)).toEqual(
        expect.arrayContaining(['browser-not-enough', 'page-too-large', 'needs-tool']),
      );
    } else expect(opening(question, advice.format)).not.toEqual([]);
  });
});

test('a verdict is the worse one of what the tools and the way there make of a format', () => {
  forEach((advice, question) => {
    const has = advice.choice === 'best-alternative' ? 'unknown' : question.has;
    for (const { format, verdict } of advice.formats) {
      if (format === 'html' && question.bytes > PAGE_LIMITS.refused) {
        expect(verdict).toBe('does-not-open');
        continue;
      }
      const tools = format === 'html' ? (['browser'] as const) : RECIPIENT_TOOLS[has];
      const opens = tools.filter((tool) => TOOLS[tool][KIND_OF[format]].opens === 'yes');
      const there =
        opens.length === 0
          ? RANK['does-not-open']
          : RANK[opens.length === tools.length ? 'opens' : 'opens-with'];
      const cargo =
        format === 'html' ? 'page' : format === 'zip' && question.hideNames ? 'nested' : format;
      const { passage } = routeRow(question.route, question.mailService ?? 'unknown', cargo);
      const way = passage === 'passes' ? 0 : RANK[passage];
      expect(RANK[verdict]).toBe(Math.max(there, way));
    }
  });
});

test('no format that is passed over is better in every respect', () => {
  forEach((advice) => {
    const fit = ({ mail }: FormatAdvice) =>
      mail === undefined ? 0 : ['fits', 'split', 'too-large'].indexOf(mail.fit);
    for (const other of advice.formats.slice(1)) {
      if (other.reason === 'page-slow') continue;
      expect(RANK[other.verdict]).toBeGreaterThanOrEqual(RANK[advice.verdict]);
      if (other.verdict === advice.verdict && advice.reason !== 'page-slow')
        expect(fit(other)).toBeGreaterThanOrEqual(fit(advice));
    }
  });
});

test('each notice is given once, and goes with what else is said', () => {
  forEach((advice, question) => {
    const email = question.route === 'email';
    for (const each of advice.formats) {
      const { format, mail, verdict, reason } = each;
      const given = codes(each);
      expect(new Set(given).size).toBe(given.length);
      const has = (code: AdviceNoticeCode) => given.includes(code);
      expect(mail !== undefined).toBe(email);
      expect(has('mail-split')).toBe(mail?.fit === 'split');
      expect(has('mail-too-large')).toBe(mail?.fit === 'too-large');
      expect(has('names-visible')).toBe(format === 'zip' && question.hideNames !== true);
      expect(has('nested-archive')).toBe(format === 'zip' && question.hideNames === true);
      expect(has('nested-archive-may-be-refused')).toBe(has('nested-archive') && email);
      expect(has('weak-derivation')).toBe(format === 'zip');
      expect(has('page-may-be-held')).toBe(format === 'html' && email);
      expect(has('page-announce')).toBe(format === 'html');
      expect(has('page-slow')).toBe(
        format === 'html' && question.bytes > 100 * MB && question.bytes <= 200 * MB,
      );
      expect(has('encrypted-may-be-held')).toBe(reason === 'encrypted-may-be-held');
      if (verdict === 'maybe-blocked' || verdict === 'likely-blocked')
        expect(has('prefer-shared-storage')).toBe(true);
      if (!email) expect(has('prefer-shared-storage')).toBe(false);
    }
  });
});

test('the tools that are named as needed open the format, and those that are warned of do not', () => {
  forEach((advice) => {
    for (const { format, notices } of advice.formats)
      for (const { code, data } of notices) {
        if (code !== 'needs-tool' && code !== 'not-with-system-tools') continue;
        expect(data.tools.length).toBeGreaterThan(0);
        for (const tool of data.tools) {
          const { opens } = TOOLS[tool][KIND_OF[format]];
          expect(opens).toBe(code === 'needs-tool' ? 'yes' : 'no');
          expect(SYSTEM_TOOLS.includes(tool)).toBe(code === 'not-with-system-tools');
        }
      }
  });
});

test('whoever asks to hide the names is advised a format that hides them', () => {
  forEach((advice, question) => {
    if (question.hideNames === true) expect(codes(advice)).not.toContain('names-visible');
  });
});

test('each reason and each notice is the answer to some question', () => {
  const choices = new Set<ChoiceReason>();
  const reasons = new Set<VerdictReason>();
  const notices = new Set<AdviceNoticeCode>();
  forEach((advice) => {
    choices.add(advice.choice);
    for (const each of advice.formats) {
      reasons.add(each.reason);
      for (const code of codes(each)) notices.add(code);
    }
  });
  expect([...choices].toSorted()).toEqual<ChoiceReason[]>([
    'best-alternative',
    'hides-names',
    'nothing-else-opens',
    'nothing-to-install',
    'opens-with-what-they-have',
    'passes-mail-best',
    'protects-best',
    'takes-any-size',
  ]);
  expect([...reasons].toSorted()).toEqual<VerdictReason[]>([
    '7z-needs-tool',
    '7z-some-open',
    'age-needs-tool',
    'age-opens',
    'encrypted-may-be-held',
    'nested-likely-refused',
    'nested-may-be-refused',
    'page-likely-held',
    'page-may-be-held',
    'page-opens',
    'page-slow',
    'page-too-large',
    'zip-needs-tool',
    'zip-opens',
    'zip-some-open',
  ]);
  expect([...notices].toSorted()).toEqual<AdviceNoticeCode[]>([
    'browser-not-enough',
    'encrypted-may-be-held',
    'mail-split',
    'mail-too-large',
    'names-visible',
    'needs-tool',
    'nested-archive',
    'nested-archive-may-be-refused',
    'not-with-system-tools',
    'page-announce',
    'page-may-be-held',
    'page-slow',
    'page-too-large',
    'prefer-shared-storage',
    'weak-derivation',
  ]);
});

test('a page is never to be split, as a browser joins no volumes', () => {
  forEach(({ formats }) => {
    for (const { format, mail } of formats)
      if (format === 'html') expect(mail?.fit).not.toBe('split');
  });
});

test('an answer crosses a process boundary unchanged', () => {
  forEach((advice) => {
    expect(JSON.parse(JSON.stringify(advice))).toEqual(advice);
  });
});

test('any numbers at all have an answer', () => {
  const question = fc.record({
    has: fc.constantFrom(...ALL_HAS),
    route: fc.constantFrom(...ALL_ROUTES),
    mailService: fc.constantFrom(...ALL_SERVICES, undefined),
    hideNames: fc.constantFrom(true, false, undefined),
    bytes: fc.oneof(fc.maxSafeNat(), fc.double()),
    documents: fc.oneof(fc.nat(), fc.double()),
  });
  fc.assert(
    fc.property(question, (asked) => {
      const advice = advise(asked);
      expect(advice.verdict).not.toBe('does-not-open');
      for (const { bundleBytes } of advice.formats) expect(bundleBytes).toBeGreaterThan(0);
    }),
  );
});
