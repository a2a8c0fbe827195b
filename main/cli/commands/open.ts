import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { App, OpenedBundle, OpenRequest } from '../../../app/app.ts';
import { isAppError } from '../../../app/contract/errors.ts';
import type { OpenWarning } from '../../../app/contract/formats.ts';
import type { ConflictPolicy } from '../../../app/contract/records.ts';
import { perform, prose, type Answer, type Desk } from '../console.ts';
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
import { sizeArgument } from '../size.ts';
import { askSecret, canAsk, readGivenPassphrase, type PassphraseOptions } from '../secrets.ts';
import { UsageError } from '../usage-error.ts';

interface OpenOptions extends CommonOptions, EngineOptions, PassphraseOptions {
  readonly dir?: string;
  readonly identity?: readonly string[];
  readonly list?: boolean;
  readonly onConflict: ConflictPolicy;
  readonly maxEntries?: number;
  readonly maxWorkFactor?: number;
  readonly maxSize?: number;
  readonly maxRatio?: number;
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
      'Opens a bundle of any kind: age files, ZIP and 7z archives, made by Signet or by other programs, self-opening pages, and bundles in volumes (name the first). Nothing gets its name before the whole bundle was found authentic and every document was compared with the SHA-256 that its sender recorded.',
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
    .option('--max-work-factor <n>', 'accept a costlier passphrase (default: 22)', wholeNumber)
    .option(
      '--max-size <size>',
      'accept more documents, in bytes or like 90GB (default: 64GiB)',
      sizeArgument,
    )
    .option('--max-ratio <n>', 'accept stronger compression (default: 200)', wholeNumber);
  return withCommonOptions(withEngineOption(command))
    .addHelpText(
      'after',
      `
Examples:
  signet open bundle-x7k2mq.tar.age -d ~/applicants/ana
  signet open bundle-x7k2mq.tar.age --list
  signet open bundle-x7k2mq.tar.age -d out -i ~/signet-identity.txt
  signet open bundle-x7k2mq.tar.age -d out --on-conflict keep
  signet open documents.zip -d out
  signet open bundle-x7k2mq.zip.001 -d out     in volumes

Without Signet:
  age -d bundle-x7k2mq.tar.age | tar xf - && sha256sum -c SHA256SUMS`,
    )
    .action(async (bundle: string, options: OpenOptions) => {
      done(await open(bundle, options));
    });
}

function open(bundle: string, options: OpenOptions): Promise<ExitCode> {
  return perform(options, async (desk) => {
    const { app, job } = desk;
    const { dir, list, onConflict, maxEntries, maxWorkFactor, engine } = options;
    const { maxSize: maxBytes, maxRatio } = options;
    if ((dir === undefined) === (list !== true))
      throw new UsageError(
        dir === undefined
          ? 'Neither -d FOLDER nor --list was given.'
          : '-d and --list cannot go together.',
        'Use -d FOLDER to restore the documents, or --list to see what there is.',
      );
    const request = {
      path: bundle,
      into: dir === undefined ? undefined : { directory: dir, onConflict },
      maxEntries,
      maxLogN: maxWorkFactor,
      limits: {
        ...(maxBytes === undefined ? {} : { maxBytes }),
        ...(maxRatio === undefined ? {} : { maxRatio }),
      },
      engine,
    };
    const identities = await identitiesOf(app, options.identity ?? []);
    const passphrase = await readGivenPassphrase(options, job.signal);
    const opened =
      identities.length > 0 || passphrase !== undefined
        ? await app.open({ ...request, identities, passphrase }, job)
        : await ask(request, desk);
    return answer(opened, dir);
  });
}

async function identitiesOf(app: App, paths: readonly string[]): Promise<string[]> {
  const pairs = await Promise.all(paths.map((path) => app.readIdentities(path)));
  return pairs.flat().map(({ identity }) => identity);
}

/** Asks for the passphrase, helps with words that are not on the list, and asks again a few times. */
async function ask(request: OpenRequest, { app, job, clear }: Desk): Promise<OpenedBundle> {
  // Tried with nothing at first: that says what it takes, before a person is asked for what would be of no use.
  try {
    return await app.open(request, { signal: job.signal });
  } catch (error) {
    if (!isAppError(error, 'passphrase-needed')) throw error;
  }
  if (!canAsk())
    throw new UsageError(
      'There is no terminal to ask for the passphrase on.',
      'Use --passphrase-file or --passphrase-stdin.',
    );
  for (let left = ATTEMPTS; ; left -= 1) {
    const passphrase = await askSecret('Passphrase: ', job.signal);
    try {
      return await app.open({ ...request, passphrase }, job);
    } catch (error) {
      if (!isAppError(error, 'wrong-passphrase') || left === 1) throw error;
      clear();
      process.stderr.write(`That is not the passphrase.\n${await hints(app, passphrase)}`);
    }
  }
}

