import { Command } from 'commander';
import type { SendReceipt } from '../../../app/app.ts';
import { perform, type Answer } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatTable } from '../format.ts';
import { placeOf, withS3Options, type S3Options } from '../options.ts';
import {
  documentsText,
  passphraseAside,
  passphraseJson,
  receiptJson,
  receiptRows,
} from '../receipt-text.ts';
import { UsageError } from '../usage-error.ts';
import { requestOf, withLockOptions, type LockOptions } from './lock-options.ts';

interface SealOptions extends LockOptions {
  readonly output?: string;
  readonly outDir?: string;
}

interface SendOptions extends LockOptions, S3Options {
  readonly to: string;
}

/**
 * Makes the command `seal`.
 *
 * @param done - takes the exit code
 */
export function sealCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('seal')
    .summary('make one encrypted bundle of documents')
    .description(
      'Makes one encrypted bundle of files and folders: age around a tar, or what the recipient can open (see `signet advise`). Without -r or a passphrase of your own, Signet makes a passphrase and shows it once: tell it to the recipient another way than the bundle goes.',
    )
    .argument('<document...>', 'files and folders')
    .option('-o, --output <file>', 'the bundle to write')
    .option('--out-dir <folder>', 'the folder to write it to (default: this one)');
  withLockOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  signet seal passport.jpg degree.pdf
  signet seal ~/application --out-dir ~/Desktop --name application
  signet seal ~/application --format zip       for 7-Zip, Keka or WinZip
  signet seal ~/application --format html      for a browser alone
  signet seal passport.jpg -r age1…            to a key, without a passphrase
  signet seal passport.jpg --passphrase-file ~/secret.txt --json`,
    )
    .action(async (documents: string[], options: SealOptions) => {
      done(await seal(documents, options));
    });
  return command;
}

/**
 * Makes the command `send`.
 *
 * @param done - takes the exit code
 */
export function sendCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('send')
    .summary('seal documents and put the bundle into S3 or a folder')
    .description(
      'Seals documents like `seal` and streams the bundle straight to where it goes. Nothing is ever overwritten, and what arrived is verified without the right to read it. Credentials are found as the AWS tools find them: environment, profile, SSO, roles.',
    )
    .argument('<document...>', 'files and folders')
    .requiredOption('--to <url>', 's3://bucket/prefix/, or a folder');
  withS3Options(withLockOptions(command))
    .addHelpText(
      'after',
      `
Examples:
  signet send passport.jpg --to s3://applications/home/ana/
  signet send ~/application --to s3://inbox/ --endpoint https://s3.example.org
  signet send passport.jpg --to /mnt/shared/inbox`,
    )
    .action(async (documents: string[], options: SendOptions) => {
      done(await sendTo(documents, options));
    });
  return command;
}

function seal(documents: readonly string[], options: SealOptions): Promise<ExitCode> {
  return perform(options, async ({ app, job }) => {
    const { output, outDir } = options;
    if (output !== undefined && (outDir !== undefined || options.name !== undefined))
      throw new UsageError(
        '-o cannot go together with --out-dir or --name.',
        'Use -o for the whole path, or the other two for its parts.',
      );
    const request = await requestOf(documents, options, job);
    const to = output === undefined ? { directory: outDir ?? '.' } : { path: output };
    return answer('Sealed', await app.seal(request, to, job), {});
  });
}

function sendTo(documents: readonly string[], options: SendOptions): Promise<ExitCode> {
  return perform(options, async ({ app, job }) => {
    const request = await requestOf(documents, options, job);
    const receipt = await app.send(request, placeOf(options.to, options), job);
    const { location, verifiedBy } = receipt;
    return answer('Sealed and sent', receipt, { location, verifiedBy });
  });
}

function answer(did: string, receipt: SendReceipt, more: object): Answer {
  return {
    json: {
      bundle: receipt.location,
      ...receiptJson(receipt),
      ...more,
      ...passphraseJson(receipt),
    },
    text: [`${did} ${documentsText(receipt)}.`, '', formatTable(receiptRows(receipt))].join('\n'),
    ...passphraseAside(receipt),
  };
}
