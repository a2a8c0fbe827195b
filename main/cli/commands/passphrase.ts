import { Command } from 'commander';
import { perform, type Answer, type Desk } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { wholeNumber, withCommonOptions, type CommonOptions } from '../options.ts';
import { askSecret, canAsk, readGivenPassphrase, type PassphraseOptions } from '../secrets.ts';
import { UsageError } from '../usage-error.ts';

interface Options extends CommonOptions, PassphraseOptions {
  readonly words?: number;
  readonly check?: boolean;
}

/**
 * Makes the command `passphrase`.
 *
 * @param done - takes the exit code
 */
export function passphraseCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('passphrase')
    .summary('make a passphrase, or measure one')
    .description(
      "Makes a passphrase of random words from the EFF's large list. With --check it measures one of your own instead.",
    )
    .option('--words <n>', 'how many words, 5 to 12 (default: 7)', wholeNumber)
    .option('--check', 'measure a passphrase of your own')
    .option('--passphrase-file <file>', 'with --check: read it from a file')
    .option('--passphrase-stdin', 'with --check: read it from standard input')
    .addHelpText(
      'after',
      '\nExamples:\n  signet passphrase\n  signet passphrase --words 9\n  signet passphrase --check',
    );
  return withCommonOptions(command).action(async (options: Options) => {
    done(
      await perform(options, (desk) =>
        options.check === true ? check(options, desk) : make(options, desk),
      ),
    );
  });
}

async function make({ words }: Options, { app }: Desk): Promise<Answer> {
  const { passphrase, bits } = await app.generatePassphrase(words);
  return {
    json: { passphrase, bits },
    text: passphrase,
    aside: `Strength: ${bits.toFixed(1)} bits.`,
  };
}

async function check(options: Options, { app, job }: Desk): Promise<Answer> {
  const given = await readGivenPassphrase(options, job.signal);
  if (given === undefined && !canAsk())
    throw new UsageError(
      'There is no terminal to ask for the passphrase on.',
      'Use --passphrase-file or --passphrase-stdin.',
    );
  const { bits, enough, floor } = await app.measurePassphrase(
    given ?? (await askSecret('Passphrase: ', job.signal)),
  );
  const verdict = enough ? 'Strong enough' : 'Too weak';
  return {
    json: { bits, enough, floor },
    text: `${verdict}: about ${bits.toFixed(0)} bits; Signet asks for ${String(floor)}.`,
  };
}
