import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import type { MailRequest } from '../../../app/app.ts';
import type { AdviceNotice } from '../../../app/contract/advice.ts';
import { isAppError } from '../../../app/contract/errors.ts';
import { claimStagingFolder, dataFolder } from '../../node/folders.ts';
import { perform, type Answer, type Desk } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatCount, formatTable, printable } from '../format.ts';
import { draftsText, mailedText, waitingText } from '../mail-text.ts';
import { mailOption } from '../mail-size.ts';
import { outboxFolder, outcomeOf } from '../mailing.ts';
import { collect } from '../options.ts';
import {
  documentsText,
  passphraseAside,
  passphraseJson,
  receiptJson,
  receiptRows,
} from '../receipt-text.ts';
import { sizeArgument } from '../size.ts';
import { serverOf, signOn, withSmtpOptions, type SmtpLogin } from '../smtp.ts';
import { UsageError } from '../usage-error.ts';
import { passphrasesOf, planOf, type EmailOptions, type EmailPlan } from './email-plan.ts';
import { withLockOptions } from './lock-options.ts';

/** Who sends it. */
interface Sender {
  readonly login: SmtpLogin;
  readonly from: string;
}

/**
 * Makes the command `email`.
 *
 * @param done - takes the exit code
 */
export function emailCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('email')
    .summary('seal documents and ready the email, or send it')
    .description(
      'Seals documents like `seal` and writes an email with the bundle attached, as a draft that your mail program opens. That needs neither a network nor an account. With --smtp, Signet sends it itself; what the server does not accept is kept in the outbox (see `signet outbox`). The passphrase is in no email: tell it another way.',
    )
    .argument('<document...>', 'files and folders')
    .option('--to <address>', 'who gets it; may be given several times', collect)
    .option('--out-dir <folder>', 'the folder for bundle and drafts (default: this one)')
    .addOption(
      new Option('--language <language>', 'of the email').choices(['en', 'de']).default('en'),
    )
    .option('--greeting <text>', 'your own words above the explanation')
    .option(
      '--limit <size>',
      'what one email may have, such as 10MB; more goes in parts (default: none)',
      sizeArgument,
    )
    .addOption(mailOption());
  withSmtpOptions(
    command,
    'send it: smtps://USER@HOST for TLS (port 465), smtp://USER@HOST for STARTTLS (587)',
  ).option('--from <address>', 'the sender, with --smtp (default: its user)');
  withLockOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  signet email passport.jpg degree.pdf --to jobs@example.org
  signet email ~/application --format zip --limit 10MB
  signet email ~/application --mail gmail --to ana@example.org
  signet email ~/application --language de --greeting "Guten Tag Frau Lee,"
  signet email passport.jpg --to jobs@example.org \\
    --smtp smtps://ana@example.net@smtp.example.net
  signet email passport.jpg --to jobs@example.org --from ana@example.net \\
    --smtp smtp://ana@smtp.example.net:587 --smtp-password-file ~/mail.txt`,
    )
    .action(async (documents: string[], options: EmailOptions) => {
      done(await perform(options, (desk) => email(documents, options, desk)));
    });
  return command;
}

async function email(
  documents: readonly string[],
  options: EmailOptions,
  desk: Desk,
): Promise<Answer> {
  const server = serverOf(options);
  if (server === undefined && options.from !== undefined)
    throw new UsageError(
      '--from goes only with --smtp.',
      'Leave it out: the mail program says who sends it.',
    );
  if (server !== undefined && options.to === undefined)
    throw new UsageError(
      '--smtp needs to know who gets it.',
      'Use --to ADDRESS, once for each of them.',
    );
  const plan = await planOf(documents, options, server === undefined, desk);
  if (server === undefined) return await asDrafts(plan, options, desk);
  const from = options.from ?? server.user;
  const login = await signOn(server, from, options, desk).catch((error: unknown) => {
    if (
      options.from === undefined &&
      isAppError(error, 'email-account-invalid') &&
      error.data.field === 'from'
    )
      throw new UsageError(
        `The user '${server.user}' is no email address.`,
        'Use --from ADDRESS to say who sends it.',
      );
    throw error;
  });
  return await throughServer(plan, { login, from }, options, desk);
}

