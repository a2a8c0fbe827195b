import { AppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import { startDigest } from '../digest/digest.ts';
import type { BundleFile } from './bundle-file.ts';
import type { OutputFile } from './output-file.ts';
import { OutputFiles } from './output-files.ts';
import { volumeDigits, volumeName } from './volume-names.ts';

/** One volume as it was written. */
export interface WrittenVolume {
  readonly path: string;
  readonly name: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** SHA-256 of it, lower-case hex. */
  readonly sha256: string;
}

/** One volume in the planning: a stretch of the whole. */
export interface VolumeRange {
  readonly name: string;
  /** Its first byte in the whole. */
  readonly start: number;
  /** The byte behind its last. */
  readonly end: number;
}

/**
 * How a file falls into volumes.
 *
 * @param name - of the whole
 * @param bytes - its size, at least 1
 * @param volumeBytes - size of each volume but the last, a whole number from 1 on
 */
export function cutIntoVolumes(name: string, bytes: number, volumeBytes: number): VolumeRange[] {
  if (!Number.isSafeInteger(volumeBytes) || volumeBytes < 1) throw new AppError('internal', {});
  const count = Math.ceil(bytes / volumeBytes);
  const width = volumeDigits(count);
  return Array.from({ length: count }, (_, index) => ({
    name: volumeName(name, index + 1, width),
    start: index * volumeBytes,
    end: Math.min((index + 1) * volumeBytes, bytes),
  }));
}

/**
 * Splits a finished bundle into volumes, `NAME.001` and so on, which `cat`, 7-Zip and Signet put together again. All of them come
 * to exist or none.
 *
 * @param bundle - the bundle, which stays as it is
 * @param directory - where to, a folder that exists
 * @param volumeBytes - size of each volume but the last, a whole number from 1 on
 * @param job - reports `place`
 * @returns the volumes in order
 * @throws `output-exists`, `output-missing`, `output-unwritable`, `disk-full`, `bundle-unreadable`, `cancelled`
 */
export async function writeVolumes(
  bundle: BundleFile,
  directory: string,
  volumeBytes: number,
  job: Job,
): Promise<WrittenVolume[]> {
  const files = new OutputFiles(directory, 0o666);
  const written: WrittenVolume[] = [];
  try {
    for (const range of cutIntoVolumes(bundle.name, bundle.bytes, volumeBytes)) {
      const file = await files.start(range.name);
      const sha256 = await copyRange(bundle, range, file, job);
      written.push({ path: file.path, name: range.name, bytes: file.bytes, sha256 });
    }
    checkCancelled(job);
    await files.commit();
    return written;
  } catch (error) {
    await files.discard();
    throw error;
  }
}

async function copyRange(
  bundle: BundleFile,
  { start, end }: VolumeRange,
  file: OutputFile,
  job: Job,
): Promise<string> {
  const digest = startDigest(end - start);
  try {
    for await (const piece of bundle.content(start, end)) {
      checkCancelled(job);
      await digest.update(piece);
      await file.write(piece);
      job.onProgress?.({ stage: 'place', bytes: start + file.bytes, total: bundle.bytes });
    }
    if (file.bytes !== end - start) throw new AppError('bundle-unreadable', { path: bundle.path });
    return await digest.finish();
  } finally {
    digest.abandon();
  }
}
