import { Command } from 'commander';
import type { OutboxMessage } from '../../../app/app.ts';
import { AppError } from '../../../app/contract/errors.ts';
import { perform, type Answer, type Desk } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatCount, printable } from '../format.ts';
import { mailedText, outboxText, waitingText } from '../mail-text.ts';
import { outboxFolder, outcomeOf } from '../mailing.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';
import { serverOf, signOn, withSmtpOptions, type SmtpOptions } from '../smtp.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Makes the command `outbox` with its subcommands.
 *
 * @param done - takes the exit code
 */
export function outboxCommand(done: (code: ExitCode) => void): Command {
  return new Command('outbox')
    .summary('see, send and delete emails that could not be sent')
    .description(
      'Shows, sends again and deletes emails that no server has accepted yet. The app and `signet email` have one outbox together.',
    )
    .addCommand(listCommand(done))
    .addCommand(sendCommand(done))
    .addCommand(deleteCommand(done))
    .addHelpText(
      'after',
      `
Examples:
  signet outbox list
  signet outbox send 0b7c…  --smtp smtps://ana@example.net@smtp.example.net
  signet outbox delete 0b7c…`,
    );
}

function listCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('list')
    .summary('list the emails that wait, oldest first')
    .description('Lists the emails that wait, oldest first, with what came of the last attempt.')
    .addHelpText('after', '\nExamples:\n  signet outbox list\n  signet outbox list --json');
  return withCommonOptions(command).action(async (options: CommonOptions) => {
    done(
      await perform(options, async ({ app }) => {
        const messages = await app.listOutbox(outboxFolder());
        return { json: { messages }, text: outboxText(messages, new Date()) };
      }),
    );
  });
}

function sendCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('send')
    .summary('send emails that wait')
    .description(
      'Sends emails that wait to those whom the server has not accepted yet. What is accepted leaves the outbox.',
    )
    .argument('<id...>', 'of the emails, as `outbox list` shows them');
  withSmtpOptions(
    command,
    'smtps://USER@HOST for TLS (port 465), smtp://USER@HOST for STARTTLS (587)',
  ).addHelpText(
    'after',
    `
Examples:
  signet outbox send 0b7c…  --smtp smtps://ana@example.net@smtp.example.net
  signet outbox send 0b7c… 51d2… --smtp smtp://ana@smtp.example.net \\
    --smtp-password-file ~/mail.txt`,
  );
  return withCommonOptions(command).action(
    async (ids: string[], options: SmtpOptions & CommonOptions) => {
      done(await perform(options, (desk) => send(ids, options, desk)));
    },
  );
}

async function send(ids: readonly string[], options: SmtpOptions, desk: Desk): Promise<Answer> {
  const { app, job } = desk;
  const server = serverOf(options);
  if (server === undefined)
    throw new UsageError(
      'The mail server is missing.',
      'Use --smtp smtps://USER@HOST (TLS) or --smtp smtp://USER@HOST (STARTTLS).',
    );
  const outbox = outboxFolder();
  const stored = find(await app.listOutbox(outbox), ids);
  const login = await signOn(server, stored[0]?.from ?? '', options, desk);
  const sent = await app.sendMessages(stored, login, outbox, job);
  const { messages, error } = outcomeOf(sent, login.host);
  const what = formatCount(messages.length, 'message');
  return {
    json: { server: login.host, messages },
    text: [
      error === undefined
        ? `Sent ${what} through ${printable(login.host)}.`
        : 'Not everything was sent.',
      '',
      mailedText(messages),
      ...waitingText(messages),
    ].join('\n'),
    error,
  };
}

function deleteCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('delete')
    .summary('delete emails that wait')
    .description('Deletes emails that wait, without asking. They cannot be sent any more.')
    .argument('<id...>', 'of the emails, as `outbox list` shows them')
    .addHelpText('after', '\nExample:\n  signet outbox delete 0b7c…');
  return withCommonOptions(command).action(async (ids: string[], options: CommonOptions) => {
    done(
      await perform(options, async ({ app }) => {
        const outbox = outboxFolder();
        const messages = find(await app.listOutbox(outbox), ids);
        for (const { id } of messages) await app.deleteMessage(outbox, id);
        const deleted = messages.map(({ id }) => id);
        const lines = messages.map(({ id, name }) => `  ${id}  ${printable(name)}`);
        return {
          json: { deleted },
          text: [`Deleted ${formatCount(deleted.length, 'message')}:`, ...lines].join('\n'),
        };
      }),
    );
  });
}

/** All of them, each once, before anything is done with one. */
function find(waiting: readonly OutboxMessage[], ids: readonly string[]): OutboxMessage[] {
  return [...new Set(ids)].map((id) => {
    const message = waiting.find((each) => each.id === id);
    if (message === undefined) throw new AppError('reference-unknown', { kind: 'message' });
    return message;
  });
}
