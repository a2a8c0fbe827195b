import { Command } from 'commander';
import { perform } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatTable } from '../format.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';
import { summaryRows } from '../summary-text.ts';

/**
 * Makes the command `inspect`.
 *
 * @param done - takes the exit code
 */
export function inspectCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('inspect')
    .summary('say what a bundle is, without opening it')
    .description(
      'Says what a bundle is, what opens it, whether its names show and how well it is locked. Needs no passphrase and no key.',
    )
    .argument('<bundle>', 'the bundle')
    .addHelpText('after', '\nExample:\n  signet inspect bundle-x7k2mq.tar.age');
  return withCommonOptions(command).action(async (bundle: string, options: CommonOptions) => {
    done(
      await perform(options, async ({ app, job }) => {
        const summary = await app.inspect(bundle, {
          signal: job.signal,
          // It is read for its SHA-256, not opened.
          onProgress: (moment) => job.onProgress?.({ ...moment, stage: 'verify' }),
        });
        const opensWith = app.opensWith(summary);
        const { age, derivation, ...said } = summary;
        return {
          json: {
            ...said,
            ...age,
            ...(derivation.kind === 'scrypt' ? { logN: derivation.logN } : {}),
            derivation,
            opensWith,
          },
          text: formatTable(summaryRows(summary, opensWith)),
        };
      }),
    );
  });
}
