import { styleText } from 'node:util';
import { toAppError } from '../../app/contract/errors.ts';
import type { Job } from '../../app/contract/job.ts';
import { errorText } from './error-text.ts';
import { EXIT, exitCodeFor, type ExitCode } from './exit-codes.ts';
import { printable } from './format.ts';
import { progressDisplay } from './progress.ts';
import { UsageError } from './usage-error.ts';

/** How a command talks, as its options say. */
export interface Voice {
  /** One JSON object on standard output and nothing else there. */
  readonly json?: boolean;
  /** No progress. */
  readonly quiet?: boolean;
}

/** What a command found out: for programs, and for people. */
export interface Answer {
  /** The one object of `--json`. */
  readonly json: object;
  /** For standard output. */
  readonly text: string;
  /** For standard error, shown even with `--quiet`: what must not end up in a file by accident. */
  readonly aside?: string;
}

/**
 * Carries a command through: progress, Ctrl-C, the answer or the error in the form that was asked for.
 *
 * @param voice - the options
 * @param work - the command
 * @returns the exit code
 */
export async function perform(
  voice: Voice,
  work: (job: Job) => Promise<Answer>,
): Promise<ExitCode> {
  const stop = new AbortController();
  const onSignal = (): void => {
    // The second time somebody means it; what is half-made then is cleared away by the next run.
    if (stop.signal.aborted) process.exit(EXIT.cancelled);
    stop.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  const progress = progressDisplay(process.stderr, voice.quiet === true);
  try {
    const answer = await work({
      signal: stop.signal,
      onProgress: (moment) => {
        progress.show(moment);
      },
    });
    progress.end();
    print(process.stdout, voice.json === true ? JSON.stringify(answer.json) : answer.text);
    if (answer.aside !== undefined && voice.json !== true) print(process.stderr, answer.aside);
    return EXIT.done;
  } catch (error) {
    progress.end();
    return reportError(error, voice);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}

/**
 * Says what went wrong, on standard error or as JSON on standard output.
 *
 * @param error - anything that was thrown
 * @param voice - the options
 * @returns the exit code
 */
export function reportError(error: unknown, voice: Voice): ExitCode {
  if (error instanceof UsageError) {
    if (voice.json === true)
      print(process.stdout, JSON.stringify({ error: { code: 'usage', title: error.message } }));
    else print(process.stderr, `${bold('Error:')} ${printable(error.message)}`);
    return EXIT.usage;
  }
  const { code, data } = toAppError(error);
  const text = errorText({ code, data });
  if (voice.json === true) {
    print(process.stdout, JSON.stringify({ error: { code, data, ...text } }));
  } else {
    print(
      process.stderr,
      [
        `${bold('Error:')} ${printable(text.title)}`,
        `  ${printable(text.meaning)}`,
        `  ${printable(text.next)}`,
        `  ${dim(`Code: ${code}`)}`,
      ].join('\n'),
    );
  }
  return exitCodeFor(code);
}

function print(output: NodeJS.WriteStream, text: string): void {
  if (text !== '') output.write(`${text}\n`);
}

/**
 * Bold where the terminal shows it.
 *
 * @param text - printable already
 */
export function bold(text: string): string {
  return styleText('bold', text, { stream: process.stderr });
}

function dim(text: string): string {
  return styleText('dim', text, { stream: process.stderr });
}
