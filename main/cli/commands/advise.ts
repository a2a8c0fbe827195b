import { Command, Option } from 'commander';
import type { App } from '../../../app/app.ts';
import type {
  Advice,
  AdviceQuestion,
  AdviceRoute,
  MailService,
  RecipientHas,
} from '../../../app/contract/advice.ts';
import type { Job } from '../../../app/contract/job.ts';
import { adviceSections, type Section } from '../advice-text.ts';
import { perform, prose, type Answer } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { mailOption } from '../mail-size.ts';
import { measureDocuments, type Measure } from '../measure.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';
import { shellLine } from '../shell.ts';
import { sizeArgument } from '../size.ts';
import { UsageError } from '../usage-error.ts';

interface Options extends CommonOptions {
  readonly recipient: RecipientHas;
  readonly by?: AdviceRoute;
  readonly mail?: MailService;
  readonly size?: number;
  readonly hideNames?: boolean;
  readonly sources?: boolean;
}

/** How much is to be sealed, as far as that is known. */
interface Amount extends Measure {
  readonly known: boolean;
}

/**
 * Makes the command `advise`.
 *
 * @param done - takes the exit code
 */
export function adviseCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('advise')
    .summary('say which format the recipient can open')
    .description(
      'Says which kind of bundle to make for a recipient, why, and what to watch for on the way. Documents that are named are only measured.',
    )
    .argument('[document...]', 'files and folders that are to be sealed')
    .addOption(
      new Option(
        '--recipient <has>',
        'what the recipient has: 7-Zip, Keka and WinZip are archivers',
      )
        .choices(['signet', 'archiver', 'browser', 'unknown'])
        .default('unknown'),
    )
    .addOption(
      new Option('--by <way>', 'how the bundle gets there (default: "email")').choices([
        'email',
        's3',
        'folder',
      ]),
    )
    .addOption(mailOption())
    .option('--size <size>', 'size of the documents, such as 30MB', sizeArgument)
    .option('--hide-names', 'nobody on the way may read the names of the documents')
    .option('--sources', 'say where the knowledge comes from')
    .addHelpText(
      'after',
      `
Examples:
  signet advise passport.jpg degree.pdf --recipient archiver --mail gmail
  signet advise --recipient browser --by s3 --size 30MB
  signet advise --sources`,
    );
  return withCommonOptions(command).action(async (paths: string[], options: Options) => {
    done(await perform(options, ({ app, job }) => advise(paths, options, app, job)));
  });
}

async function advise(
  paths: readonly string[],
  options: Options,
  app: App,
  job: Job,
): Promise<Answer> {
  const { recipient, mail, by: route = 'email', sources = false, hideNames = false } = options;
  if (mail !== undefined && route !== 'email')
    throw new UsageError('--mail goes only with --by email.', 'Leave one of them out.');
  if (options.size !== undefined && paths.length > 0)
    throw new UsageError(
      '--size cannot go together with documents.',
      'The documents are measured: leave --size out.',
    );
  const amount = await amountOf(paths, options.size, app, job);
  const { bytes, documents } = amount;
  const service = mail ?? 'unknown';
  const question: AdviceQuestion = {
    has: recipient,
    route,
    ...(route === 'email' ? { mailService: service } : {}),
    bytes,
    documents,
    hideNames,
  };
  const advice = app.advise(question);
  const command = commandFor(advice, paths, hideNames);
  const { sources: found, ...said } = advice;
  return {
    json: {
      question: amount.known ? question : { ...question, bytes: null, documents: null },
      ...said,
      command,
      ...(sources ? { sources: found } : {}),
    },
    text: adviceSections(advice, {
      route,
      service,
      sized: amount.known,
      command: shellLine(command),
      withSources: sources,
    })
      .map(printed)
      .join('\n\n'),
  };
}

async function amountOf(
  paths: readonly string[],
  size: number | undefined,
  app: App,
  job: Job,
): Promise<Amount> {
  if (paths.length === 0) return { bytes: size ?? 0, documents: 1, known: size !== undefined };
  return { ...(await measureDocuments(paths, app, job)), known: true };
}

/** The command that makes what was advised. */
function commandFor(
  { format, notices }: Advice,
  paths: readonly string[],
  hideNames: boolean,
): string[] {
  const words = notices.flatMap((notice) =>
    notice.code === 'weak-derivation' ? ['--words', String(notice.data.words)] : [],
  );
  return [
    'signet',
    'seal',
    '--format',
    format,
    ...(format === 'zip' && hideNames ? ['--hide-names'] : []),
    ...words,
    ...(paths.some((path) => path.startsWith('-')) ? ['--'] : []),
    ...(paths.length === 0 ? ['DOCUMENT'] : paths),
  ];
}

function printed({ heading, paragraphs, verbatim = false }: Section): string {
  const indented = paragraphs.map((paragraph) => {
    if (verbatim) return `  ${paragraph}`;
    const point = paragraph.startsWith('- ');
    const text = prose(
      point ? paragraph.slice(2) : paragraph,
      process.stdout,
      point ? '    ' : '  ',
    );
    return point ? text.replace('    ', '  - ') : text;
  });
  return [heading, ...indented].join('\n');
}
