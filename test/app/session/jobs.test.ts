import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Job } from '../../../app/contract/job.ts';
import type { JobView } from '../../../app/contract/views.ts';
import { Jobs, type Ended } from '../../../app/session/jobs.ts';
import { Notices } from '../../../app/session/notices.ts';
import { SpeedMeter } from '../../../app/session/speed.ts';

const REMOVED: Ended = { outcome: { kind: 'removed', entries: 1 } };

function workshop() {
  const notices = new Notices();
  const progress: JobView[] = [];
  let changes = 0;
  notices.listen((event) => {
    if (event.kind === 'progress') progress.push(event.job);
    else changes += 1;
  });
  const jobs = new Jobs(notices);
  const start = (run: (job: Job) => Promise<Ended>, end?: () => Promise<void>): string =>
    jobs.start({
      kind: 'remove',
      subject: 'x',
      stage: 'collect',
      run,
      ...(end === undefined ? {} : { end }),
    });
  const view = (id: string): JobView => jobs.views().find((job) => job.id === id)!;
  return { notices, jobs, start, view, progress, changes: () => changes };
}

/** Resolves at the next event of a kind. */
function nextEvent(notices: Notices, kind: 'changed' | 'progress'): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const stop = notices.listen((event) => {
    if (event.kind !== kind) return;
    stop();
    resolve(undefined);
  });
  return promise;
}

/** Resolves when no job runs. */
async function quiet(jobs: Jobs): Promise<void> {
  while (jobs.running > 0) await setImmediate();
}

test('a hundred thousand moments of progress cost next to nothing and are told a few times', async () => {
  const { notices, jobs, start, view, progress, changes } = workshop();
  const { promise: go, resolve } = Promise.withResolvers<undefined>();
  let took = 0;
  const id = start(async ({ onProgress }) => {
    const started = performance.now();
    for (let bytes = 1; bytes <= 100_000; bytes += 1)
      onProgress?.({ stage: 'seal', bytes, total: 200_000 });
    took = performance.now() - started;
    await go;
    return REMOVED;
  });
  await nextEvent(notices, 'progress');
  expect(progress).toHaveLength(1);
  expect(progress[0]).toMatchObject({ id, stage: 'seal', bytes: 100_000, total: 200_000 });
  expect(changes()).toBeLessThanOrEqual(3);
  expect(took).toBeLessThan(500);
  resolve(undefined);
  await quiet(jobs);
  expect(view(id).state).toBe('done');
});

test('stages overlap, and a job is at the last that has begun', async () => {
  const { notices, jobs, start, view } = workshop();
  const { promise: go, resolve } = Promise.withResolvers<undefined>();
  const id = start(async ({ onProgress }) => {
    onProgress?.({ stage: 'derive', bytes: 0, total: 100 });
    onProgress?.({ stage: 'seal', bytes: 60, total: 100 });
    onProgress?.({ stage: 'upload', bytes: 10 });
    onProgress?.({ stage: 'seal', bytes: 90, total: 100 });
    await go;
    return REMOVED;
  });
  await nextEvent(notices, 'progress');
  // An upload in parts does not know its length; the documents’ is near enough.
  expect(view(id)).toMatchObject({ stage: 'upload', bytes: 10, total: 100 });
  resolve(undefined);
  await jobs.close();
});

test('speed is that of the last seconds, and begins anew when the count does', () => {
  const meter = new SpeedMeter();
  meter.note(0, 0);
  expect(meter.speed()).toBeUndefined();
  meter.note(100, 1000);
  expect(meter.speed()).toBeUndefined();
  meter.note(1000, 10_000);
  expect(meter.speed()).toBe(10_000);
  for (let second = 2; second <= 10; second += 1) meter.note(second * 1000, 10_000);
  expect(meter.speed()).toBe(0);
  meter.note(11_000, 5000);
  expect(meter.speed()).toBeUndefined();
  meter.note(12_000, 6000);
  expect(meter.speed()).toBe(1000);
});

