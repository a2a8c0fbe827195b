import { parentPort, workerData } from 'node:worker_threads';
import { handOver } from '../streams/hand-over.ts';
import type { FeedReply, FeedRequest } from '../streams/worker-feed.ts';
import { loadFormat } from './formats.ts';
import { prove, type ProofOutcome, type ProofTask } from './proof.ts';

const { slots, task } = workerData as {
  readonly slots: readonly Uint8Array[];
  readonly task: ProofTask;
};
const port = parentPort;
const { source, write, end } = handOver();

const reply = (message: FeedReply<ProofOutcome>): void => {
  port?.postMessage(message);
};

port?.on('message', (request: FeedRequest) => {
  if (request.kind === 'finish') {
    end();
    return;
  }
  const { slot, bytes } = request;
  // A copy, as a reader may keep a piece until the next one comes.
  const piece = new Uint8Array(slots[slot]?.subarray(0, bytes) ?? []);
  void Promise.resolve(write(piece)).then(() => {
    reply({ kind: 'free', slot });
  });
});

const outcome = await prove(await loadFormat(task.format), task.key, task.expected, source);
reply({ kind: 'done', result: outcome });
