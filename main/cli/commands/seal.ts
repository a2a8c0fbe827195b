import { Command, Option } from 'commander';
import type { SendReceipt, SendRequest } from '../../../app/app.ts';
import { FORMATS, type FormatId } from '../../../app/contract/formats.ts';
import type { Job } from '../../../app/contract/job.ts';
import type { Evidence } from '../../../app/contract/records.ts';
import { bold, perform, prose, type Answer } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatCount, formatSize, formatTable, printable } from '../format.ts';
import {
  collect,
  placeOf,
  wholeNumber,
  withCommonOptions,
  withEngineOption,
  withS3Options,
  type CommonOptions,
  type EngineOptions,
  type S3Options,
} from '../options.ts';
import { askSecret, canAsk, readGivenPassphrase, type PassphraseOptions } from '../secrets.ts';
import { UsageError } from '../usage-error.ts';

interface LockOptions extends CommonOptions, EngineOptions, PassphraseOptions {
  readonly name?: string;
  readonly recipient?: readonly string[];
  readonly words?: number;
  readonly passphrase?: boolean;
  readonly note?: string;
  readonly format: FormatId;
  readonly hideNames?: boolean;
}

interface SealOptions extends LockOptions {
  readonly output?: string;
  readonly outDir?: string;
}

interface SendOptions extends LockOptions, S3Options {
  readonly to: string;
}

const EVIDENCE: Record<Evidence, string> = {
  'checksum-sha256': "the server's SHA-256",
  'etag-md5': "the server's MD5 (ETag)",
  'parts-md5': 'the MD5 of each part on the server',
  'listed-size': 'the size on the server',
  'flushed-to-disk': 'the size on disk, after flushing',
};

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

function withLockOptions(command: Command): Command {
  command
    .addOption(
      new Option('--format <format>', 'the kind of bundle').choices(FORMATS).default('age'),
    )
    .option('--hide-names', "of a ZIP: hide the documents' names, by a ZIP inside the ZIP")
    .option('--name <name>', 'the name of the bundle (default: one that tells nothing)')
    .option('-r, --recipient <age1…>', 'seal to a key; may be given several times', collect)
    .option(
      '--words <n>',
      'words in the passphrase that Signet makes, 5 to 12; 8 or more for a ZIP',
      wholeNumber,
    )
    .option('--passphrase', 'ask for a passphrase of your own')
    .option('--passphrase-file <file>', 'read a passphrase of your own from a file')
    .option('--passphrase-stdin', 'read a passphrase of your own from standard input')
    .option('--note <text>', 'a note to the recipient, sealed with the documents');
  return withCommonOptions(withEngineOption(command));
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

async function requestOf(
  paths: readonly string[],
  options: LockOptions,
  job: Job,
): Promise<SendRequest> {
  const { name, note, engine, format, hideNames } = options;
  if (hideNames === true && format !== 'zip')
    throw new UsageError(
      `--hide-names is for --format zip; ${format === 'html' ? 'a page' : format} hides them anyway.`,
      'Leave it out.',
    );
  return { paths, name, note, engine, format, hideNames, lock: await lockOf(options, job) };
}

async function lockOf(options: LockOptions, job: Job): Promise<SendRequest['lock']> {
  const { recipient: recipients, words } = options;
  const given = await readGivenPassphrase(options);
  const ways = [
    recipients !== undefined,
    words !== undefined,
    given !== undefined,
    options.passphrase === true,
  ];
  if (ways.filter(Boolean).length > 1)
    throw new UsageError(
      '-r, --words and a passphrase of your own cannot go together.',
      'Use one of them.',
    );
  if (recipients !== undefined) return { kind: 'keys', recipients };
  if (given !== undefined) return { kind: 'own', passphrase: given };
  if (options.passphrase === true) return { kind: 'own', passphrase: await askTwice(job) };
  return { kind: 'generate', words };
}

async function askTwice({ signal }: Job): Promise<string> {
  if (!canAsk())
    throw new UsageError(
      'There is no terminal to ask for the passphrase on.',
      'Use --passphrase-file or --passphrase-stdin.',
    );
  const first = await askSecret('Passphrase: ', signal);
  if ((await askSecret('The same again: ', signal)) !== first)
    throw new UsageError('The two passphrases differ.', 'Run the command again.');
  return first;
}

function answer(did: string, receipt: SendReceipt, more: object): Answer {
  const { format, location, bytes, sha256, documents, leftOut, generated, verifiedBy } = receipt;
  const total = documents.reduce((sum, document) => sum + document.bytes, 0);
  const text = [
    `${did} ${formatCount(documents.length, 'document')} (${formatSize(total)}).`,
    '',
    formatTable([
      ['  Bundle', location],
      ['  Size', `${formatSize(bytes)} (${bytes.toLocaleString('en')} bytes)`],
      ['  SHA-256', sha256],
      ['  Re-opened', 'every document came out as it went in'],
      ['  Checked by', verifiedBy.map((evidence) => EVIDENCE[evidence]).join(', ')],
      ...leftOut.map((name) => ['  Left out', `${name} (the operating system's)`]),
    ]),
  ].join('\n');
  return {
    json: {
      bundle: location,
      format,
      bytes,
      sha256,
      documents,
      ...(leftOut.length === 0 ? {} : { leftOut }),
      ...more,
      ...(generated === undefined ? {} : { passphrase: generated.passphrase }),
    },
    text,
    ...(generated === undefined ? {} : { aside: secretText(generated) }),
  };
}

function secretText({ passphrase, bits }: NonNullable<SendReceipt['generated']>): string {
  return [
    '',
    prose(
      'The passphrase. Do not send it with the bundle: tell it another way, by phone or in person.',
      process.stderr,
    ),
    '',
    // In one piece, so that it can be selected with one gesture.
    `    ${bold(printable(passphrase))}`,
    '',
    prose(
      `It is kept nowhere: note it before you close this window. Strength: ${bits.toFixed(1)} bits.`,
      process.stderr,
    ),
  ].join('\n');
}
