import { Command } from 'commander';
import { createApp } from '../../../app/app.ts';
import { perform } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printable } from '../format.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

/**
 * Makes the command `key` with its subcommands.
 *
 * @param done - takes the exit code
 */
export function keyCommand(done: (code: ExitCode) => void): Command {
  const create = new Command('new')
    .summary('make a key pair')
    .description(
      'Makes a key pair. The secret half goes into a file that only you can read, in the form of age-keygen; the public half is printed\nand may be given to anyone who sends you bundles.',
    )
    .requiredOption('-o, --output <file>', 'the identity file to write')
    .option(
      '--post-quantum',
      'a hybrid key that also withstands quantum computers (age 1.3 and later)',
    );
  withCommonOptions(create).action(
    async (
      options: CommonOptions & { readonly output: string; readonly postQuantum?: boolean },
    ) => {
      done(
        await perform(options, async () => {
          const kind = options.postQuantum === true ? 'hybrid' : 'x25519';
          const { path, recipient } = await createApp().createKey(kind, options.output);
          return {
            json: { identityFile: path, recipient },
            text: recipient,
            aside: `The secret half is in ${printable(path)}. Keep it, and a copy of it: without it nothing sealed to this key can be opened.`,
          };
        }),
      );
    },
  );
  const show = new Command('public')
    .summary('print the public half of a key')
    .argument('<file>', 'the identity file');
  withCommonOptions(show).action(async (path: string, options: CommonOptions) => {
    done(
      await perform(options, async () => {
        const recipients = (await createApp().readIdentities(path)).map(
          ({ recipient }) => recipient,
        );
        return { json: { recipients }, text: recipients.join('\n') };
      }),
    );
  });
  return new Command('key')
    .summary('make and show keys, for bundles without a passphrase')
    .addCommand(create)
    .addCommand(show)
    .addHelpText(
      'after',
      `
Examples:
  signet key new -o ~/signet-identity.txt
  signet key public ~/signet-identity.txt`,
    );
}
