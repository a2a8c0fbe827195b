/** Where nobody can tell how wide it is. */
const DEFAULT_WIDTH = 80;
/** Longer lines are hard to read, however wide the window is. */
const MAX_PROSE_WIDTH = 100;

type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>;

/**
 * How many characters fit on a line.
 *
 * @param output - a terminal, or something else
 */
export function terminalWidth(output: Output): number {
  // Some terminals do not say, and then it is 0.
  return output.isTTY && output.columns > 0 ? output.columns : DEFAULT_WIDTH;
}

/**
 * How long a line of prose may be.
 *
 * @param output - where it goes
 */
export function proseWidth(output: Output): number {
  return Math.min(terminalWidth(output), MAX_PROSE_WIDTH);
}
