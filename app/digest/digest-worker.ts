import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { FeedReply, FeedRequest } from '../streams/worker-feed.ts';

const { slots } = workerData as { readonly slots: readonly Uint8Array[] };
const digest = createHash('sha256');
const port = parentPort;

port?.on('message', (request: FeedRequest) => {
  if (request.kind === 'finish') {
    port.postMessage({ kind: 'done', result: digest.digest('hex') } satisfies FeedReply<string>);
    return;
  }
  digest.update(slots[request.slot]?.subarray(0, request.bytes) ?? new Uint8Array());
  port.postMessage({ kind: 'free', slot: request.slot } satisfies FeedReply<string>);
});
