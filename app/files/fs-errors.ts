import { AppError, isAppError } from '../contract/errors.ts';

/**
 * The operating system's code of a failed file operation, such as `ENOENT`.
 *
 * @param error - anything that was thrown
 */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Translates a failure to write into the error that a person can act on.
 *
 * @param error - what a file operation threw
 * @param path - the file or folder that was to be written
 * @returns `disk-full`, `output-exists`, `output-missing`, `output-unwritable`, or the error itself where it is ours already
 */
export function outputError(error: unknown, path: string): AppError {
  if (isAppError(error)) return error;
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new AppError('disk-full', { path }, error);
    case 'EEXIST':
    case 'ENOTEMPTY':
      return new AppError('output-exists', { path }, error);
    case 'ENOENT':
      return new AppError('output-missing', { path }, error);
    case undefined:
      return new AppError('internal', {}, error);
    default:
      return new AppError('output-unwritable', { path }, error);
  }
}

/**
 * Translates a failure to read a bundle.
 *
 * @param error - what a file operation threw
 * @param path - the bundle
 * @returns `bundle-missing`, `not-a-bundle` for a folder, `bundle-unreadable`, or the error itself where it is ours already
 */
export function bundleReadError(error: unknown, path: string): AppError {
  if (isAppError(error)) return error;
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('bundle-missing', { path }, error);
    case 'EISDIR':
      return new AppError('not-a-bundle', { path, found: 'folder' }, error);
    case undefined:
      return new AppError('internal', {}, error);
    default:
      return new AppError('bundle-unreadable', { path }, error);
  }
}
