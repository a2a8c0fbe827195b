import { readFile } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { AppError } from '../../app/contract/errors.ts';
import { checkCancelled } from '../../app/contract/job.ts';
import { UsageError } from './usage-error.ts';

/** Where a passphrase may come from. It never comes from the arguments or the environment, where others can see it. */
export interface PassphraseOptions {
  readonly passphraseFile?: string;
  readonly passphraseStdin?: boolean;
}

const MAX_BYTES = 64 * 1024;

/**
 * Reads a passphrase from the file or the standard input that was named.
 *
 * @param options - as given on the command line
 * @param signal - of the job
 * @returns the passphrase without its final line break; `undefined` when neither was named
 * @throws a usage error when both were, when the file cannot be read, or when it is no text; `cancelled` when the job is stopped
 * while standard input is waited for
 */
export async function readGivenPassphrase(
  options: PassphraseOptions,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { passphraseFile, passphraseStdin } = options;
  if (passphraseFile !== undefined && passphraseStdin === true)
    throw new UsageError(
      '--passphrase-file and --passphrase-stdin cannot go together.',
      'Use one of them.',
    );
  if (passphraseFile !== undefined) return await readSecretFile(passphraseFile, 'passphrase');
  return passphraseStdin === true ? decode(await readStdin(signal), 'passphrase') : undefined;
}

/**
 * Reads a secret from a file.
 *
 * @param path - of the file
 * @param what - it holds, such as `password`
 * @returns the secret without its final line break
 * @throws a usage error when the file cannot be read, or when it is no text
 */
export async function readSecretFile(path: string, what: string): Promise<string> {
  const bytes = await readFile(path).catch(() => {
    throw new UsageError(
      `The ${what} file '${path}' cannot be read.`,
      'Check the path and its permissions.',
    );
  });
  return decode(bytes, what);
}

function decode(bytes: Buffer, what: string): string {
  if (bytes.byteLength > MAX_BYTES)
    throw new UsageError(
      `The ${what} is longer than 64 KiB.`,
      'Make sure that it is the right file.',
    );
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
    return text.replace(/\r?\n$/, '');
  } catch {
    throw new UsageError(`The ${what} is not UTF-8 text.`, 'Make sure that it is the right file.');
  } finally {
    bytes.fill(0);
  }
}

async function readStdin(signal?: AbortSignal): Promise<Buffer> {
  checkCancelled({ signal });
  const pieces: Buffer[] = [];
  let length = 0;
  // Whoever writes may never end it, and closing it is what ends the wait.
  const close = (): void => {
    process.stdin.destroy(new AppError('cancelled', {}));
  };
  signal?.addEventListener('abort', close);
  try {
    for await (const piece of process.stdin as AsyncIterable<Buffer>) {
      pieces.push(piece);
      length += piece.byteLength;
      if (length > MAX_BYTES) break;
    }
    return Buffer.concat(pieces);
  } finally {
    signal?.removeEventListener('abort', close);
    for (const piece of pieces) piece.fill(0);
  }
}

/** Whether a person sits at the keyboard. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/**
 * Asks for a secret on the terminal without showing what is typed. Lines that arrive together were pasted, and are one answer.
 *
 * @param prompt - the question
 * @param signal - of the job
 * @returns the lines, joined by line breaks, without empty ones at either end
 * @throws `cancelled` when the person presses Ctrl-C or Ctrl-D, when the job is stopped, or when the terminal goes away
 */
export async function askSecret(prompt: string, signal?: AbortSignal): Promise<string> {
  const { createInterface } = await import('node:readline');
  return await new Promise((resolve, reject) => {
    const nowhere = new Writable({
      write: (_chunk, _encoding, done) => {
        done();
      },
    });
    const lines = createInterface({
      input: process.stdin,
      output: nowhere,
      terminal: true,
      // It would keep what was typed.
      historySize: 0,
    });
    const close = (): void => {
      lines.close();
    };
    const typed: string[] = [];
    let complete = false;
    lines.on('line', (line) => {
      typed.push(line);
      // By then all that was pasted has been seen. Where it does not end with a line break, Enter is still to come.
      setImmediate(() => {
        if (complete || lines.line !== '') return;
        complete = true;
        close();
      });
    });
    // Ctrl-C and Ctrl-D close it, too.
    lines.once('close', () => {
      signal?.removeEventListener('abort', close);
      process.stderr.write('\n');
      if (complete) resolve(typed.join('\n').replace(/^\n+|\n+$/g, ''));
      else reject(new AppError('cancelled', {}));
    });
    signal?.addEventListener('abort', close);
    process.stderr.write(prompt);
    if (signal?.aborted === true) close();
  });
}
