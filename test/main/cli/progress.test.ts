import { expect, test } from 'vitest';
import type { Stage } from '../../../app/contract/job.ts';
import { progressDisplay, type ProgressDisplay } from '../../../main/cli/progress.ts';

const ERASE = '\r\u001b[2K';
const MIB = 1024 * 1024;

interface Fake {
  readonly display: ProgressDisplay;
  /** What was written since the last time. */
  readonly written: () => string;
  readonly wait: (milliseconds: number) => void;
}

function fakeDisplay(isTTY: boolean, { quiet = false, columns = 80 } = {}): Fake {
  let text = '';
  let time = 1_000_000;
  const output = {
    isTTY,
    columns,
    write: (piece: string) => {
      text += piece;
    },
  };
  return {
    display: progressDisplay(output, quiet, () => time),
    written: () => {
      const since = text;
      text = '';
      return since;
    },
    wait: (milliseconds) => {
      time += milliseconds;
    },
  };
}

test('elsewhere than on a terminal each stage is one plain line with the size where there is one', () => {
  const { display, written } = fakeDisplay(false);
  display.show({ stage: 'collect', bytes: 0 });
  display.show({ stage: 'derive', bytes: 0, total: 5 * MIB });
  for (let bytes = 0; bytes <= 5 * MIB; bytes += MIB)
    display.show({ stage: 'seal', bytes, total: 5 * MIB });
  display.show({ stage: 'verify', bytes: 5 * MIB, total: 5 * MIB });
  display.clear();
  display.end();
  expect(written()).toBe(
    'Looking at the documents\nPreparing the key\nSealing (5.0 MiB)\nChecking (5.0 MiB)\n',
  );
});

test.each([
  ['seal', 'upload', 'Sealing (1.0 MiB)\n'],
  ['upload', 'seal', 'Uploading (1.0 MiB)\n'],
] satisfies [Stage, Stage, string][])(
  'in plain lines %s and %s in turn are one stage',
  (first, second, line) => {
    const { display, written } = fakeDisplay(false);
    for (let count = 0; count < 3; count += 1) {
      display.show({ stage: first, bytes: count, total: MIB });
      display.show({ stage: second, bytes: count });
    }
    expect(written()).toBe(line);
  },
);

test('on a terminal one line changes: what is done, how fast, and how long it will take', () => {
  const { display, written, wait } = fakeDisplay(true);
  display.show({ stage: 'seal', bytes: 0, total: 400 * MIB });
  expect(written()).toBe(`${ERASE}Sealing`);
  wait(2000);
  display.show({ stage: 'seal', bytes: 100 * MIB, total: 400 * MIB });
  expect(written()).toBe(`${ERASE}Sealing · 100 MiB of 400 MiB · 50 MiB/s · 6 s left`);
  wait(6000);
  display.show({ stage: 'seal', bytes: 400 * MIB, total: 400 * MIB });
  expect(written()).toBe(`${ERASE}Sealing · 400 MiB of 400 MiB · 50 MiB/s`);
});

test('no speed is claimed in the first half second', () => {
  const { display, written, wait } = fakeDisplay(true);
  display.show({ stage: 'open', bytes: 0, total: 10 * MIB });
  wait(400);
  written();
  display.show({ stage: 'open', bytes: 5 * MIB, total: 10 * MIB });
  expect(written()).toBe(`${ERASE}Opening · 5.0 MiB of 10 MiB`);
});

test('where nobody knows the total, what was done so far has to do', () => {
  const { display, written, wait } = fakeDisplay(true);
  display.show({ stage: 'upload', bytes: 0 });
  wait(1000);
  written();
  display.show({ stage: 'upload', bytes: 3 * MIB });
  expect(written()).toBe(`${ERASE}Uploading · 3.0 MiB · 3.0 MiB/s`);
});

test('a terminal is written to ten times a second at most, but a new stage at once', () => {
  const { display, written, wait } = fakeDisplay(true);
  display.show({ stage: 'seal', bytes: 1, total: 100 });
  written();
  for (let time = 0; time < 99; time += 1) {
    wait(1);
    display.show({ stage: 'seal', bytes: time, total: 100 });
  }
  expect(written()).toBe('');
  wait(1);
  display.show({ stage: 'seal', bytes: 100, total: 100 });
  display.show({ stage: 'verify', bytes: 0 });
  expect(written()).toBe(`${ERASE}Sealing · 100 bytes of 100 bytes${ERASE}Checking`);
});

test('while documents are sealed into an upload, the sealing is what is measured', () => {
  const { display, written, wait } = fakeDisplay(true);
  display.show({ stage: 'seal', bytes: MIB, total: 2 * MIB });
  wait(200);
  written();
  display.show({ stage: 'upload', bytes: MIB });
  expect(written()).toBe('');
});

test('the line never reaches the end of a narrow terminal, where it would break', () => {
  const { display, written } = fakeDisplay(true, { columns: 20 });
  display.show({ stage: 'seal', bytes: 100 * MIB, total: 400 * MIB });
  expect(written()).toBe(`${ERASE}Sealing · 100 MiB o`);
});

test('the line is taken away for a question and comes back at the next moment', () => {
  const { display, written } = fakeDisplay(true);
  display.show({ stage: 'derive', bytes: 0 });
  written();
  display.clear();
  expect(written()).toBe(ERASE);
  display.clear();
  expect(written()).toBe('');
  display.show({ stage: 'derive', bytes: 0 });
  expect(written()).toBe(`${ERASE}Preparing the key`);
});

test.each([true, false])('after its end nothing is shown any more (terminal: %s)', (isTTY) => {
  const { display, written } = fakeDisplay(isTTY);
  display.show({ stage: 'seal', bytes: 1 });
  display.end();
  written();
  display.show({ stage: 'verify', bytes: 1 });
  display.end();
  expect(written()).toBe('');
});

test('where nothing was shown, nothing is erased', () => {
  const { display, written } = fakeDisplay(true);
  display.end();
  expect(written()).toBe('');
});

test.each([true, false])('quiet shows nothing at all (terminal: %s)', (isTTY) => {
  const { display, written } = fakeDisplay(isTTY, { quiet: true });
  display.show({ stage: 'seal', bytes: 1, total: 2 });
  display.clear();
  display.end();
  expect(written()).toBe('');
});
