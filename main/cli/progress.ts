import type { Progress, Stage } from '../../app/contract/job.ts';
import { formatDuration, formatSize } from './format.ts';
import { terminalWidth } from './width.ts';

const STAGES: Record<Stage, string> = {
  collect: 'Looking at the documents',
  derive: 'Preparing the key',
  seal: 'Sealing',
  upload: 'Uploading',
  verify: 'Checking',
  list: 'Listing',
  fetch: 'Fetching',
  open: 'Opening',
  place: 'Saving',
};

const INTERVAL_MS = 100;
const ERASE_LINE = '\r\u001b[2K';

/** What progress is written to. */
export interface Screen {
  readonly isTTY: boolean;
  readonly columns: number;
  write(text: string): unknown;
}

/** A display of progress. */
export interface ProgressDisplay {
  /** Takes a moment of a job; shows it when it is time to. */
  readonly show: (progress: Progress) => void;
  /** Removes what is on the screen. */
  readonly clear: () => void;
  /** Removes what is on the screen and shows nothing more. */
  readonly end: () => void;
}

/**
 * Shows progress on standard error: one changing line on a terminal, a line for each stage elsewhere.
 *
 * @param output - standard error
 * @param quiet - whether to show nothing at all
 * @param now - milliseconds from a clock that never goes back
 */
export function progressDisplay(
  output: Screen,
  quiet: boolean,
  now: () => number = () => performance.now(),
): ProgressDisplay {
  const nothing = (): void => undefined;
  if (quiet) return { show: nothing, clear: nothing, end: nothing };
  return output.isTTY ? liveLine(output, now) : plainLines(output);
}

function plainLines(output: Screen): ProgressDisplay {
  let last: Stage | undefined;
  let ended = false;
  return {
    show: ({ stage, total }) => {
      // Upload and sealing report in turn; the first of them speaks for both.
      if (ended || stage === last || (stage === 'seal' && last === 'upload')) return;
      if (last === 'seal' && stage === 'upload') return;
      last = stage;
      // The key is the same work however large the documents are.
      const size = total === undefined || stage === 'derive' ? '' : ` (${formatSize(total)})`;
      output.write(`${STAGES[stage]}${size}\n`);
    },
    clear: () => undefined,
    end: () => {
      ended = true;
    },
  };
}

function liveLine(output: Screen, now: () => number): ProgressDisplay {
  let stage: Stage | undefined;
  let startedAt = now();
  let shownAt = -Infinity;
  let shown = false;
  let ended = false;
  const clear = (): void => {
    if (shown) output.write(ERASE_LINE);
    shown = false;
    shownAt = -Infinity;
  };
  return {
    show: (progress) => {
      if (ended) return;
      // While the documents are still being read, they are what can be measured.
      if (progress.stage === 'upload' && stage === 'seal') {
        if (progress.total === undefined) return;
      }
      if (progress.stage !== stage) {
        stage = progress.stage;
        startedAt = now();
        shownAt = -Infinity;
      }
      if (now() - shownAt < INTERVAL_MS) return;
      shownAt = now();
      shown = true;
      // A line that broke could not be erased again.
      const text = line(progress, shownAt - startedAt).slice(0, terminalWidth(output) - 1);
      output.write(`${ERASE_LINE}${text}`);
    },
    clear,
    end: () => {
      clear();
      ended = true;
    },
  };
}

function line({ stage, bytes, total }: Progress, elapsed: number): string {
  const parts = [STAGES[stage]];
  if (bytes > 0)
    parts.push(
      total === undefined ? formatSize(bytes) : `${formatSize(bytes)} of ${formatSize(total)}`,
    );
  if (bytes > 0 && elapsed > 500) {
    const perMillisecond = bytes / elapsed;
    parts.push(`${formatSize(Math.round(perMillisecond * 1000))}/s`);
    if (total !== undefined && bytes < total)
      parts.push(`${formatDuration((total - bytes) / perMillisecond)} left`);
  }
  return parts.join(' · ');
}
