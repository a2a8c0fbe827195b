import { AppError, isAppError } from '../contract/errors.ts';

/**
 * Asks the host for something.
 *
 * @param call - to one of its ports
 * @throws `host-failed`, whatever it failed with
 */
export async function fromHost<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isAppError(error, 'host-failed')) throw error;
    throw new AppError('host-failed', {}, error);
  }
}
