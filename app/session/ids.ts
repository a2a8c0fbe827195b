import { randomBytes } from 'node:crypto';

/** An id that nobody can guess: 128 bits, base64url. */
export function newId(): string {
  return randomBytes(16).toString('base64url');
}
