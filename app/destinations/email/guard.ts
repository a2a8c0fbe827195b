import { AppError } from '../../contract/errors.ts';

/*
 * A passphrase that travels with its bundle protects nothing. People paste it into the note or the subject all the same, wrapped,
 * capitalised, with spaces instead of hyphens. So texts are compared in forms that all such spellings have in common. A refusal
 * too many costs a word; one too few costs the documents.
 */

/** Shorter skeletons than this occur in any text. */
const LEAST_SKELETON = 6;

/**
 * Refuses a message that would carry a passphrase.
 *
 * @param texts - everything that a person typed or chose and that would be in the message, each looked through by itself
 * @param passphrases - all of this run
 * @throws `email-passphrase-inside`
 */
export function refusePassphrases(texts: readonly string[], passphrases: readonly string[]): void {
  const wanted = passphrases.filter((passphrase) => passphrase !== '');
  if (wanted.length === 0) return;
  const forms = texts.map((text) => ({ text, dense: dense(text), skeleton: skeleton(text) }));
  for (const passphrase of wanted) {
    const solid = dense(passphrase);
    const bones = skeleton(passphrase);
    const inside = forms.some(
      (form) =>
        form.text.includes(passphrase) ||
        (solid !== '' && form.dense.includes(solid)) ||
        (bones.length >= LEAST_SKELETON && form.skeleton.includes(bones)),
    );
    if (inside) throw new AppError('email-passphrase-inside', {});
  }
}

/** Without letter case, accents and anything that is not seen: what line breaks, tabs and other keyboards do to a text. */
function dense(text: string): string {
  return fold(text).replace(/[\s\p{Cc}\p{Cf}\p{M}]+/gu, '');
}

/** Letters and digits only: whatever stands between words does not count. */
function skeleton(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Upper case last: it folds what lower case leaves apart, such as the two small sigmas. */
function fold(text: string): string {
  return text.normalize('NFKD').toLowerCase().toUpperCase().normalize('NFKD');
}
