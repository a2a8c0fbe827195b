/** Characters that cannot be seen, or that reverse or hide the text round them. */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex -- these are what it is about
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Text from outside, safe to show in a sentence of ours: what could deceive the eye is shown as its code.
 *
 * @param text - a name, a path, an address
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * As `visible`, for text of several lines: line breaks and tabs stay.
 *
 * @param text - a note that somebody else wrote
 */
export function visibleLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/([\n\t])/)
    .map((piece) => (piece === '\n' || piece === '\t' ? piece : visible(piece)))
    .join('');
}
