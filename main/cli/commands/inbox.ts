import { Command } from 'commander';
import { perform } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatAge, formatCount, formatSize, formatTable, printable } from '../format.ts';
import {
  placeOf,
  withCommonOptions,
  withS3Options,
  type CommonOptions,
  type S3Options,
} from '../options.ts';

type InboxOptions = CommonOptions & S3Options;

/**
 * Makes the command `inbox` with its subcommands.
 *
 * @param done - takes the exit code
 */
export function inboxCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('inbox')
    .summary('see, fetch and delete bundles that were sent to you')
    .description('Shows, fetches and deletes bundles that were sent to you, in S3 or in a folder.');
  command
    .addCommand(listCommand(done))
    .addCommand(getCommand(done))
    .addCommand(deleteCommand(done))
    .addHelpText(
      'after',
      `
Examples:
  signet inbox list s3://jobs/home/
  signet inbox get s3://jobs/home/ana/bundle-x7k2mq.tar.age -d ~/Downloads
  signet inbox delete s3://jobs/home/ana/bundle-x7k2mq.tar.age`,
    );
  return command;
}

function listCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('list')
    .summary('list an inbox, newest first')
    .description('Lists the bundles in an inbox, newest first, with their age and size.')
    .argument('<url>', 's3://bucket/prefix/, or a folder')
    .addHelpText(
      'after',
      '\nExamples:\n  signet inbox list s3://jobs/home/\n  signet inbox list /mnt/shared/inbox --json',
    );
  return withCommonOptions(withS3Options(command)).action(
    async (url: string, options: InboxOptions) => {
      done(
        await perform(options, async ({ app, job }) => {
          const items = await app.listInbox(placeOf(url, options), job);
          const now = new Date();
          const rows = items.map(({ name, bytes, received }) => [
            localTime(received),
            formatAge(received, now),
            formatSize(bytes),
            name,
          ]);
          return {
            json: { items },
            text:
              rows.length === 0
                ? 'The inbox is empty.'
                : formatTable([['Received', 'Age', 'Size', 'Bundle'], ...rows], [1, 2]),
          };
        }),
      );
    },
  );
}

function getCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('get')
    .summary('fetch a bundle, still sealed')
    .description('Fetches a bundle as it is, still sealed. It stays in the inbox.')
    .argument('<url>', 'of the bundle')
    .requiredOption('-d, --dir <folder>', 'the folder to put it into')
    .option('--as <name>', 'the name of the file there; that of the bundle unless given')
    .addHelpText(
      'after',
      '\nExample:\n  signet inbox get s3://jobs/home/ana/bundle-x7k2mq.tar.age -d ~/Downloads',
    );
  return withCommonOptions(withS3Options(command)).action(
    async (url: string, options: InboxOptions & { readonly dir: string; readonly as?: string }) => {
      done(
        await perform(options, async ({ app, job }) => {
          const fetched = await app.fetch(placeOf(url, options), options.dir, job, options.as);
          const { location, bytes, sha256, verifiedBy } = fetched;
          return {
            json: { bundle: location, bytes, sha256, verifiedBy },
            text: [
              `Fetched the bundle (${formatSize(bytes)}).`,
              '',
              formatTable([
                ['  Bundle', location],
                ['  SHA-256', sha256],
              ]),
              '',
              `Open it with: signet open ${quoteForShell(location)} -d FOLDER`,
            ].join('\n'),
          };
        }),
      );
    },
  );
}

function deleteCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('delete')
    .summary('delete bundles from an inbox')
    .description('Deletes bundles from an inbox, without asking.')
    .argument('<url...>', 'of the bundles')
    .addHelpText(
      'after',
      '\nExample:\n  signet inbox delete s3://jobs/home/ana/bundle-x7k2mq.tar.age',
    );
  return withCommonOptions(withS3Options(command)).action(
    async (urls: string[], options: InboxOptions) => {
      done(
        await perform(options, async ({ app, job }) => {
          const deleted: string[] = [];
          try {
            for (const url of urls) {
              await app.deleteFromInbox(placeOf(url, options), job);
              deleted.push(url);
            }
          } catch (error) {
            // They are gone all the same, and the error speaks of another one.
            if (deleted.length > 0) process.stderr.write(`${deletedText(deleted)}\n`);
            throw error;
          }
          return { json: { deleted }, text: deletedText(deleted) };
        }),
      );
    },
  );
}

function deletedText(urls: readonly string[]): string {
  const lines = urls.map((url) => `  ${printable(url)}`);
  return [`Deleted ${formatCount(urls.length, 'bundle')}:`, ...lines].join('\n');
}

function localTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function quoteForShell(path: string): string {
  const safe = printable(path);
  return /^[\w./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}
