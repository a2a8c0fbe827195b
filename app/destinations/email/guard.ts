import { AppError } from '../../contract/errors.ts';
import type { PassphraseMemory } from './memory.ts';
import { broadestShape, readings, spell, type Spelling } from './spelling.ts';

/*
 * A passphrase that travels with its bundle protects nothing. People paste it into the note or the subject all the same. A refusal
 * too many costs a word; one too few costs the documents.
 */

/** What no message may hold: a passphrase, or those that a run remembers. */
export type Forbidden = string | PassphraseMemory;

/**
 * Refuses a message that would carry a passphrase.
 *
 * @param texts - everything that a person typed or chose and that would be in the message, each looked through by itself
 * @param forbidden - all passphrases of this run
 * @throws `email-passphrase-inside`
 */
export function refusePassphrases(texts: readonly string[], forbidden: readonly Forbidden[]): void {
  const wanted = forbidden.filter((each) => each !== '');
  if (wanted.length === 0) return;
  const read = texts.flatMap(readings);
  for (const each of wanted) {
    const isIn = typeof each === 'string' ? read.some(finder(each)) : each.isIn(read);
    if (isIn) throw new AppError('email-passphrase-inside', {});
  }
}

function finder(passphrase: string): (spelling: Spelling) => boolean {
  const wanted = spell(passphrase);
  const shape = broadestShape(wanted);
  return (spelling) =>
    spelling.text.includes(passphrase) ||
    (wanted.dense !== '' && spelling.dense.includes(wanted.dense)) ||
    (shape !== undefined && spelling[shape].includes(wanted[shape]));
}
