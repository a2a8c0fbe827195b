import { Command, CommanderError } from 'commander';
import { reportError } from './console.ts';
import { doctorCommand } from './commands/doctor.ts';
import { inboxCommand } from './commands/inbox.ts';
import { inspectCommand } from './commands/inspect.ts';
import { keyCommand } from './commands/key.ts';
import { openCommand } from './commands/open.ts';
import { passphraseCommand } from './commands/passphrase.ts';
import { sealCommand, sendCommand } from './commands/seal.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/**
 * Runs the command line.
 *
 * @param args - without the program itself
 * @param version - to print for `--version`
 * @returns the exit code
 */
export async function run(args: readonly string[], version: string): Promise<ExitCode> {
  // A reader that has seen enough, such as `head`, is no reason to complain.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  let exitCode: ExitCode = EXIT.done;
  const done = (code: ExitCode): void => {
    exitCode = code;
  };
  const program = new Command('signet')
    .description(
      'Signet seals documents into one encrypted bundle, sends it, and gives you a passphrase to tell another way.',
    )
    .version(version, '-V, --version')
    .addCommand(sealCommand(done))
    .addCommand(sendCommand(done))
    .addCommand(openCommand(done))
    .addCommand(inspectCommand(done))
    .addCommand(inboxCommand(done))
    .addCommand(keyCommand(done))
    .addCommand(passphraseCommand(done))
    .addCommand(doctorCommand(done))
    .addHelpText(
      'after',
      `
Examples:
  signet seal passport.jpg degree.pdf               a bundle here, and a passphrase
  signet send passport.jpg --to s3://bucket/me/     the same, straight into S3
  signet open bundle-x7k2mq.tar.age -d documents    for the recipient

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 wrong passphrase or key, 4 damaged bundle, 5 refused by the destination,
6 cancelled.`,
    );
  takeErrors(program, args.includes('--json'));
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return reportError(error, { json: args.includes('--json') });
  }
  return exitCode;
}

/** Makes the parser throw instead of ending the process, and keeps standard output clean for `--json`. */
function takeErrors(command: Command, json: boolean): void {
  command.exitOverride();
  command.showHelpAfterError('(try --help)');
  if (json)
    command.configureOutput({
      outputError: (text) => {
        process.stdout.write(
          `${JSON.stringify({ error: { code: 'usage', title: text.trim() } })}\n`,
        );
      },
    });
  for (const child of command.commands) takeErrors(child, json);
}
