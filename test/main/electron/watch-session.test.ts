import { expect, test, vi } from 'vitest';
import type { Result } from '../../../app/contract/result.ts';
import type { Snapshot } from '../../../app/contract/views.ts';
import { watchSession, type Seen } from '../../../main/electron/watch-session.ts';
import { fakeSession, job, snapshot } from './fakes.ts';

function watched(first: Snapshot) {
  const state: { answer: Result<unknown>; asked: number } = {
    answer: { ok: true, value: first },
    asked: 0,
  };
  const session = fakeSession({
    invoke: async () => {
      state.asked += 1;
      await Promise.resolve();
      return state.answer;
    },
  });
  const seen: Seen[] = [];
  watchSession(session, (now) => seen.push(now));
  const until = (count: number) =>
    vi.waitFor(() => {
      expect(seen.length).toBeGreaterThanOrEqual(count);
    });
  return { state, session, seen, until };
}

test('the state is seen at the start and after each change', async () => {
  const { state, session, seen, until } = watched(snapshot(1, []));
  await until(1);
  state.answer = { ok: true, value: snapshot(2, [job()]) };
  session.emit({ kind: 'changed', revision: 2 });
  await until(2);
  expect(seen.map(({ jobs }) => jobs.length)).toEqual([0, 1]);
});

test('progress is taken as it comes; what is older than the state is dropped', async () => {
  const { state, session, seen, until } = watched(snapshot(5, [job({ bytes: 10 })]));
  await until(1);
  session.emit({ kind: 'progress', revision: 4, job: job({ bytes: 1 }) });
  session.emit({ kind: 'progress', revision: 6, job: job({ bytes: 20 }) });
  session.emit({ kind: 'progress', revision: 7, job: job({ id: 'unknown' }) });
  expect(seen.map(({ jobs }) => jobs[0]?.bytes)).toEqual([10, 20]);
  expect(state.asked).toBe(1);
});

test('a burst of changes asks for the state twice, not for each', async () => {
  const { state, session, seen, until } = watched(snapshot(1, []));
  await until(1);
  for (let revision = 2; revision < 1000; revision += 1)
    session.emit({ kind: 'changed', revision });
  await until(2);
  expect(state.asked).toBe(3);
  expect(seen).toHaveLength(2);
});

test('a core that is gone is at work no more', async () => {
  const { state, session, seen, until } = watched(snapshot(1, [job()]));
  await until(1);
  state.answer = { ok: false, error: { code: 'host-gone', data: {} } };
  session.emit({ kind: 'changed', revision: 2 });
  await until(2);
  expect(seen[1]?.jobs).toEqual([]);
});
