import { styleText } from 'node:util';
import type { App } from '../../app/app.ts';
import { toAppError, type ErrorRecord } from '../../app/contract/errors.ts';
import type { Job } from '../../app/contract/job.ts';
import { readPageTemplate } from '../node/page-template.ts';
import { errorText } from './error-text.ts';
import type { ErrorText } from './error-text/said.ts';
import { EXIT, exitCodeFor, type ExitCode } from './exit-codes.ts';
import { printable, printableJson, wrap } from './format.ts';
import { progressDisplay } from './progress.ts';
import { UsageError } from './usage-error.ts';
import { proseWidth } from './width.ts';

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
  /** What was not carried out although the rest was: said last, and what the exit code tells. */
  readonly error?: ErrorRecord | undefined;
}

/** What a command works with. */
export interface Desk {
  readonly app: App;
  /** To be handed to the app: Ctrl-C stops it, and what it reports is shown. */
  readonly job: Job;
  /** Takes the progress off the screen, before something is asked or said in between. */
  readonly clear: () => void;
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
  work: (desk: Desk) => Promise<Answer>,
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
    // Loaded only now: the help and wrong usage are answered sooner.
    const { createApp } = await import('../../app/app.ts');
    const answer = await work({
      app: createApp({ pageTemplate: () => readPageTemplate() }),
      job: { signal: stop.signal, onProgress: progress.show },
      clear: progress.clear,
    });
    progress.end();
    return say(answer, voice);
  } catch (error) {
    progress.end();
    return reportError(error, voice);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}

function say({ json, text, aside, error }: Answer, voice: Voice): ExitCode {
  const said = error === undefined ? undefined : errorText(error);
  if (voice.json === true) {
    const failed = said === undefined ? {} : { error: { ...error, ...said } };
    print(process.stdout, printableJson({ ...json, ...failed }));
  } else {
    print(process.stdout, text);
    if (aside !== undefined) print(process.stderr, aside);
    if (error !== undefined && said !== undefined) {
      process.stderr.write('\n');
      printError(error, said, voice);
    }
  }
  return error === undefined ? EXIT.done : exitCodeFor(error.code);
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
    const text = { title: error.message, meaning: 'Nothing was done.', next: error.next };
    printError({ code: 'usage', data: {} }, text, voice);
    return EXIT.usage;
  }
  const { code, data } = toAppError(error);
  printError({ code, data }, errorText({ code, data }), voice);
  return exitCodeFor(code);
}

function printError(
  error: { readonly code: string; readonly data: object },
  text: ErrorText,
  voice: Voice,
): void {
  if (voice.json === true) {
    print(process.stdout, printableJson({ error: { ...error, ...text } }));
    return;
  }
  const paragraph = (part: string): string => prose(printable(part), process.stderr, '  ');
  print(
    process.stderr,
    [
      // Not wrapped: there is often a path in it, which has to stay in one piece.
      `${bold('Error:')} ${printable(text.title)}`,
      paragraph(text.meaning),
      paragraph(text.next),
      `  ${dim(`Code: ${error.code}`)}`,
    ].join('\n'),
  );
}

/** Says that an answer was lost: whoever reads standard output would otherwise take nothing for an answer. */
export function reportLostAnswer(): void {
  const text = {
    title: 'Standard output cannot be written.',
    meaning: 'The command was carried out, but its answer is lost.',
    next: 'Make sure that there is room for the file that it goes to.',
  };
  printError({ code: 'output-unwritable', data: {} }, text, {});
}

function print(output: NodeJS.WriteStream, text: string): void {
  if (text !== '') output.write(`${text}\n`);
}

/**
 * A paragraph broken into lines.
 *
 * @param text - printable already
 * @param output - where it goes
 * @param indent - put before each line
 */
export function prose(text: string, output: NodeJS.WriteStream, indent = ''): string {
  return wrap(text, proseWidth(output), indent);
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
