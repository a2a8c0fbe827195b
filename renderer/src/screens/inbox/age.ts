import { formatSpan } from '../../words/format.ts';
import type { T } from '../../words/words.ts';

/** By when a bundle should be gone from its inbox, in seconds after it arrived. */
const LIMIT = 24 * 3600;
/** With less than this left, it is time. */
const SOON = 6 * 3600;
const DAY = 24 * 3600;

/** How a bundle stands to the 24-hour rule. */
export interface Age {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly overdue: boolean;
  /** Until it is due, or since. */
  readonly seconds: number;
}

/**
 * Measures a bundle against the 24-hour rule.
 *
 * @param received - when it arrived
 * @param now - the present
 */
export function ageOf(received: Date, now: Date): Age {
  // A server whose clock is ahead of ours cannot give anybody more than the whole day.
  const age = Math.max(0, (now.getTime() - received.getTime()) / 1000);
  const left = LIMIT - age;
  if (left <= 0) return { tone: 'bad', overdue: true, seconds: -left };
  return { tone: left <= SOON ? 'warn' : 'good', overdue: false, seconds: left };
}

/**
 * The same in words: colour alone says nothing to some.
 *
 * @param age - as measured
 * @param t - for the words
 */
export function formatAge({ overdue, seconds }: Age, t: T): string {
  // Half a day is not to be rounded away: up to two days are said in hours.
  const time =
    seconds < 2 * DAY
      ? formatSpan(seconds, t)
      : t('inbox.age.days', { count: Math.floor(seconds / DAY) });
  return overdue ? t('inbox.age.overdue', { time }) : t('inbox.age.left', { time });
}
