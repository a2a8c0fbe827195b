import { expect, test, vi, beforeEach, afterEach } from 'vitest';
import { createNotifier } from '../../../main/electron/notify.ts';
import { createWakefulness } from '../../../main/electron/power.ts';
import { barOf, showBar } from '../../../main/electron/taskbar.ts';
import { wordsIn } from '../../../main/electron/words.ts';
import { job } from './fakes.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the bar in the taskbar is the part that is done of all that runs', () => {
  expect(barOf([])).toBe('nothing');
  expect(barOf([job({ state: 'done', bytes: 1, total: 1 })])).toBe('nothing');
  expect(barOf([job({ bytes: 30, total: 100 }), job({ bytes: 0, total: 20 })])).toBe(0.25);
  expect(barOf([job({ bytes: 30, total: 100 }), job({ bytes: 5 })])).toBe('working');
  expect(barOf([job({ bytes: 0, total: 0 })])).toBe('working');
  expect(barOf([job({ bytes: 120, total: 100 })])).toBe(1);
});

test('the bar is shown, set in motion and taken away', () => {
  const calls: unknown[][] = [];
  const window = {
    setProgressBar: (...args: unknown[]) => {
      calls.push(args);
    },
  };
  showBar(window, 0.25);
  showBar(window, 'working');
  showBar(window, 'nothing');
  expect(calls).toEqual([[0.25, { mode: 'normal' }], [2, { mode: 'indeterminate' }], [-1]]);
});

function notifier(looking = false) {
  const shown: [string, string][] = [];
  const hear = createNotifier({
    looking: () => looking,
    words: () => wordsIn('en', ''),
    show: (title, body) => shown.push([title, body]),
  });
  return { shown, hear };
}

test('a long job that ended while nobody looked is told of once, without a name', () => {
  const { shown, hear } = notifier();
  const long = job();
  hear([long]);
  vi.advanceTimersByTime(10_000);
  hear([{ ...long, state: 'done' }]);
  hear([{ ...long, state: 'done' }]);
  expect(shown).toHaveLength(1);
  expect(shown.flat().join(' ')).not.toContain('passport');
});

test('one that failed is told of in other words', () => {
  const done = notifier();
  const failed = notifier();
  const long = job();
  for (const { hear } of [done, failed]) hear([long]);
  vi.advanceTimersByTime(10_000);
  done.hear([{ ...long, state: 'done' }]);
  failed.hear([{ ...long, state: 'failed' }]);
  expect(failed.shown[0]).not.toEqual(done.shown[0]);
});

test('nothing is told of a short job, of one that the person stopped, or while they look', () => {
  const short = notifier();
  const stopped = notifier();
  const looking = notifier(true);
  const first = job();
  for (const { hear } of [short, stopped, looking]) hear([first]);
  vi.advanceTimersByTime(9_999);
  short.hear([{ ...first, state: 'done' }]);
  vi.advanceTimersByTime(1);
  stopped.hear([{ ...first, state: 'cancelled' }]);
  looking.hear([{ ...first, state: 'done' }]);
  expect([...short.shown, ...stopped.shown, ...looking.shown]).toEqual([]);
});

test('the machine is kept awake exactly while something runs', () => {
  const blocked = new Set<number>();
  let next = 0;
  const wakefulness = createWakefulness({
    start: (type) => {
      expect(type).toBe('prevent-app-suspension');
      blocked.add(next);
      return next++;
    },
    stop: (id) => blocked.delete(id),
  });
  wakefulness.update(false);
  expect(next).toBe(0);
  for (const working of [true, true]) wakefulness.update(working);
  expect([...blocked]).toEqual([0]);
  for (const working of [false, false]) wakefulness.update(working);
  expect(blocked.size).toBe(0);
  wakefulness.update(true);
  expect([...blocked]).toEqual([1]);
});