async function asDrafts(
  { request, mail, notices }: EmailPlan,
  { outDir = '.' }: EmailOptions,
  { app, job }: Desk,
): Promise<Answer> {
  const receipt = await app.seal(request, { directory: outDir }, job);
  const { location } = receipt;
  const folder = dirname(location);
  const drafts = await orRemove(location, async () =>
    app.writeDrafts(
      { ...mail, path: location, passphrases: passphrasesOf(request, receipt) },
      folder,
      job,
    ),
  );
  const rows = drafts.map(({ path }): [string, string] => ['  Draft', path]);
  return {
    json: {
      bundle: location,
      ...receiptJson(receipt),
      drafts: drafts.map(({ attachment, ...draft }) => ({
        ...draft,
        attachment: join(folder, attachment),
      })),
      ...noticesJson(notices),
      ...passphraseJson(receipt),
    },
    text: [
      `Sealed ${documentsText(receipt)} and wrote ${formatCount(drafts.length, 'draft')}.`,
      '',
      formatTable([...receiptRows(receipt), ...rows]),
      '',
      draftsText(drafts),
    ].join('\n'),
    ...passphraseAside(receipt),
  };
}

async function throughServer(
  plan: EmailPlan,
  sender: Sender,
  { outDir }: EmailOptions,
  desk: Desk,
): Promise<Answer> {
  if (outDir !== undefined) return await sealAndSend(plan, sender, outDir, true, desk);
  // What is not asked for is not kept: the messages hold all of it.
  const staging = await claimStagingFolder(dataFolder());
  try {
    return await sealAndSend(plan, sender, staging.path, false, desk);
  } finally {
    staging.release();
  }
}

async function sealAndSend(
  { request, mail, notices }: EmailPlan,
  { login, from }: Sender,
  directory: string,
  keep: boolean,
  desk: Desk,
): Promise<Answer> {
  const { app, job } = desk;
  const receipt = await app.seal(request, { directory }, job);
  const { bundle, location } = receipt;
  const { messages, error } = await orRemove(location, () =>
    storeAndSend(
      { ...mail, path: location, passphrases: passphrasesOf(request, receipt) },
      { login, from },
      desk,
    ),
  );
  return {
    json: {
      name: bundle,
      ...(keep ? { bundle: location } : {}),
      ...receiptJson(receipt),
      server: login.host,
      messages,
      ...noticesJson(notices),
      ...passphraseJson(receipt),
    },
    text: [
      error === undefined
        ? `Sealed ${documentsText(receipt)} and sent them through ${printable(login.host)}.`
        : `Sealed ${documentsText(receipt)}. Not everything was sent.`,
      '',
      formatTable(receiptRows(receipt, keep ? location : `${bundle} (in the email alone)`)),
      '',
      mailedText(messages),
      ...waitingText(messages),
    ].join('\n'),
    ...passphraseAside(receipt),
    error,
  };
}

async function storeAndSend(
  mail: MailRequest,
  { login, from }: Sender,
  { app, job }: Desk,
): Promise<ReturnType<typeof outcomeOf>> {
  const outbox = outboxFolder();
  // Told of as one stage: writing the messages is nothing beside sending them.
  const stored = await app.storeMail(mail, { ...login, from }, outbox, { signal: job.signal });
  return outcomeOf(await app.sendMail(stored, login, outbox, job), login.host);
}

/** A bundle of which nothing came must not lie there: nobody has its passphrase. */
async function orRemove<T>(bundle: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await rm(bundle, { force: true }).catch(() => undefined);
    throw error;
  }
}

function noticesJson(notices: readonly AdviceNotice[]): object {
  return notices.length === 0 ? {} : { notices };
}
