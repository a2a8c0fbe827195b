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
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  if (unit === 'bytes') return bytes === 1 ? '1 byte' : `${String(bytes)} bytes`;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

/**
 * A span of time as people say it.
 *
 * @param milliseconds - such as 90,000, which gives `1 min 30 s`
 */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
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
    Math.max(...safe.map((row) => (row[column] ?? '').length)),
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
