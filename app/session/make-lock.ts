import type { App } from '../app.ts';
import { isAppError } from '../contract/errors.ts';
import type { FormatId } from '../contract/formats.ts';
import type { Lock } from './lock.ts';

/** What making a lock needs. */
export interface LockPorts {
  readonly app: App;
  /** How many words a new passphrase gets, where the format does not need more. */
  readonly words: () => number;
}

/**
 * Makes a passphrase of words.
 *
 * @param ports - what it needs
 * @param format - of the bundle
 * @param words - how many; as many as the person has set, or as the format needs where that is more, unless given
 * @throws `passphrase-words`
 */
export async function generatedLock(
  { app, words: wanted }: LockPorts,
  format: FormatId,
  words = Math.max(wanted(), app.floorOf(format).words),
): Promise<Lock> {
  return { kind: 'generated', generated: await app.generatePassphrase(words, format) };
}

/**
 * A lock that will do for a format.
 *
 * @param ports - what it needs
 * @param format - of the bundle
 * @param lock - as it is
 * @returns the lock itself where it will do, new words where it will not
 */
export async function fittingLock(ports: LockPorts, format: FormatId, lock: Lock): Promise<Lock> {
  const { app } = ports;
  switch (lock.kind) {
    case 'generated':
      if (lock.generated.words >= app.floorOf(format).words) return lock;
      break;
    case 'own':
      try {
        const { bits } = await app.requireStrong(lock.passphrase, format);
        return { ...lock, bits };
      } catch (error) {
        if (!isAppError(error, 'passphrase-weak')) throw error;
      }
      break;
    case 'keys':
      if (format === 'age') return lock;
      break;
  }
  return await generatedLock(ports, format);
}
