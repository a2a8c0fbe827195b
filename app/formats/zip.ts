import type { PackedArchive } from '../archive/pack.ts';
import { INNER_NAME, findInnerZip } from '../archive/zip-inner.ts';
import { proveZip } from '../archive/zip-prove.ts';
import { loadZip, readZip, type ReadZip } from '../archive/zip-read.ts';
import { inspectZip } from '../archive/zip-summary.ts';
import { expectedZipSize, packZip, sealedEntries, wrapInZip } from '../archive/zip-write.ts';
import { AppError } from '../contract/errors.ts';
import type { BundleSummary, Derivation } from '../contract/formats.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { Authenticated } from '../contract/records.ts';
import { sealWithAes, ZIP_AES_ROUNDS, type AesSealing } from '../envelope/zip-aes.ts';
import { ZipUnlock } from '../envelope/zip-unlock.ts';
import type { BundleFile } from '../files/bundle-file.ts';
import { closing } from '../streams/closing.ts';
import type {
  BundleFormat,
  FormatOpenRequest,
  FormatSealRequest,
  Opening,
  Sealing,
} from './format.ts';

/** What a ZIP begins with: a header, the end of an empty one, a header behind a mark of one volume or of several. */
const BEGINNINGS = ['PK\x03\x04', 'PK\x05\x06', 'PK00PK\x03\x04'] as const;
const FIRST_VOLUME = 'PK\x07\x08PK\x03\x04';

/** The ZIP that WinZip, 7-Zip, Keka and many others open: AES-256 by the form AE-2. What they make themselves is opened, too. */
export const zipFormat: BundleFormat = {
  id: 'zip',
  ending: '.zip',
  recognise: (head) => [...BEGINNINGS, FIRST_VOLUME].some((beginning) => begins(head, beginning)),
  seal,
  prove: async (bundle, key, expected) => {
    // Only a passphrase locks a ZIP; who brings anything else has a defect.
    if (key.kind !== 'passphrase') throw new AppError('internal', {});
    const unlock = new ZipUnlock([key.passphrase], key.derived);
    try {
      return await proveZip(bundle, unlock, expected);
    } finally {
      unlock.close();
    }
  },
  open,
  inspect,
};

function begins(head: Uint8Array, text: string): boolean {
  return Buffer.from(head.subarray(0, text.length)).toString('latin1') === text;
}

async function seal(
  { contents, bytes, lock, hideNames }: FormatSealRequest,
  job: Job,
): Promise<Sealing> {
  if (lock.kind === 'keys') throw new AppError('format-needs-passphrase', { format: 'zip' });
  const sealing = sealWithAes(lock.passphrase, hideNames ? 1 : sealedEntries(contents));
  try {
    const expectedBytes = expectedZipSize(contents, bytes);
    const archive = hideNames
      ? await packHidden(contents, expectedBytes, sealing, job)
      : packZip(contents, sealing, job);
    return {
      documents: archive.documents,
      bytes: closing(
        async function* () {
          yield* archive.bytes;
        },
        () => {
          sealing.close();
        },
      ),
      expectedBytes,
      proofKey: {
        kind: 'passphrase',
        passphrase: lock.passphrase,
        derived: sealing.derived.memory,
      },
    };
  } catch (error) {
    sealing.close();
    throw error;
  }
}

async function packHidden(
  contents: FormatSealRequest['contents'],
  bytes: number,
  sealing: AesSealing,
  job: Job,
): Promise<PackedArchive> {
  // Slow to load, and seldom wanted.
  const { packPlainZip } = await import('../archive/plain-zip.ts');
  const inner = packPlainZip(contents, job);
  const about = { name: INNER_NAME, modified: new Date() };
  return { documents: inner.documents, bytes: wrapInZip(about, inner.bytes, bytes, sealing) };
}

async function open(file: BundleFile, request: FormatOpenRequest, job: Job): Promise<Opening> {
  await refuseVolumes(file);
  const unlock = new ZipUnlock(request.unlock.passphrases);
  try {
    const zip = await loadZip(file, request.maxEntries);
    checkCancelled(job);
    const options = { unlock, limits: request.limits };
    const outer = await readZip(zip, file.bytes, options, job);
    const inner = await throughInner(file, zip, request, unlock, job);
    return {
      payload: { kind: 'archive', entries: (inner ?? outer).entries },
      openedBy: outer.encrypted ? 'passphrase' : 'nothing',
      authenticated: authenticatedIn(outer, inner),
      warnings: outer.warnings,
      rangeOf: (name) => zip.locator.rangeOf(zip.entries.find((entry) => entry.name === name)),
      close: () => {
        unlock.close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    unlock.close();
    throw error;
  }
}

/** AE-2 authenticates what is in an entry; its name and the list of all entries lie open. An inner ZIP is within one entry, list and all. */
function authenticatedIn(
  { encrypted, warnings }: ReadZip,
  inner: ReadZip | undefined,
): Authenticated {
  if (!encrypted || warnings.length > 0) return 'nothing';
  return inner === undefined ? 'contents' : 'bundle';
}

/** Where names are hidden, the whole is authenticated before anything in it is looked at: it is read twice. */
async function throughInner(
  file: BundleFile,
  zip: Awaited<ReturnType<typeof loadZip>>,
  { maxEntries, limits }: FormatOpenRequest,
  unlock: ZipUnlock,
  job: Job,
): Promise<ReadZip | undefined> {
  const total = 2 * file.bytes;
  const half = (before: number): Job => ({
    signal: job.signal,
    onProgress: ({ bytes }) => job.onProgress?.({ stage: 'open', bytes: before + bytes, total }),
  });
  const inner = await findInnerZip(file, zip, unlock, maxEntries, half(0));
  if (inner === undefined) return undefined;
  return await readZip(inner.zip, inner.bytes, { unlock, limits }, half(file.bytes));
}

async function inspect(file: BundleFile): Promise<BundleSummary> {
  await refuseVolumes(file);
  const { locks, aesBits, documents, hidesNames } = await inspectZip(file);
  const locked = locks.aes || locks.zipcrypto;
  return {
    format: 'zip',
    bytes: file.bytes,
    lockedWith: locked ? 'passphrase' : 'nothing',
    derivation: derivationOf(locks),
    ...(hidesNames ? { names: 'sealed' } : { names: 'visible', documents }),
    ...(aesBits === undefined ? {} : { aesBits }),
  };
}

/** The weakest that there is. */
function derivationOf(locks: { readonly aes: boolean; readonly zipcrypto: boolean }): Derivation {
  if (locks.zipcrypto) return { kind: 'zipcrypto' };
  return locks.aes ? { kind: 'pbkdf2-sha1', rounds: ZIP_AES_ROUNDS } : { kind: 'none' };
}

/** The first volume of several has no directory. */
async function refuseVolumes(file: BundleFile): Promise<void> {
  if (begins(await file.read(0, FIRST_VOLUME.length), FIRST_VOLUME))
    throw new AppError('format-unsupported', { format: 'zip', feature: 'split' });
}
