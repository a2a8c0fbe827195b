import { openArchiveFile } from '../archive/seven-zip/archive-file.ts';
import { inspectArchive, readArchive } from '../archive/seven-zip/read.ts';
import { isSevenZip } from '../archive/seven-zip/head.ts';
import { openSpool, type Spool } from '../archive/seven-zip/spool.ts';
import { writeArchive } from '../archive/seven-zip/write.ts';
import { AppError, isAppError } from '../contract/errors.ts';
import type { BundleSummary, OpenWarning } from '../contract/formats.ts';
import type { Job } from '../contract/job.ts';
import type { DocumentRecord } from '../contract/records.ts';
import type { BundleFile } from '../files/bundle-file.ts';
import { pieces } from '../files/read-pieces.ts';
import { outputError } from '../files/fs-errors.ts';
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
import { hashEntries } from './hash-entries.ts';

/** More entries than anybody has, where there is nobody to ask how many are too many. */
const MAX_INSPECTED_ENTRIES = 1_000_000;
const UNLIMITED = { maxBytes: Infinity, maxRatio: Infinity, harmlessBytes: Infinity };

/** A 7z archive whose names are sealed, too, as Keka makes them by default. */
export const sevenZipFormat: BundleFormat = {
  id: '7z',
  ending: '.7z',
  recognise: isSevenZip,
  seal,
  prove,
  open,
  inspect,
};

/** A 7z ends with what says where everything is, so it is finished in a file, and proven there, before its first byte is given out. */
async function seal({ contents, lock }: FormatSealRequest, job: Job): Promise<Sealing> {
  if (lock.kind !== 'passphrase') throw new AppError('format-needs-passphrase', { format: '7z' });
  const { passphrase } = lock;
  const spool = await openSpool();
  try {
    const { documents } = await writeArchive(contents, passphrase, spool, job);
    const found = await proveSpool(spool, passphrase, documents, job);
    compare(found, documents);
    const { size } = await spool.handle.stat();
    return {
      bytes: closing(
        () => pieces((position, length) => readSpool(spool, position, length), 0, size),
        () => spool.remove(),
      ),
      documents,
      expectedBytes: size,
    };
  } catch (error) {
    await spool.remove();
    throw error;
  }
}

function compare(found: readonly DocumentRecord[], documents: readonly DocumentRecord[]): void {
  documents.forEach(({ name, bytes, sha256 }, index) => {
    const other = found[index];
    if (other?.name !== name || other.bytes !== bytes || other.sha256 !== sha256)
      throw new AppError('proof-failed', { name });
  });
  if (found.length !== documents.length) throw new AppError('proof-failed', {});
}

async function prove(
  bundle: AsyncIterable<Uint8Array>,
  key: ProofKey,
  expected: readonly ExpectedDocument[],
): Promise<readonly DocumentRecord[]> {
  if (key.kind !== 'passphrase') throw new AppError('format-needs-passphrase', { format: '7z' });
  const spool = await openSpool();
  try {
    for await (const piece of bundle)
      await spool.handle.appendFile(piece).catch((error: unknown) => {
        throw outputError(error, spool.folder);
      });
    return await proveSpool(spool, key.passphrase, expected, {});
  } finally {
    await spool.remove();
  }
}

/** Opens what was sealed as a recipient would, in a thread that knows nothing of the sealing. */
async function proveSpool(
  spool: Spool,
  passphrase: string,
  expected: readonly ExpectedDocument[],
  job: Job,
): Promise<readonly DocumentRecord[]> {
  const { size } = await spool.handle.stat();
  const file = {
    path: spool.folder,
    parts: [{ descriptor: spool.handle.fd, bytes: size }],
    bytes: size,
    read: (position: number, length: number) => readSpool(spool, position, length),
    close: () => Promise.resolve(),
  };
  const options = {
    passphrases: [passphrase],
    maxEntries: Number.MAX_SAFE_INTEGER,
    limits: UNLIMITED,
  };
  const { onProgress } = job;
  const told: Job = {
    ...job,
    onProgress: (progress) => onProgress?.({ ...progress, stage: 'verify' }),
  };
  try {
    const archive = await readArchive(file, options, told);
    try {
      const found = await hashEntries(archive.entries, expected.length);
      return inOrderOf(expected, found);
    } finally {
      await archive.close();
    }
  } catch (error) {
    if (isAppError(error, 'cancelled') || isAppError(error, 'proof-failed')) throw error;
    throw new AppError('proof-failed', {}, error);
  }
}

/** 7-Zip orders what is in an archive by name. */
function inOrderOf(
  expected: readonly ExpectedDocument[],
  found: readonly DocumentRecord[],
): readonly DocumentRecord[] {
  const places = new Map(expected.map(({ name }, index) => [name, index]));
  const place = ({ name }: DocumentRecord): number => places.get(name) ?? expected.length;
  return found.toSorted((one, other) => place(one) - place(other));
}

async function readSpool(spool: Spool, position: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let used = 0;
  while (used < length) {
    const { bytesRead } = await spool.handle.read(bytes, used, length - used, position + used);
    if (bytesRead === 0) break;
    used += bytesRead;
  }
  return bytes.subarray(0, used);
}

async function open(file: BundleFile, request: FormatOpenRequest, job: Job): Promise<Opening> {
  const { unlock, maxEntries, limits } = request;
  const archive = await readArchive(
    await openArchiveFile(file),
    { passphrases: unlock.passphrases, maxEntries, limits },
    job,
  );
  return {
    payload: { kind: 'archive', entries: archive.entries },
    openedBy: archive.encrypted === 'none' ? 'nothing' : 'passphrase',
    // It has checksums, but nothing that a passphrase is needed to make.
    authenticated: 'nothing',
    warnings: WARNINGS[archive.encrypted],
    close: () => archive.close(),
  };
}

const WARNINGS: Readonly<Record<'all' | 'some' | 'none', readonly OpenWarning[]>> = {
  all: [],
  some: ['partly-encrypted'],
  none: ['not-encrypted'],
};

async function inspect(file: BundleFile): Promise<BundleSummary> {
  const archive = await openArchiveFile(file);
  const { names, encrypted, logRounds, files } = await inspectArchive(
    archive,
    MAX_INSPECTED_ENTRIES,
    {},
  );
  return {
    format: '7z',
    bytes: file.bytes,
    lockedWith: encrypted ? 'passphrase' : 'nothing',
    derivation: logRounds === undefined ? { kind: 'none' } : { kind: 'sha256-rounds', logRounds },
    names,
    ...(files === undefined ? {} : { documents: files }),
  };
}
