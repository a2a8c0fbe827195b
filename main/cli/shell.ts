/** What no shell gives a meaning to. */
const PLAIN = /^[\w@%+=:,./-]+$/;
/** Controls, and characters that reverse or hide text: they may not reach a terminal as they are. */
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- these are what it is about
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/;
const EACH_HIDDEN = new RegExp(`${HIDDEN.source}|['\\\\]`, 'g');

/**
 * A command as one line that a person can paste into a shell and that means exactly these arguments.
 *
 * @param words - the program and its arguments
 * @param platform - whose shell: PowerShell on `win32`, else a POSIX shell; for characters that cannot be shown, bash or zsh
 */
export function shellLine(
  words: readonly string[],
  platform: NodeJS.Platform = process.platform,
): string {
  return words.map(platform === 'win32' ? quotedForPowerShell : quoted).join(' ');
}

function quoted(word: string): string {
  if (PLAIN.test(word)) return word;
  if (!HIDDEN.test(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  return `$'${word.replace(EACH_HIDDEN, escaped)}'`;
}

/** Each byte of a character by its number; quotes and backslashes by one more backslash. */
function escaped(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  return [...Buffer.from(character)]
    .map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
    .join('');
}

function quotedForPowerShell(word: string): string {
  return /^[\w./\\:-]+$/.test(word) ? word : `'${word.replaceAll("'", "''")}'`;
}
