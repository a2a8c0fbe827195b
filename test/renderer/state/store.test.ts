import { expect, test, vi } from 'vitest';
import type { HostEvent } from '../../../app/contract/events.ts';
import type { JobView, Snapshot } from '../../../app/contract/views.ts';
import type { Bridge } from '../../../renderer/src/bridge/bridge.ts';
import { HOST_GONE } from '../../../renderer/src/bridge/bridge.ts';
import { createStore, type Store } from '../../../renderer/src/state/store.ts';

const JOB: JobView = {
  id: 'j',
  kind: 'seal',
  subject: 'b.tar.age',
  state: 'running',
  stage: 'seal',
  bytes: 0,
  total: 100,
  started: '2026-01-01T00:00:00.000Z',
};

function snapshot(revision: number, bytes = 0): Snapshot {
  return { revision, jobs: [{ ...JOB, bytes }] } as unknown as Snapshot;
}

interface Bench {
  readonly store: Store;
  readonly send: (event: HostEvent) => void;
  /** Lets the browser draw. */
  readonly frame: () => Promise<void>;
  readonly asked: ReturnType<typeof vi.fn<() => Promise<unknown>>>;
}

/** A store over a host that answers what it is told to. */
async function bench(answer: () => unknown): Promise<Bench> {
  const frames: (() => void)[] = [];
  let onEvent: (event: HostEvent) => void = () => undefined;
  const asked = vi.fn(() => Promise.resolve(answer()));
  const store = createStore(
    {
      run: asked as unknown as Bridge['run'],
      listen: (listener) => {
        onEvent = listener;
        return () => undefined;
      },
    },
    (callback) => frames.push(callback),
  );
  const settle = () =>
    vi.waitFor(() => {
      expect(frames).toEqual([]);
    });
  await vi.waitFor(() => {
    expect(store.get()).not.toEqual({ snapshot: null, lost: false });
  });
  return {
    store,
    asked,
    send: (event) => {
      onEvent(event);
    },
    frame: async () => {
      for (const callback of frames.splice(0)) callback();
      await settle();
    },
  };
}

const ok = (value: Snapshot) => ({ ok: true, value });

test('the first snapshot is fetched unasked', async () => {
  const { store } = await bench(() => ok(snapshot(3)));
  expect(store.get()).toEqual({ snapshot: snapshot(3), lost: false });
});

test('a change is a reason to fetch the snapshot, an older one is not', async () => {
  let revision = 3;
  const { store, send, frame, asked } = await bench(() => ok(snapshot(revision)));
  revision = 4;
  send({ kind: 'changed', revision: 4 });
  await frame();
  await vi.waitFor(() => {
    expect(store.get().snapshot?.revision).toBe(4);
  });
  expect(asked).toHaveBeenCalledTimes(2);
  send({ kind: 'changed', revision: 2 });
  await frame();
  expect(asked).toHaveBeenCalledTimes(2);
});

test('progress shows without fetching anything', async () => {
  const { store, send, frame, asked } = await bench(() => ok(snapshot(3)));
  send({ kind: 'progress', revision: 5, job: { ...JOB, bytes: 40 } });
  await frame();
  expect(store.get().snapshot?.jobs[0]?.bytes).toBe(40);
  expect(asked).toHaveBeenCalledTimes(1);
});

test('progress from before the snapshot is dropped', async () => {
  const { store, send, frame } = await bench(() => ok(snapshot(10, 90)));
  send({ kind: 'progress', revision: 9, job: { ...JOB, bytes: 10 } });
  await frame();
  expect(store.get().snapshot?.jobs[0]?.bytes).toBe(90);
});

test('of progress that arrives out of order the newest stays', async () => {
  const { store, send, frame } = await bench(() => ok(snapshot(1)));
  send({ kind: 'progress', revision: 8, job: { ...JOB, bytes: 80 } });
  send({ kind: 'progress', revision: 7, job: { ...JOB, bytes: 70 } });
  await frame();
  expect(store.get().snapshot?.jobs[0]?.bytes).toBe(80);
});

test('100,000 events change the screen once', async () => {
  const { store, send, frame, asked } = await bench(() => ok(snapshot(1)));
  const changed = vi.fn();
  store.subscribe(changed);
  for (let revision = 2; revision < 100_002; revision += 1)
    send({ kind: 'progress', revision, job: { ...JOB, bytes: revision } });
  expect(changed).not.toHaveBeenCalled();
  await frame();
  expect(changed).toHaveBeenCalledTimes(1);
  expect(store.get().snapshot?.jobs[0]?.bytes).toBe(100_001);
  expect(asked).toHaveBeenCalledTimes(1);
});

test('a snapshot that is older than what is known does not take its place', async () => {
  let revision = 6;
  const { store, send, frame, asked } = await bench(() => ok(snapshot(revision)));
  revision = 5;
  await store.refresh();
  expect(asked).toHaveBeenCalledTimes(2);
  expect(store.get().snapshot?.revision).toBe(6);
  revision = 7;
  send({ kind: 'changed', revision: 7 });
  await frame();
  await vi.waitFor(() => {
    expect(store.get().snapshot?.revision).toBe(7);
  });
});

test('a host that does not answer is lost, and found again when it does', async () => {
  let there = false;
  const { store } = await bench(() => (there ? ok(snapshot(1)) : HOST_GONE));
  expect(store.get().lost).toBe(true);
  there = true;
  await store.refresh();
  expect(store.get()).toEqual({ snapshot: snapshot(1), lost: false });
});

test('a change that is said to be newer than anything is asked about once', async () => {
  const { asked, send, frame } = await bench(() => ({ ok: true, value: snapshot(5) }));
  send({ kind: 'changed', revision: Number.MAX_SAFE_INTEGER });
  await frame();
  expect(asked).toHaveBeenCalledTimes(2);
  send({ kind: 'changed', revision: 5 });
  await frame();
  expect(asked).toHaveBeenCalledTimes(2);
  send({ kind: 'changed', revision: 6 });
  await frame();
  expect(asked).toHaveBeenCalledTimes(3);
});
