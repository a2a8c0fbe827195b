import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

/** The worker threads that are started while the running test lasts, in order. */
export function watchWorkers(): readonly Worker[] {
  const workers: Worker[] = [];
  // Node announces every thread on this channel.
  const onStart = (message: unknown): void => {
    workers.push((message as { readonly worker: Worker }).worker);
  };
  subscribe('worker_threads', onStart);
  onTestFinished(() => {
    unsubscribe('worker_threads', onStart);
  });
  return workers;
}
