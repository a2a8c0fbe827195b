import { Command, Option } from 'commander';
import { createApp, type App, type OpenedBundle } from '../../../app/app.ts';
import { isAppError } from '../../../app/contract/errors.ts';
import type { Job } from '../../../app/contract/job.ts';
import type { ConflictPolicy } from '../../../app/contract/records.ts';
import { perform, type Answer } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatCount, formatSize, formatTable, printable } from '../format.ts';
import {
  collect,
  wholeNumber,
  withCommonOptions,
  withEngineOption,
  type CommonOptions,
  type EngineOptions,
} from '../options.ts';
import { askSecret, canAsk, readGivenPassphrase, type PassphraseOptions } from '../secrets.ts';
import { UsageError } from '../usage-error.ts';

interface OpenOptions extends CommonOptions, EngineOptions, PassphraseOptions {
  readonly dir?: string;
  readonly identity?: readonly string[];
  readonly list?: boolean;
  readonly onConflict: ConflictPolicy;
  readonly maxEntries?: number;
  readonly maxWorkFactor?: number;
}

const ATTEMPTS = 3;

/**
 * Makes the command `open`.
 *
 * @param done - takes the exit code
 */
export function openCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('open')
    .summary('open a bundle and verify its documents')
    .description(
      'Opens a bundle, or any other age file. Nothing gets its name before the whole bundle was found authentic and every document was\ncompared with the SHA-256 that its sender recorded.',
    )
    .argument('<bundle>', 'the bundle')
    .option('-d, --dir <folder>', 'where the documents go; made if it does not exist')
    .option('-l, --list', 'verify and list the documents without writing any')
    .option('-i, --identity <file>', 'open with a key; may be given several times', collect)
    .option('--passphrase-file <file>', 'read the passphrase from a file')
    .option('--passphrase-stdin', 'read the passphrase from standard input')
    .addOption(
      new Option('--on-conflict <policy>', 'when a document is already there')
        .choices(['fail', 'keep', 'replace', 'skip'])
        .default('fail'),
    )
    .option('--max-entries <n>', 'accept a bundle with more files (default: 100000)', wholeNumber)
    .option('--max-work-factor <n>', 'accept a costlier passphrase (default: 22)', wholeNumber);
  return withCommonOptions(withEngineOption(command))
    .addHelpText(
      'after',
      `
Examples:
  signet open bundle-x7k2mq.tar.age -d ~/applicants/ana
  signet open bundle-x7k2mq.tar.age --list
  signet open bundle-x7k2mq.tar.age -d out -i ~/signet-identity.txt --on-conflict keep

Without Signet:  age -d bundle.tar.age | tar xf -  &&  sha256sum -c SHA256SUMS`,
    )
    .action(async (bundle: string, options: OpenOptions) => {
      done(await open(bundle, options));
    });
}

function open(bundle: string, options: OpenOptions): Promise<ExitCode> {
  return perform(options, async (job) => {
    const { dir, list, onConflict, maxEntries, maxWorkFactor, engine } = options;
    if ((dir === undefined) === (list !== true))
      throw new UsageError('Give -d FOLDER to restore the documents, or --list to see them.');
    const app = createApp();
    const request = {
      path: bundle,
      into: dir === undefined ? undefined : { directory: dir, onConflict },
      maxEntries,
      maxLogN: maxWorkFactor,
      engine,
    };
    const identities = await identitiesOf(app, options.identity ?? []);
    const passphrase = await readGivenPassphrase(options);
    const opened =
      identities.length > 0 || passphrase !== undefined
        ? await app.open({ ...request, identities, passphrase }, job)
        : await ask(app, bundle, (typed) => app.open({ ...request, passphrase: typed }, job), job);
    return answer(opened, dir);
  });
}

async function identitiesOf(app: App, paths: readonly string[]): Promise<string[]> {
  const pairs = await Promise.all(paths.map((path) => app.readIdentities(path)));
  return pairs.flat().map(({ identity }) => identity);
}

/** Asks for the passphrase, helps with words that are not on the list, and asks again a few times. */
async function ask(
  app: App,
  bundle: string,
  attempt: (passphrase: string) => Promise<OpenedBundle>,
  job: Job,
): Promise<OpenedBundle> {
  // Found out first whether it is a bundle at all, and whether a passphrase opens it.
  const { logN } = await app.inspect(bundle, { signal: job.signal });
  if (logN === undefined) return await attempt('');
  if (!canAsk())
    throw new UsageError(
      'There is no terminal to ask for the passphrase on; use --passphrase-file, --passphrase-stdin or -i.',
    );
  for (let left = ATTEMPTS; ; left -= 1) {
    const typed = await askSecret('Passphrase: ');
    try {
      return await attempt(typed);
    } catch (error) {
      if (!isAppError(error, 'wrong-passphrase') || left === 1) throw error;
      process.stderr.write(`\nThat is not the passphrase.\n${await hints(app, typed)}`);
    }
  }
}

async function hints(app: App, typed: string): Promise<string> {
  const unknown = await app.unknownWords(typed);
  return unknown
    .filter(({ nearest }) => nearest.length > 0)
    .map(({ typed: word, nearest }) => {
      return `  '${printable(word)}' is not on the word list: ${nearest.join(', ')}?\n`;
    })
    .join('');
}

function answer(opened: OpenedBundle, directory: string | undefined): Answer {
  const { documents, note, sums, verified } = opened;
  const total = documents.reduce((sum, document) => sum + document.bytes, 0);
  const did = directory === undefined ? 'holds' : 'restored';
  const where = directory === undefined ? '' : ` to ${printable(directory)}`;
  const head = `The bundle ${did === 'holds' ? 'holds' : 'was opened:'} ${formatCount(documents.length, 'document')}, ${formatSize(total)}${where}.`;
  const rows = documents.map(({ name, bytes, placedAs }) => [
    `  ${formatSize(bytes)}`,
    placedAs === null
      ? `${name} (skipped: already there)`
      : placedAs === undefined
        ? name
        : `${name} (saved as ${placedAs})`,
  ]);
  const verdict = {
    matched:
      'Verified: nothing was changed on the way, and every document equals the SHA-256 that its sender recorded.',
    partial:
      'Authentic: nothing was changed on the way. The sender recorded a SHA-256 of some of the documents; those are equal.',
    absent:
      'Authentic: nothing was changed on the way. The bundle carries no list of SHA-256 sums.',
  }[sums];
  return {
    json: { documents, verified, sums, ...(note === undefined ? {} : { note }) },
    text: [
      head,
      ...(rows.length === 0 ? [] : ['', formatTable(rows, [0])]),
      ...(note === undefined ? [] : ['', 'Note from the sender:', quote(note)]),
      '',
      verdict,
    ].join('\n'),
  };
}

function quote(note: string): string {
  return note
    .trimEnd()
    .split('\n')
    .map((line) => `  | ${printable(line)}`)
    .join('\n');
}
