import { unpackArchive } from '../archive/unpack.ts';
import { AppError } from '../contract/errors.ts';
import type { BundleSummary } from '../contract/formats.ts';
import { untilCancelled, type Job } from '../contract/job.ts';
import type { DocumentRecord } from '../contract/records.ts';
import { inspectEnvelope, openEnvelope } from '../envelope/envelope.ts';
import { loadEngine } from '../envelope/load-engine.ts';
import { sealedSize } from '../envelope/payload.ts';
import type {
  ExpectedDocument,
  FormatOpenRequest,
  FormatSealRequest,
  Opening,
  ProofKey,
} from './format.ts';
import { hashEntries } from './hash-entries.ts';

/*
 * A tar in an age file: what an age bundle is, and what a page carries. Both are given here as the bytes of the age file, from its
 * beginning.
 */

/** Headers, padding and checksums make about 2 KiB for each document. */
export function expectedSealedSize({ bytes, contents }: FormatSealRequest): number {
  return sealedSize(bytes + contents.documents.length * 2048 + 16 * 1024);
}

/**
 * Re-opens one for the proof.
 *
 * @param sealed - the age file
 * @param key - the file key
 * @param expected - the documents in order
 * @returns what came out, in order
 * @throws `proof-failed`, and whatever a recipient would have met
 */
export async function proveSealedTar(
  sealed: AsyncIterable<Uint8Array>,
  key: ProofKey,
  expected: readonly ExpectedDocument[],
): Promise<readonly DocumentRecord[]> {
  if (key.kind !== 'file-key') throw new AppError('internal', {});
  const unlock = { passphrases: [], identities: [{ unwrapFileKey: () => key.fileKey }] };
  const plaintext = await openEnvelope(await loadEngine(), sealed, unlock);
  try {
    const unpacked = await unpackArchive(plaintext, Number.MAX_SAFE_INTEGER);
    if (unpacked.kind !== 'archive') throw new AppError('proof-failed', {});
    return await hashEntries(unpacked.entries, expected.length);
  } finally {
    await plaintext.return?.();
  }
}

/**
 * Opens one.
 *
 * @param sealed - the age file, anew with each call
 * @param request - what the person has
 * @param job - may be cancelled
 * @throws what `openEnvelope` and `unpackArchive` throw
 */
export async function openSealedTar(
  sealed: () => AsyncIterable<Uint8Array>,
  request: FormatOpenRequest,
  job: Job,
): Promise<Opening> {
  const engine = await loadEngine(request.engine);
  const { logN } = await inspectEnvelope(sealed());
  const opening = openEnvelope(engine, sealed(), request.unlock);
  const plaintext = await untilCancelled(job, opening, (late) => void late.return?.());
  const close = async (): Promise<void> => {
    await plaintext.return?.();
  };
  try {
    const payload = await unpackArchive(plaintext, request.maxEntries);
    // By the specification, a passphrase opens a bundle alone or not at all.
    const openedBy = logN === undefined ? 'key' : 'passphrase';
    return { payload, openedBy, authenticated: 'bundle', warnings: [], close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Says what an age file says openly.
 *
 * @param sealed - the age file
 * @throws `bundle-damaged`
 */
export async function summariseSealedTar(
  sealed: AsyncIterable<Uint8Array>,
): Promise<Omit<BundleSummary, 'format' | 'bytes'>> {
  const { stanzas, logN, armored } = await inspectEnvelope(sealed);
  return {
    lockedWith: logN === undefined ? 'keys' : 'passphrase',
    derivation: logN === undefined ? { kind: 'keys' } : { kind: 'scrypt', logN },
    names: 'sealed',
    age: { stanzas, armored },
  };
}
