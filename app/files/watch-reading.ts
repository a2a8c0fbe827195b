import { checkCancelled, type Job } from '../contract/job.ts';
import type { BundleFile } from './bundle-file.ts';

/** A bundle that tells how it is being read. */
export interface WatchedFile {
  readonly watched: BundleFile;
  /** The last byte of what its readers have taken, by position. */
  readonly position: () => number;
}

/**
 * Lets a job hear of how far a bundle was read, and stop the reading.
 *
 * @param file - the bundle
 * @param job - hears `open`
 */
export function watchReading(file: BundleFile, job: Job): WatchedFile {
  let position = 0;
  const total = file.bytes;
  const note = (end: number): void => {
    checkCancelled(job);
    position = Math.max(0, end - 1);
    job.onProgress?.({ stage: 'open', bytes: Math.min(end, total), total });
  };
  async function* content(start = 0, end = total): AsyncGenerator<Uint8Array, void, undefined> {
    let read = start;
    for await (const piece of file.content(start, end)) {
      read += piece.byteLength;
      // Before whoever takes it finds out what is wrong with it.
      position = Math.max(0, read - 1);
      yield piece;
      note(read);
    }
  }
  return {
    watched: {
      ...file,
      content,
      read: async (at, length) => {
        const bytes = await file.read(at, length);
        checkCancelled(job);
        position = Math.max(0, at + bytes.byteLength - 1);
        return bytes;
      },
    },
    position: () => position,
  };
}
