import { constants } from 'node:fs';
import { access, lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { Placement } from '../contract/records.ts';
import { startDigest } from '../digest/digest.ts';
import { outputError, systemCode } from '../files/fs-errors.ts';
import { OutputFile } from '../files/output-file.ts';
import type { Destination } from './destination.ts';

/**
 * A folder as a destination: a temporary name, flushed, then renamed; never replacing a file.
 *
 * @param directory - the folder, which must exist
 */
export function folderDestination(directory: string): Destination {
  return {
    locate: (name) => join(directory, name),
    check: (name) => check(directory, name),
    put: (name, bundle, expectedBytes, job) => put(directory, name, bundle, expectedBytes, job),
    close: () => undefined,
  };
}

async function check(directory: string, name: string): Promise<void> {
  const path = join(directory, name);
  try {
    if (!(await stat(directory)).isDirectory())
      throw new AppError('output-unwritable', { path: directory });
    await access(directory, constants.W_OK);
  } catch (error) {
    throw outputError(error, directory);
  }
  try {
    await lstat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw outputError(error, path);
  }
  throw new AppError('output-exists', { path });
}

async function put(
  directory: string,
  name: string,
  bundle: AsyncIterable<Uint8Array>,
  expectedBytes: number,
  job: Job,
): Promise<Placement> {
  // A bundle is sealed, and often meant for somebody who shares the folder: the permissions of any new file will do.
  const file = await OutputFile.create(directory, name, 0o666);
  const digest = startDigest(expectedBytes);
  // One write is under way while the next piece is being sealed.
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const piece of bundle) {
      checkCancelled(job);
      await digest.update(piece);
      await writing;
      writing = file.write(piece);
      writing.catch(() => undefined);
    }
    await writing;
    checkCancelled(job);
    const sha256 = await digest.finish();
    await file.commit();
    return {
      location: file.path,
      bytes: file.bytes,
      sha256,
      verifiedBy: ['flushed-to-disk'],
    };
  } catch (error) {
    await writing.catch(() => undefined);
    await file.discard();
    throw error;
  } finally {
    digest.abandon();
  }
}