test('a job that fails says why, one that is cancelled says that', async () => {
  const { jobs, start, view } = workshop();
  const failed = start(() => Promise.reject(new Error('a raw message')));
  const cancelled = start(({ signal }) => {
    const { promise, reject } = Promise.withResolvers<Ended>();
    signal?.addEventListener('abort', () => {
      reject(new DOMException('stopped', 'AbortError'));
    });
    return promise;
  });
  jobs.cancel(cancelled);
  expect(view(cancelled).state).toBe('cancelling');
  await quiet(jobs);
  expect(view(failed)).toMatchObject({ state: 'failed', error: { code: 'internal', data: {} } });
  expect(view(cancelled).state).toBe('cancelled');
  expect(view(cancelled)).not.toHaveProperty('error');
});

test('what was done before it could be cancelled is done', async () => {
  const { jobs, start, view } = workshop();
  const { promise: go, resolve } = Promise.withResolvers<undefined>();
  const id = start(async () => {
    await go;
    return REMOVED;
  });
  jobs.cancel(id);
  resolve(undefined);
  await jobs.close();
  // Cancelled before it was begun, it is not begun.
  expect(view(id).state).toBe('cancelled');
  const other = workshop();
  const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
  const { promise: on, resolve: goOn } = Promise.withResolvers<undefined>();
  const late = other.start(async () => {
    begin(undefined);
    await on;
    return REMOVED;
  });
  await begun;
  other.jobs.cancel(late);
  goOn(undefined);
  await other.jobs.close();
  expect(other.view(late)).toMatchObject({ state: 'done', outcome: REMOVED.outcome });
});

test('four work at a time; one that waits can be cancelled, and tidies up all the same', async () => {
  const { jobs, start, view } = workshop();
  const { promise: go, resolve } = Promise.withResolvers<undefined>();
  let begun = 0;
  let tidied = 0;
  const ids = Array.from({ length: 6 }, () =>
    start(
      async () => {
        begun += 1;
        await go;
        return REMOVED;
      },
      () => {
        tidied += 1;
        return Promise.resolve();
      },
    ),
  );
  await Promise.resolve();
  await Promise.resolve();
  expect([begun, jobs.running]).toEqual([4, 6]);
  jobs.cancel(ids[5]!);
  resolve(undefined);
  await quiet(jobs);
  expect(ids.map((id) => view(id).state)).toEqual([...Array<string>(5).fill('done'), 'cancelled']);
  expect([begun, tidied]).toEqual([5, 6]);
});

test('ended jobs stay until they are dismissed, the newest fifty of them', async () => {
  const { jobs, start } = workshop();
  const { promise: go, resolve } = Promise.withResolvers<undefined>();
  const running = start(async () => {
    await go;
    return REMOVED;
  });
  jobs.dismiss(running);
  expect(jobs.views()).toHaveLength(1);
  for (let each = 0; each < 60; each += 1) start(() => Promise.resolve(REMOVED));
  resolve(undefined);
  await quiet(jobs);
  expect(jobs.views()).toHaveLength(50);
  for (const { id } of jobs.views()) jobs.dismiss(id);
  expect(jobs.views()).toEqual([]);
  expect(() => {
    jobs.dismiss(running);
  }).toThrow('reference-unknown');
});

test('changes are told together, each time with a higher revision', async () => {
  const notices = new Notices();
  const revisions: number[] = [];
  notices.listen(({ revision }) => revisions.push(revision));
  for (let each = 0; each < 1000; each += 1) notices.changed();
  const seen = notices.revision;
  await nextEvent(notices, 'changed');
  notices.changed();
  await nextEvent(notices, 'changed');
  expect(revisions).toHaveLength(2);
  // Whoever has a snapshot of before hears that there is a newer one.
  expect(revisions[0]).toBeGreaterThan(seen);
  expect(revisions[1]).toBeGreaterThan(revisions[0]!);
});

test('a listener that fails harms nobody', async () => {
  const notices = new Notices();
  notices.listen(() => {
    throw new Error('mine');
  });
  const heard = nextEvent(notices, 'changed');
  notices.changed();
  await heard;
});
