import { AppError, toAppError, type ErrorCode } from '../contract/errors.ts';

/** A file that may be a copy of Signet's own. */
interface MaybeStaged {
  readonly path: string;
  readonly name?: string | undefined;
  readonly staged: boolean;
}

/**
 * Does something with a file. What is wrong with a copy of Signet's own is told by the name that the person knows: its path says nothing
 * to anybody, and is gone soon.
 *
 * @param file - the file
 * @param work - what to do
 * @throws what the work throws, with the name in the place of the path
 */
export async function toldByName<T>(file: MaybeStaged, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, data } = toAppError(error);
    if (!file.staged || !('path' in data) || data.path !== file.path) throw error;
    const name = file.name ?? file.path.replace(/^.*[\\/]/s, '');
    throw new AppError<ErrorCode>(code, { ...data, path: name }, error);
  }
}
