import { packArchive } from '../archive/pack.ts';
import type { BundleSummary } from '../contract/formats.ts';
import { untilCancelled, type Job } from '../contract/job.ts';
import type { DocumentRecord } from '../contract/records.ts';
import { recogniseEnvelope, sealEnvelope } from '../envelope/envelope.ts';
import { loadEngine } from '../envelope/load-engine.ts';
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
import {
  expectedSealedSize,
  openSealedTar,
  proveSealedTar,
  summariseSealedTar,
} from './sealed-tar.ts';

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
  return {
    bytes,
    documents: archive.documents,
    expectedBytes: expectedSealedSize(request),
    proofKey: { kind: 'file-key', fileKey },
  };
}

function prove(
  bundle: AsyncIterable<Uint8Array>,
  key: ProofKey,
  expected: readonly ExpectedDocument[],
): Promise<readonly DocumentRecord[]> {
  return proveSealedTar(bundle, key, expected);
}

function open(file: BundleFile, request: FormatOpenRequest, job: Job): Promise<Opening> {
  return openSealedTar(() => file.content(), request, job);
}

async function inspect(file: BundleFile): Promise<BundleSummary> {
  return { format: 'age', bytes: file.bytes, ...(await summariseSealedTar(file.content())) };
}
