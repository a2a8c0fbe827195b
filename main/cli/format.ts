const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/**
 * A size as people read it, in binary units.
 *
 * @param bytes - such as 1536, which gives `1.5 KiB`
 */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 'bytes';
  for (const next of UNITS) {
    // What would be rounded to 1024 belongs to the next unit.
    if (value < (unit === 'bytes' ? 1024 : 1023.5)) break;
    value /= 1024;
    unit = next;
  }
  if (unit === 'bytes') return bytes === 1 ? '1 byte' : `${String(bytes)} bytes`;
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

/**
 * A span of time as people say it, in whole seconds, rounded up.
 *
 * @param milliseconds - such as 90,000, which gives `1 min 30 s`
 */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min ${String(seconds % 60)} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}

/**
 * How long ago something was, in the one unit that matters.
 *
 * @param then - the moment
 * @param now - the present one
 */
export function formatAge(then: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - then.getTime()) / 60_000));
  if (minutes < 60) return `${String(minutes)} min`;
  if (minutes < 48 * 60) return `${String(Math.floor(minutes / 60))} h`;
  return `${String(Math.floor(minutes / 1440))} days`;
}

/**
 * A number with its noun.
 *
 * @param count - how many
 * @param noun - in the singular; the plural adds an s
 */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Controls of the terminal, and characters that reverse or hide text. */
const UNSAFE =
  // eslint-disable-next-line no-control-regex -- these are what it is about
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Text from outside, safe to print: what could steer the terminal or deceive the eye is shown as its code.
 *
 * @param text - a name, a path, a URL
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * A value as one line of JSON, safe to print: the same characters are shown as the escapes that JSON has for them.
 *
 * @param value - for a program to read
 */
export function printableJson(value: object): string {
  return JSON.stringify(value).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Breaks a paragraph into lines between words. A word that is longer than a line stays whole.
 *
 * @param text - one paragraph, printable already
 * @param width - of a line, indentation included
 * @param indent - put before each line
 */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((each) => `${indent}${each}`).join('\n');
}

/**
 * Rows as aligned columns, two spaces apart.
 *
 * @param rows - of equal length; cells are made printable
 * @param right - the columns to align to the right
 */
export function formatTable(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const safe = rows.map((row) => row.map(printable));
  const widths = (safe[0] ?? []).map((_cell, column) =>
    safe.reduce((widest, row) => Math.max(widest, (row[column] ?? '').length), 0),
  );
  return safe
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
