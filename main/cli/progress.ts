import type { Progress, Stage } from '../../app/contract/job.ts';
import { formatDuration, formatSize } from './format.ts';

const STAGES: Record<Stage, string> = {
  collect: 'Looking at the documents',
  derive: 'Making the key',
  seal: 'Sealing',
  upload: 'Uploading',
  verify: 'Verifying',
  list: 'Listing',
  fetch: 'Fetching',
  open: 'Opening',
  place: 'Saving',
};

const INTERVAL_MS = 100;
const ERASE_LINE = '\r\u001b[2K';

/** A display of progress. */
export interface ProgressDisplay {
  /** Takes a moment of a job; shows it when it is time to. */
  show(progress: Progress): void;
  /** Removes what is on the screen and stops. */
  end(): void;
}

/**
 * Shows progress on standard error: one changing line on a terminal, a line for each stage elsewhere.
 *
 * @param output - standard error
 * @param quiet - whether to show nothing at all
 * @param now - milliseconds from a clock that never goes back
 */
export function progressDisplay(
  output: NodeJS.WriteStream,
  quiet: boolean,
  now: () => number = () => performance.now(),
): ProgressDisplay {
  if (quiet) return { show: () => undefined, end: () => undefined };
  return output.isTTY ? liveLine(output, now) : plainLines(output);
}

function plainLines(output: NodeJS.WriteStream): ProgressDisplay {
  let last: Stage | undefined;
  return {
    show: ({ stage, total }) => {
      // Upload and sealing report in turn; the first of them speaks for both.
      if (stage === last || (stage === 'seal' && last === 'upload')) return;
      if (last === 'seal' && stage === 'upload') return;
      last = stage;
      const size = total === undefined ? '' : ` (${formatSize(total)})`;
      output.write(`${STAGES[stage]}${size}\n`);
    },
    end: () => undefined,
  };
}

function liveLine(output: NodeJS.WriteStream, now: () => number): ProgressDisplay {
  let stage: Stage | undefined;
  let startedAt = now();
  let shownAt = -Infinity;
  let ended = false;
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
      output.write(`${ERASE_LINE}${line(progress, shownAt - startedAt)}`);
    },
    end: () => {
      ended = true;
      output.write(ERASE_LINE);
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
