import { AppError, isAppError, type ErrorRecord } from '../contract/errors.ts';
import type { FormatId } from '../contract/formats.ts';
import type { DocumentRecord } from '../contract/records.ts';
import { closing } from '../streams/closing.ts';
import { handOver } from '../streams/hand-over.ts';
import { feedWorker } from '../streams/worker-feed.ts';
import type { BundleFormat, ExpectedDocument, ProofKey, Sealing } from './format.ts';

/** Below this a worker's start costs more than it saves. In bytes. */
const WORKER_FROM_BYTES = 16 * 1024 * 1024;

/** The worker's module lies beside this one, as source in a checkout and as JavaScript in a build. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './proof-worker.ts' : './proof-worker.js',
  import.meta.url,
);

/** What the worker of a proof has to know. */
export interface ProofTask {
  readonly format: FormatId;
  readonly key: ProofKey;
  readonly expected: readonly ExpectedDocument[];
}

/** What came of a proof. */
export type ProofOutcome =
  | { readonly ok: true; readonly documents: readonly DocumentRecord[] }
  | { readonly ok: false; readonly error: ErrorRecord };

interface Proof {
  write(bytes: Uint8Array): Promise<void> | undefined;
  finish(): Promise<ProofOutcome>;
  abandon(): void;
}

/**
 * A bundle that is re-opened while it goes by: each piece is read back by the way in which a recipient reads it, and the stream ends
 * only when every document was found in it with the SHA-256 that was sealed. Until then, whoever takes the bundle has not seen its
 * end, and so does not count it as there.
 *
 * @param format - of the bundle
 * @param sealing - the bundle in the making
 * @param expected - what has to come out
 * @returns the bundle's bytes, to be closed even when they are not read
 * @throws while it is read: `proof-failed`, and what the sealing throws
 */
export function proven(
  format: BundleFormat,
  sealing: Sealing,
  expected: readonly ExpectedDocument[],
): AsyncIterableIterator<Uint8Array> {
  const { bytes, proofKey: key } = sealing;
  if (key === undefined) return bytes;
  let proof: Proof | undefined;
  async function* stream(key: ProofKey): AsyncGenerator<Uint8Array, void, undefined> {
    const plain = expected.map(({ name, bytes }) => ({ name, bytes }));
    proof = startProof(format, key, plain, sealing.expectedBytes);
    for await (const piece of bytes) {
      await proof.write(piece);
      yield piece;
    }
    compare(await proof.finish(), sealing.documents);
  }
  return closing(
    () => stream(key),
    async () => {
      proof?.abandon();
      if (key.kind === 'file-key') key.fileKey.fill(0);
      else key.derived?.fill(0);
      await bytes.return?.();
    },
  );
}

function compare(outcome: ProofOutcome, documents: readonly DocumentRecord[]): void {
  if (!outcome.ok)
    throw new AppError('proof-failed', {}, new AppError(outcome.error.code, outcome.error.data));
  documents.forEach(({ name, bytes, sha256 }, index) => {
    const found = outcome.documents[index];
    if (found?.name !== name || found.bytes !== bytes || found.sha256 !== sha256)
      throw new AppError('proof-failed', { name });
  });
  if (outcome.documents.length !== documents.length) throw new AppError('proof-failed', {});
}

function startProof(
  format: BundleFormat,
  key: ProofKey,
  expected: readonly ExpectedDocument[],
  expectedBytes: number,
): Proof {
  if (expectedBytes >= WORKER_FROM_BYTES) {
    const task: ProofTask = { format: format.id, key, expected };
    return feedWorker<ProofOutcome>(WORKER, { task });
  }
  const { source, write, end } = handOver();
  const outcome = prove(format, key, expected, source);
  return {
    write,
    finish: async () => {
      end();
      return await outcome;
    },
    abandon: end,
  };
}

/**
 * Proves a bundle.
 *
 * @param format - of the bundle
 * @param key - what opens it
 * @param expected - what has to come out
 * @param bundle - its bytes
 * @returns what came of it; never throws
 */
export async function prove(
  format: BundleFormat,
  key: ProofKey,
  expected: readonly ExpectedDocument[],
  bundle: AsyncIterableIterator<Uint8Array>,
): Promise<ProofOutcome> {
  try {
    return { ok: true, documents: await format.prove(bundle, key, expected) };
  } catch (error) {
    const { code, data }: ErrorRecord = isAppError(error) ? error : { code: 'internal', data: {} };
    return { ok: false, error: { code, data } };
  } finally {
    await bundle.return?.();
  }
}
