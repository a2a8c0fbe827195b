import {
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from 'age-encryption';
import { AppError } from '../contract/errors.ts';

/** A key pair of age: the identity opens what was sealed to the recipient. */
export interface KeyPair {
  /** Secret: `AGE-SECRET-KEY-1…` or `AGE-SECRET-KEY-PQ-1…`. */
  readonly identity: string;
  /** Public: `age1…` or `age1pq1…`. */
  readonly recipient: string;
}

/**
 * Makes a key pair.
 *
 * @param kind - `x25519`, which every age tool knows, or `hybrid` with ML-KEM-768, which withstands quantum computers
 */
export async function generateKey(kind: 'x25519' | 'hybrid'): Promise<KeyPair> {
  const identity =
    kind === 'hybrid' ? await generateHybridIdentity() : await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/**
 * The text of an identity file, as `age-keygen` writes it.
 *
 * @param pair - the key pair
 * @param created - the time to note in it
 */
export function formatIdentityFile(pair: KeyPair, created: Date): string {
  return `# created: ${created.toISOString()}\n# public key: ${pair.recipient}\n${pair.identity}\n`;
}

/**
 * Reads an identity file: one identity a line, `#` begins a comment.
 *
 * @param text - the content
 * @param path - only for the error
 * @returns the key pairs in it
 * @throws `identity-invalid` when a line is no identity, or there is none at all
 */
export async function parseIdentityFile(text: string, path: string): Promise<KeyPair[]> {
  const pairs: KeyPair[] = [];
  for (const raw of text.split('\n')) {
    const identity = raw.trim();
    if (identity === '' || identity.startsWith('#')) continue;
    try {
      pairs.push({ identity, recipient: await identityToRecipient(identity) });
    } catch {
      // The cause would quote the line, and the line may be a secret with a typing mistake in it.
      throw new AppError('identity-invalid', { path });
    }
  }
  if (pairs.length === 0) throw new AppError('identity-invalid', { path });
  return pairs;
}
