import type { GeneratedPassphrase, LockRequest } from '../app.ts';
import type { RevealedPassphrase } from '../contract/answers.ts';
import type { DraftLock } from '../contract/views.ts';

/** How a bundle is locked, with the secret that the screen sees only when the person asks for it. */
export type Lock =
  | { readonly kind: 'generated'; readonly generated: GeneratedPassphrase }
  | { readonly kind: 'own'; readonly passphrase: string; readonly bits: number }
  | { readonly kind: 'keys'; readonly recipients: readonly string[] };

/**
 * What the screen sees of a lock.
 *
 * @param lock - with its secret
 * @returns without it
 */
export function lockView(lock: Lock): DraftLock {
  switch (lock.kind) {
    case 'generated': {
      const { words, bits } = lock.generated;
      return { kind: 'generated', words, bits };
    }
    case 'own':
      return { kind: 'own', bits: lock.bits };
    case 'keys':
      return { kind: 'keys', recipients: lock.recipients };
  }
}

/**
 * What to seal with.
 *
 * @param lock - with its secret
 */
export function lockRequest(lock: Lock): LockRequest {
  switch (lock.kind) {
    case 'generated':
      return { kind: 'generated', passphrase: lock.generated.passphrase };
    case 'own':
      return { kind: 'own', passphrase: lock.passphrase };
    case 'keys':
      return lock;
  }
}

/**
 * The passphrase of a lock, for the eyes of the person.
 *
 * @param lock - with its secret
 * @returns `undefined` where there is none
 */
export function revealed(lock: Lock): RevealedPassphrase | undefined {
  switch (lock.kind) {
    case 'generated': {
      const { passphrase } = lock.generated;
      return { passphrase, words: passphrase.split('-') };
    }
    case 'own':
      return { passphrase: lock.passphrase, words: [] };
    case 'keys':
      return undefined;
  }
}
