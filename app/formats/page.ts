import { packArchive } from '../archive/pack.ts';
import type { BundleSummary } from '../contract/formats.ts';
import { AppError } from '../contract/errors.ts';
import { untilCancelled, type Job } from '../contract/job.ts';
import type { DocumentRecord } from '../contract/records.ts';
import { sealEnvelope } from '../envelope/envelope.ts';
import { loadEngine } from '../envelope/load-engine.ts';
import { checkTemplate, pageSize, readPage, recognisePage, sealPage } from '../envelope/page.ts';
import type { BundleFile } from '../files/bundle-file.ts';
import { closing } from '../streams/closing.ts';
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

/** The most that documents may have together: above it browsers on common machines run out of memory. In bytes. */
export const MAX_PAGE_BYTES = 200 * 1000 * 1000;

/** The self-opening page: a tar in an age file, as armor in an HTML page that can open it. */
export const pageFormat: BundleFormat = {
  id: 'html',
  ending: '.html',
  recognise: recognisePage,
  seal,
  prove,
  open,
  inspect,
};

async function seal(request: FormatSealRequest, job: Job): Promise<Sealing> {
  const { contents, bytes, lock } = request;
  // A page cannot ask for a key file that lies on the recipient's disk without teaching people to hand it to pages.
  if (lock.kind !== 'passphrase') throw new AppError('format-needs-passphrase', { format: 'html' });
  if (bytes > MAX_PAGE_BYTES)
    throw new AppError('page-too-large', { bytes, limit: MAX_PAGE_BYTES });
  const template = await loadTemplate(request);
  const engine = await loadEngine(request.engine);
  const archive = packArchive(contents, job);
  let fileKey = new Uint8Array();
  const envelope = await untilCancelled(
    job,
    sealEnvelope(engine, lock, archive.bytes, (key) => {
      fileKey = Uint8Array.from(key);
    }),
    (late) => void late.return?.(),
  );
  return {
    bytes: closing(
      () => sealPage(template, envelope),
      () => envelope.return?.(),
    ),
    documents: archive.documents,
    expectedBytes: pageSize(template, expectedSealedSize(request)),
    proofKey: { kind: 'file-key', fileKey, pageTemplate: template },
  };
}

async function loadTemplate({ pageTemplate }: FormatSealRequest): Promise<Uint8Array> {
  if (pageTemplate === undefined) throw new AppError('page-template-missing', {});
  const template = await pageTemplate().catch((error: unknown) => {
    throw new AppError('page-template-missing', {}, error);
  });
  checkTemplate(template);
  return template;
}

async function prove(
  bundle: AsyncIterable<Uint8Array>,
  key: ProofKey,
  expected: readonly ExpectedDocument[],
): Promise<readonly DocumentRecord[]> {
  // What pages are made of is known.
  if (key.kind !== 'file-key' || key.pageTemplate === undefined) throw new AppError('internal', {});
  return await proveSealedTar(readPage(bundle, key.pageTemplate), key, expected);
}

function open(file: BundleFile, request: FormatOpenRequest, job: Job): Promise<Opening> {
  return openSealedTar(() => readPage(file.content()), request, job);
}

async function inspect(file: BundleFile): Promise<BundleSummary> {
  const summary = await summariseSealedTar(readPage(file.content()));
  return { format: 'html', bytes: file.bytes, ...summary };
}
