import { Command } from 'commander';
import { perform, prose } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printable } from '../format.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

const KEEP_IT =
  'Keep it, and a copy of it: without it nothing that was sealed to this key can be opened.';

/**
 * Makes the command `key` with its subcommands.
 *
 * @param done - takes the exit code
 */
export function keyCommand(done: (code: ExitCode) => void): Command {
  const create = new Command('new')
    .summary('make a key pair')
    .description(
      'Makes a key pair. The secret half goes into a file that only you can read, in the form of age-keygen; the public half is printed and may be given to anyone who sends you bundles.',
    )
    .requiredOption('-o, --output <file>', 'the identity file to write')
    .option(
      '--post-quantum',
      'a hybrid key that also withstands quantum computers (age 1.3 and later)',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  signet key new -o ~/signet-identity.txt\n  signet key new -o ~/signet-identity-pq.txt --post-quantum',
    );
  withCommonOptions(create).action(
    async (
      options: CommonOptions & { readonly output: string; readonly postQuantum?: boolean },
    ) => {
      done(
        await perform(options, async ({ app }) => {
          const kind = options.postQuantum === true ? 'hybrid' : 'x25519';
          const { path, recipient } = await app.createKey(kind, options.output);
          return {
            json: { identityFile: path, recipient },
            text: recipient,
            aside: `The secret half is in ${printable(path)}.\n${prose(KEEP_IT, process.stderr)}`,
          };
        }),
      );
    },
  );
  const show = new Command('public')
    .summary('print the public half of a key')
    .description('Prints the public half of each key in an identity file.')
    .argument('<file>', 'the identity file')
    .addHelpText('after', '\nExample:\n  signet key public ~/signet-identity.txt');
  withCommonOptions(show).action(async (path: string, options: CommonOptions) => {
    done(
      await perform(options, async ({ app }) => {
        const recipients = (await app.readIdentities(path)).map(({ recipient }) => recipient);
        return { json: { recipients }, text: recipients.join('\n') };
      }),
    );
  });
  return new Command('key')
    .summary('make and show keys, for bundles without a passphrase')
    .description(
      'Makes and shows keys. A bundle that was sealed to a key is opened by its secret half, without a passphrase.',
    )
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
