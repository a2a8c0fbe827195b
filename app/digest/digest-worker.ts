import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

/** What the owner of a digest asks of its worker. */
export type DigestRequest =
  | { readonly kind: 'update'; readonly slot: number; readonly bytes: number }
  | { readonly kind: 'finish' };

/** What the worker answers: a slot that may be filled again, or the digest in lower-case hex. */
export type DigestReply =
  | { readonly kind: 'free'; readonly slot: number }
  | { readonly kind: 'done'; readonly sha256: string };

const slots = workerData as readonly Uint8Array[];
const digest = createHash('sha256');
const port = parentPort;

port?.on('message', (request: DigestRequest) => {
  if (request.kind === 'finish') {
    port.postMessage({ kind: 'done', sha256: digest.digest('hex') } satisfies DigestReply);
    return;
  }
  digest.update(slots[request.slot]?.subarray(0, request.bytes) ?? new Uint8Array());
  port.postMessage({ kind: 'free', slot: request.slot } satisfies DigestReply);
});
