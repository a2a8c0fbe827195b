import { readFile } from 'node:fs/promises';
import { AppError } from '../../app/contract/errors.ts';
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
 * @returns the passphrase without its final line break; `undefined` when neither was named
 * @throws a usage error when both were, when the file cannot be read, or when it is no text
 */
export async function readGivenPassphrase(options: PassphraseOptions): Promise<string | undefined> {
  const { passphraseFile, passphraseStdin } = options;
  if (passphraseFile !== undefined && passphraseStdin === true)
    throw new UsageError('Give --passphrase-file or --passphrase-stdin, not both.');
  if (passphraseFile !== undefined) {
    const bytes = await readFile(passphraseFile).catch(() => {
      throw new UsageError(`The passphrase file '${passphraseFile}' cannot be read.`);
    });
    return decode(bytes);
  }
  return passphraseStdin === true ? decode(await readStdin()) : undefined;
}

function decode(bytes: Buffer): string {
  if (bytes.byteLength > MAX_BYTES)
    throw new UsageError('The passphrase is longer than 64 KiB; is it the right file?');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
    return text.replace(/\r?\n$/, '');
  } catch {
    throw new UsageError('The passphrase is not UTF-8 text.');
  } finally {
    bytes.fill(0);
  }
}

async function readStdin(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.byteLength;
    if (length > MAX_BYTES) break;
  }
  return Buffer.concat(pieces);
}

/** Whether a person sits at the keyboard. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/**
 * Asks for a secret without showing what is typed.
 *
 * @param prompt - the question
 * @throws `cancelled` when the person presses Ctrl-C
 */
export async function askSecret(prompt: string): Promise<string> {
  const { read } = await import('read');
  try {
    return await read({ prompt, silent: true, input: process.stdin, output: process.stderr });
  } catch (error) {
    throw new AppError('cancelled', {}, error);
  } finally {
    process.stderr.write('\n');
  }
}
