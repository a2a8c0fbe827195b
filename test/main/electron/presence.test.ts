import type { PowerMonitor } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchPresence } from '../../../main/electron/power.ts';
import { as, emitter } from './fakes.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function machine() {
  const state = { idle: 0, away: 0 };
  const monitor = emitter({ getSystemIdleTime: () => state.idle });
  const stop = watchPresence(as<PowerMonitor>(monitor), () => {
    state.away += 1;
  });
  return { state, monitor, stop };
}

test.each(['suspend', 'lock-screen'])('%s counts as going away at once', (name) => {
  const { state, monitor } = machine();
  monitor.emit(name);
  expect(state.away).toBe(1);
});

test('five minutes without a hand on the machine count as going away, once', () => {
  const { state } = machine();
  state.idle = 299;
  vi.advanceTimersByTime(60_000);
  expect(state.away).toBe(0);
  state.idle = 300;
  vi.advanceTimersByTime(600_000);
  expect(state.away).toBe(1);
});

test('coming back and going away again counts again', () => {
  const { state } = machine();
  state.idle = 400;
  vi.advanceTimersByTime(15_000);
  state.idle = 0;
  vi.advanceTimersByTime(15_000);
  state.idle = 300;
  vi.advanceTimersByTime(15_000);
  expect(state.away).toBe(2);
});

test('after it is stopped nothing is watched', () => {
  const { state, monitor, stop } = machine();
  stop();
  monitor.emit('suspend');
  state.idle = 1000;
  vi.advanceTimersByTime(60_000);
  expect(state.away).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});
