import { existsSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { reportError, reportLostAnswer } from './console.ts';
import { adviseCommand } from './commands/advise.ts';
import { doctorCommand } from './commands/doctor.ts';
import { emailCommand } from './commands/email.ts';
import { inboxCommand } from './commands/inbox.ts';
import { inspectCommand } from './commands/inspect.ts';
import { keyCommand } from './commands/key.ts';
import { openCommand } from './commands/open.ts';
import { outboxCommand } from './commands/outbox.ts';
import { passphraseCommand } from './commands/passphrase.ts';
import { sealCommand, sendCommand } from './commands/seal.ts';
import { serveCommand } from './commands/serve.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';
import { proseWidth } from './width.ts';

/**
 * Runs the command line.
 *
 * @param args - without the program itself
 * @param version - to print for `--version`
 * @returns the exit code
 */
export async function run(args: readonly string[], version: string): Promise<ExitCode> {
  watchOutputs();
  let exitCode: ExitCode = EXIT.done;
  const done = (code: ExitCode): void => {
    exitCode = code;
  };
  const program = new Command('signet')
    .description(
      'Signet seals documents into one encrypted bundle, sends it, and gives you a passphrase to tell another way.',
    )
    .version(version, '-V, --version', 'show the version')
    .helpCommand('help [command]', 'show the help of a command')
    .addCommand(sealCommand(done))
    .addCommand(sendCommand(done))
    .addCommand(emailCommand(done))
    .addCommand(outboxCommand(done))
    .addCommand(adviseCommand(done))
    .addCommand(openCommand(done))
    .addCommand(inspectCommand(done))
    .addCommand(inboxCommand(done))
    .addCommand(keyCommand(done))
    .addCommand(passphraseCommand(done))
    .addCommand(serveCommand(done, version))
    .addCommand(doctorCommand(done))
    .addHelpText(
      'after',
      `
Examples:
  signet seal passport.jpg degree.pdf            a bundle and its passphrase
  signet send passport.jpg --to s3://bucket/me/  the same, straight into S3
  signet email passport.jpg                      a draft with it attached
  signet open bundle-x7k2mq.tar.age -d received  what the recipient does

Exit codes:
  0  done
  1  failed
  2  wrong usage
  3  wrong passphrase, or no matching key
  4  damaged, altered or incomplete bundle, or none at all
  5  refused by the destination
  6  cancelled`,
    );
  adopt(program, 'signet');
  try {
    refusePassphrase(args);
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return reportError(error, { json: args.includes('--json') });
  }
  return exitCode;
}

/** What stands behind `--passphrase` is a document, or else what would be repeated as the name of a missing one. */
function refusePassphrase(args: readonly string[]): void {
  const after = args[args.indexOf('--passphrase') + 1];
  if (!args.includes('--passphrase') || after === undefined) return;
  if (after.startsWith('-') || existsSync(after)) return;
  throw new UsageError(
    '--passphrase takes no value: Signet asks for it.',
    'Use another one if you typed yours after it: your shell may keep that.',
  );
}

function watchOutputs(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, is no reason to complain.
    if (error.code === 'EPIPE') return;
    reportLostAnswer();
    process.once('exit', () => {
      process.exitCode = EXIT.failed;
    });
  });
  // Where nobody can be told of a failure, the work goes on.
  process.stderr.on('error', () => undefined);
}

/** Makes a command throw our errors instead of printing its own and ending the process, and lays out its help. */
function adopt(command: Command, called: string): void {
  command
    .helpOption('-h, --help', 'show this help')
    .configureOutput({
      outputError: () => undefined,
      getOutHelpWidth: () => proseWidth(process.stdout),
      getErrHelpWidth: () => proseWidth(process.stderr),
    })
    .exitOverride((error) => {
      // The help, asked for or in place of a missing subcommand, was printed by then.
      if (error.exitCode === 0 || error.code === 'commander.help') throw error;
      throw new UsageError(sentence(error.message), `See '${called} --help'.`);
    });
  for (const child of command.commands) adopt(child, `${called} ${child.name()}`);
}

/** The parser's `error: unknown command 'opne'`, and its `(Did you mean open?)`, as sentences like ours. */
function sentence(message: string): string {
  const text = message
    .replace(/^error: /, '')
    // Somebody may have tried --passphrase=…
    .replace(/^(unknown option '[^'=]*)=.*'/s, "$1'")
    // What is one too many may be a passphrase.
    .replace(/( but got \d+): .*$/s, '$1')
    .replace(/\n\((.*\?)\)$/, '. $1');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?]$/.test(text) ? '' : '.'}`;
}
