import { Command } from 'commander';
import { createApp } from '../../../app/app.ts';
import { perform, type Answer } from '../console.ts';
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
    done(await perform(options, () => (options.check === true ? check(options) : make(options))));
  });
}

async function make({ words }: Options): Promise<Answer> {
  const { passphrase, bits } = await createApp().generatePassphrase(words);
  return {
    json: { passphrase, bits },
    text: passphrase,
    aside: `${bits.toFixed(1)} bits.`,
  };
}

async function check(options: Options): Promise<Answer> {
  const given = await readGivenPassphrase(options);
  if (given === undefined && !canAsk())
    throw new UsageError(
      '--check asks on a terminal; use --passphrase-file or --passphrase-stdin.',
    );
  const { bits, enough, floor } = await createApp().measurePassphrase(
    given ?? (await askSecret('Passphrase: ')),
  );
  const verdict = enough ? 'Strong enough' : 'Too weak';
  return {
    json: { bits, enough, floor },
    text: `${verdict}: about ${bits.toFixed(0)} bits; Signet asks for ${String(floor)}.`,
  };
}
