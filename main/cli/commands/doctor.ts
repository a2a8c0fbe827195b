import { Command } from 'commander';
import type { EngineReport } from '../../../app/app.ts';
import { perform } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatCount, formatTable, printable } from '../format.ts';
import {
  placeOf,
  withCommonOptions,
  withS3Options,
  type CommonOptions,
  type S3Options,
} from '../options.ts';

const STATES: Record<EngineReport['state'], string> = {
  good: 'good: the known answer came out',
  absent: 'not available here',
  wrong: 'WRONG: the known answer did not come out; do not use it',
};

/**
 * Makes the command `doctor`.
 *
 * @param done - takes the exit code
 */
export function doctorCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('doctor')
    .summary('check this installation, and a destination')
    .description(
      'Checks the implementations of the cipher and, when a place is named, whether it can be reached and listed.',
    )
    .argument('[url]', 's3://bucket/prefix/, or a folder')
    .addHelpText(
      'after',
      '\nExamples:\n  signet doctor\n  signet doctor s3://applications/home/ana/',
    );
  return withCommonOptions(withS3Options(command)).action(
    async (url: string | undefined, options: CommonOptions & S3Options) => {
      done(
        await perform(options, async ({ app, job }) => {
          const engines = await app.checkEngines();
          const preferred = engines.find(({ state }) => state === 'good')?.name ?? 'none';
          const items =
            url === undefined ? undefined : await app.listInbox(placeOf(url, options), job);
          const rows = [
            ['Node.js', process.version],
            ...engines.map(({ name, state }) => [`Cipher: ${name}`, STATES[state]]),
            ['In use', preferred],
          ];
          if (url !== undefined && items !== undefined)
            rows.push([
              printable(url),
              `can be listed; holds ${formatCount(items.length, 'bundle')}`,
            ]);
          return {
            json: {
              node: process.version,
              engines,
              preferred,
              ...(items === undefined ? {} : { place: { url, listed: items.length } }),
            },
            text: formatTable(rows),
          };
        }),
      );
    },
  );
}
