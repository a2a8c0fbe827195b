import { vi } from 'vitest';
import { isAppError } from '../../../app/contract/errors.ts';

/**
 * What a promise is rejected with, which must be one of Signet's own errors.
 *
 * @param promise - expected to fail
 * @returns its code, with part and damage where it has them
 */
export async function failureOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (!isAppError(error)) throw new Error('failed with a foreign error', { cause: error });
    return isAppError(error, 'bundle-damaged')
      ? `${error.code} ${error.data.part} ${error.data.damage}`
      : error.code;
  }
  throw new Error('did not fail');
}

/** How a browser computes: by itself, or not at all. */
export const BROWSERS = ['a browser with the cipher', 'a browser without cryptography'] as const;

/**
 * For the running test, a browser of that kind.
 *
 * @param kind - which
 */
export function useBrowser(kind: (typeof BROWSERS)[number]): void {
  if (kind === 'a browser without cryptography')
    vi.spyOn(crypto, 'subtle', 'get').mockReturnValue(undefined as never);
}
