import { expect, test } from 'vitest';
import { proseWidth, terminalWidth } from '../../../main/cli/width.ts';

test.each([
  ['a window of 60 columns', { isTTY: true, columns: 60 }, 60, 60],
  ['a window of 200 columns', { isTTY: true, columns: 200 }, 200, 100],
  ['a terminal that does not say', { isTTY: true, columns: 0 }, 80, 80],
  ['a pipe', { isTTY: false, columns: 0 }, 80, 80],
])('%s has its width', (_what, output, terminal, prose) => {
  expect(terminalWidth(output)).toBe(terminal);
  expect(proseWidth(output)).toBe(prose);
});
