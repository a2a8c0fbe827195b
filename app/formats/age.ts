import { packArchive } from '../archive/pack.ts';
import { unpackArchive } from '../archive/unpack.ts';
import { AppError } from '../contract/errors.ts';
import type { BundleSummary } from '../contract/formats.ts';
import { untilCancelled, type Job } from '../contract/job.ts';
import type { DocumentRecord } from '../contract/records.ts';
import {
  inspectEnvelope,
  openEnvelope,
  recogniseEnvelope,
  sealEnvelope,
} from '../envelope/envelope.ts';
import { loadEngine } from '../envelope/load-engine.ts';
import { sealedSize } from '../envelope/payload.ts';
import type { BundleFile } from '../files/bundle-file.ts';
import type {
  BundleFormat,
  ExpectedDocument,
  FormatOpenRequest,
  FormatSealRequest,
  Opening,
  ProofKey,
  Sealing,
} from './format.ts';
import { hashEntries } from './hash-entries.ts';

/** A tar in an age file: what Signet makes unless something else is asked for. */
export const ageFormat: BundleFormat = {
  id: 'age',
  ending: '.tar.age',
  recognise: (head) => recogniseEnvelope(head) !== 'other',
  seal,
  prove,
  open,
  inspect,
};

async function seal(request: FormatSealRequest, job: Job): Promise<Sealing> {
  const { contents, lock } = request;
  const engine = await loadEngine(request.engine);
  const archive = packArchive(contents, job);
  let fileKey = new Uint8Array();
  const sealing = sealEnvelope(engine, lock, archive.bytes, (key) => {
    fileKey = Uint8Array.from(key);
  });
  const bytes = await untilCancelled(job, sealing, (late) => void late.return?.());
  // A passphrase proves more: that what the recipient was told leads to the file key, too.
  const proofKey: ProofKey =
    lock.kind === 'passphrase'
      ? { kind: 'passphrase', passphrase: lock.passphrase }
      : { kind: 'file-key', fileKey };
  if (lock.kind === 'passphrase') fileKey.fill(0);
  return {
    bytes,
    documents: archive.documents,
    expectedBytes: expectedSize(request),
    proofKey,
  };
}

/** Headers, padding and checksums make about 2 KiB for each document. */
function expectedSize({ bytes, contents }: FormatSealRequest): number {
  return sealedSize(bytes + contents.documents.length * 2048 + 16 * 1024);
}

async function prove(
  bundle: AsyncIterable<Uint8Array>,
  key: ProofKey,
  expected: readonly ExpectedDocument[],
): Promise<readonly DocumentRecord[]> {
  const plaintext = await openEnvelope(
    await loadEngine(),
    bundle,
    key.kind === 'passphrase'
      ? { passphrases: [key.passphrase], identities: [] }
      : { passphrases: [], identities: [{ unwrapFileKey: () => key.fileKey }] },
  );
  try {
    const unpacked = await unpackArchive(plaintext, Number.MAX_SAFE_INTEGER);
    if (unpacked.kind !== 'archive') throw new AppError('proof-failed', {});
    return await hashEntries(unpacked.entries, expected.length);
  } finally {
    await plaintext.return?.();
  }
}

async function open(file: BundleFile, request: FormatOpenRequest, job: Job): Promise<Opening> {
  const engine = await loadEngine(request.engine);
  const { logN } = await inspectEnvelope(file.content());
  const opening = openEnvelope(engine, file.content(), request.unlock);
  const plaintext = await untilCancelled(job, opening, (late) => void late.return?.());
  const close = async (): Promise<void> => {
    await plaintext.return?.();
  };
  try {
    const payload = await unpackArchive(plaintext, request.maxEntries);
    // By the specification, a passphrase opens a bundle alone or not at all.
    const openedBy = logN === undefined ? 'key' : 'passphrase';
    return { payload, openedBy, warnings: [], close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function inspect(file: BundleFile): Promise<BundleSummary> {
  const { stanzas, logN, armored } = await inspectEnvelope(file.content());
  return {
    format: 'age',
    bytes: file.bytes,
    lockedWith: logN === undefined ? 'keys' : 'passphrase',
    derivation: logN === undefined ? { kind: 'keys' } : { kind: 'scrypt', logN },
    names: 'sealed',
    age: { stanzas, armored },
  };
}