async function hints(app: App, typed: string): Promise<string> {
  const unknown = await app.unknownWords(typed);
  const words = typed.split(/[\s\p{Dash}]+/u).filter((word) => word !== '');
  // Mostly other words: a passphrase that somebody made up, which is not to be shown.
  if (unknown.length * 2 > words.length) return '';
  return unknown
    .filter(({ nearest }) => nearest.length > 0)
    .map(({ typed: word, nearest }) => {
      return `  '${printable(word)}' is not on the word list: ${nearest.join(', ')}?\n`;
    })
    .join('');
}

function answer(opened: OpenedBundle, directory: string | undefined): Answer {
  const { documents, note, sums, verified, openedBy, authenticated, warnings } = opened;
  const restored = documents.filter(({ placedAs }) => placedAs !== null);
  const total = restored.reduce((sum, document) => sum + document.bytes, 0);
  const what = `${formatCount(restored.length, 'document')} (${formatSize(total)})`;
  const head =
    directory === undefined
      ? `The bundle holds ${what}.`
      : `Restored ${what} to '${printable(resolve(directory))}'.`;
  const rows = documents.map(({ name, bytes, placedAs }) => [
    `  ${formatSize(bytes)}`,
    placedAs === null
      ? `${name} (skipped: already there)`
      : placedAs === undefined
        ? name
        : `${name} (saved as ${placedAs})`,
  ]);
  return {
    json: {
      documents,
      verified,
      sums,
      openedBy,
      authenticated,
      warnings,
      ...(note === undefined ? {} : { note }),
    },
    text: [
      head,
      ...(rows.length === 0 ? [] : ['', formatTable(rows, [0])]),
      ...(note === undefined ? [] : ['', 'Note from the sender:', quote(note)]),
      '',
      prose(verdict(opened), process.stdout),
      ...warnings.map((warning) => prose(WARNINGS[warning], process.stdout)),
    ].join('\n'),
  };
}

const SUMS: Record<OpenedBundle['sums'], string> = {
  matched: 'every document equals the SHA-256 that its sender recorded',
  partial:
    'the list of SHA-256 sums that its sender recorded does not name exactly the documents that are here; those of them that it names equal their sums',
  absent: 'its sender recorded no SHA-256 sums',
};

const WARNINGS: Record<OpenWarning, string> = {
  'not-encrypted':
    'Warning: nothing in it was encrypted. Whoever handled it on the way could read it.',
  'partly-encrypted':
    'Warning: some of its documents were not encrypted. Whoever handled it on the way could read those.',
  'legacy-encryption':
    'Warning: it was encrypted with ZipCrypto, which has been broken since 1994. Treat it as readable by anyone.',
};

/** What a bundle with a passphrase is where the sender's sums do not vouch for every document, by what its format protects. */
const UNVERIFIED: Record<OpenedBundle['authenticated'], string> = {
  bundle: 'Intact: nothing was changed on the way',
  contents:
    'What is in each document was not changed on the way (a ZIP protects neither their names nor their number)',
  nothing: 'Whole, as far as its own check values go',
};

/** What being intact proves depends on what opens a bundle: everybody may have somebody's public key. */
function verdict({ sums, verified, openedBy, authenticated, warnings }: OpenedBundle): string {
  if (openedBy === 'nothing' || warnings.length > 0)
    return `Whole, as far as its own check values go, and ${SUMS[sums]}. Whoever handled it could have changed it, check values and all.`;
  if (openedBy === 'passphrase') {
    const found = verified ? 'Verified: nothing was changed on the way' : UNVERIFIED[authenticated];
    return `${found}, and ${SUMS[sums]}.`;
  }
  return `${verified ? 'Verified' : 'Intact'}: the bundle is whole, and ${SUMS[sums]}. It does not say who sealed it: anyone who has your public key can.`;
}

function quote(note: string): string {
  return note
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => `  | ${printable(line)}`)
    .join('\n');
}
