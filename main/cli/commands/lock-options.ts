import { Option, type Command } from 'commander';
import type { SendRequest } from '../../../app/app.ts';
import { FORMATS, type FormatId } from '../../../app/contract/formats.ts';
import type { Job } from '../../../app/contract/job.ts';
import {
  collect,
  wholeNumber,
  withCommonOptions,
  withEngineOption,
  type CommonOptions,
  type EngineOptions,
} from '../options.ts';
import { askSecret, canAsk, readGivenPassphrase, type PassphraseOptions } from '../secrets.ts';
import { UsageError } from '../usage-error.ts';

/** The options of commands that make a bundle. */
export interface LockOptions extends CommonOptions, EngineOptions, PassphraseOptions {
  readonly name?: string;
  readonly recipient?: readonly string[];
  readonly words?: number;
  readonly passphrase?: boolean;
  readonly note?: string;
  readonly format: FormatId;
  readonly hideNames?: boolean;
}

/**
 * Adds the options of commands that make a bundle, those of every command included.
 *
 * @param command - the command
 */
export function withLockOptions(command: Command): Command {
  command
    .addOption(
      new Option('--format <format>', 'the kind of bundle').choices(FORMATS).default('age'),
    )
    .option('--hide-names', "of a ZIP: hide the documents' names, by a ZIP inside the ZIP")
    .option('--name <name>', 'the name of the bundle (default: one that tells nothing)')
    .option('-r, --recipient <age1…>', 'seal to a key; may be given several times', collect)
    .option(
      '--words <n>',
      'words in the passphrase that Signet makes, 5 to 12; 8 or more for a ZIP',
      wholeNumber,
    )
    .option('--passphrase', 'ask for a passphrase of your own')
    .option('--passphrase-file <file>', 'read a passphrase of your own from a file')
    .option('--passphrase-stdin', 'read a passphrase of your own from standard input')
    .option('--note <text>', 'a note to the recipient, sealed with the documents');
  return withCommonOptions(withEngineOption(command));
}

/**
 * What is to be sealed, and how. Asks for the passphrase where that was asked for.
 *
 * @param paths - of the documents
 * @param options - as given
 * @param job - to be stopped by
 * @throws a usage error where options do not go together; `cancelled`
 */
export async function requestOf(
  paths: readonly string[],
  options: LockOptions,
  job: Job,
): Promise<SendRequest> {
  const { name, note, engine, format, hideNames } = options;
  if (hideNames === true && format !== 'zip')
    throw new UsageError(
      `--hide-names is for --format zip; ${format === 'html' ? 'a page' : format} hides them anyway.`,
      'Leave it out.',
    );
  return { paths, name, note, engine, format, hideNames, lock: await lockOf(options, job) };
}

async function lockOf(options: LockOptions, job: Job): Promise<SendRequest['lock']> {
  const { recipient: recipients, words } = options;
  const given = await readGivenPassphrase(options, job.signal);
  const ways = [
    recipients !== undefined,
    words !== undefined,
    given !== undefined,
    options.passphrase === true,
  ];
  if (ways.filter(Boolean).length > 1)
    throw new UsageError(
      '-r, --words and a passphrase of your own cannot go together.',
      'Use one of them.',
    );
  if (recipients !== undefined) return { kind: 'keys', recipients };
  if (given !== undefined) return { kind: 'own', passphrase: given };
  if (options.passphrase === true) return { kind: 'own', passphrase: await askTwice(job) };
  return { kind: 'generate', words };
}

async function askTwice({ signal }: Job): Promise<string> {
  if (!canAsk())
    throw new UsageError(
      'There is no terminal to ask for the passphrase on.',
      'Use --passphrase-file or --passphrase-stdin.',
    );
  const first = await askSecret('Passphrase: ', signal);
  if ((await askSecret('The same again: ', signal)) !== first)
    throw new UsageError('The two passphrases differ.', 'Run the command again.');
  return first;
}
