const SEPARATORS = /([\s\p{Dash}\p{Cf}]+)/u;

/**
 * Puts another word in the place of a typed one. What stands between the words stays as it was typed.
 *
 * @param typed - what the person entered
 * @param word - the word to replace, as the core names it: folded to plain lower-case letters
 * @param by - the word to put there
 */
export function replaceWord(typed: string, word: string, by: string): string {
  const pieces = typed.split(SEPARATORS);
  const index = pieces.findIndex((piece) => fold(piece) === word);
  if (index >= 0) return pieces.with(index, by).join('');
  // Folding made separators of characters that were none: what is folded already can be taken apart like the core did.
  const folded = fold(typed);
  return folded === typed ? typed : replaceWord(folded, word, by);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
