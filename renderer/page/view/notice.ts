import { icon, type IconName } from './icons.ts';
import { make } from './dom.ts';
import type { ProblemWords } from '../words/words.ts';

const ICONS = { good: 'shield', warn: 'warning', bad: 'warning' } as const satisfies Record<
  string,
  IconName
>;

/**
 * A few sentences that stand out.
 *
 * @param tone - how they are meant
 * @param title - the first of them
 * @param lines - the others
 */
export function notice(
  tone: keyof typeof ICONS,
  title: string,
  ...lines: readonly string[]
): HTMLDivElement {
  return make(
    'div',
    { class: `notice notice-${tone}` },
    icon(ICONS[tone], 20),
    make(
      'div',
      {},
      make('p', { class: 'notice-title' }, title),
      ...lines.map((line) => make('p', {}, line)),
    ),
  );
}

/**
 * What the person has to hear at once.
 *
 * @param words - what happened
 * @param code - to quote
 */
export function alarm(words: ProblemWords, code?: string): HTMLDivElement {
  const shown = notice('bad', words.title, words.meaning, words.next);
  shown.setAttribute('role', 'alert');
  if (code !== undefined) shown.lastElementChild?.append(make('p', { class: 'small quiet' }, code));
  return shown;
}
