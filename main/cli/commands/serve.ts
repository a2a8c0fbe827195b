import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { AppError, isAppError } from '../../../app/contract/errors.ts';
import type { WebHost, WebHostOptions } from '../../web/host.ts';
import { reportError } from '../console.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { wholeNumber } from '../options.ts';
import { UsageError } from '../usage-error.ts';

/** What was built of the screen, as seen from a checkout and from a build. */
const RENDERER = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../../dist/renderer' : '../renderer',
    import.meta.url,
  ),
);

/** Below are the system's own; a browser's list of ports that it refuses is not ours to keep. */
const PORTS = { least: 1024, most: 65_535 };

/**
 * Makes the command `serve`.
 *
 * @param done - takes the exit code
 * @param version - shown in the app
 */
export function serveCommand(done: (code: ExitCode) => void, version: string): Command {
  return new Command('serve')
    .summary('the app in your browser, on this machine only')
    .description(
      'Runs the app and shows it in your browser, for this machine only. The link works once, within a minute; press Enter for another one when you closed the page.',
    )
    .option('--no-open', 'print the link instead of opening the browser')
    .option('--port <number>', 'the port to listen on; a random one unless given', wholeNumber)
    .addHelpText('after', '\nExamples:\n  signet serve\n  signet serve --no-open --port 4711')
    .action(async (options: { readonly open: boolean; readonly port?: number }) => {
      done(await serve(options, version));
    });
}

async function serve(
  { open, port }: { readonly open: boolean; readonly port?: number },
  version: string,
): Promise<ExitCode> {
  if (port !== undefined && (port < PORTS.least || port > PORTS.most))
    throw new UsageError(
      `The port has to be from ${String(PORTS.least)} to ${String(PORTS.most)}.`,
      "See 'signet serve --help'.",
    );
  if (!existsSync(join(RENDERER, 'index.html')))
    throw new UsageError('The screen has not been built yet.', "Run 'npm run build'.");
  let host: WebHost | undefined;
  const stop = new AbortController();
  const stopped = once(stop.signal, 'abort');
  const onSignal = (): void => {
    // The second time somebody means it; what is private and still there is removed by the next start.
    if (stop.signal.aborted) process.exit(EXIT.cancelled);
    stop.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  try {
    host = await start({ version, rendererFolder: RENDERER, port });
    if (!stop.signal.aborted) await invite(host, open);
    onEnter(host);
    if ((await Promise.race([stopped, host.ended])) === 'died')
      return reportError(new AppError('internal', {}), {});
    return EXIT.done;
  } finally {
    process.stdin.pause();
    await host?.close();
    for (const signal of signals) process.off(signal, onSignal);
  }
}

async function start(options: WebHostOptions): Promise<WebHost> {
  // Loaded only now: the help and wrong usage are answered sooner.
  const { startWebHost } = await import('../../web/host.ts');
  try {
    return await startWebHost(options);
  } catch (error) {
    if (options.port === undefined || !isAppError(error, 'host-failed')) throw error;
    throw new UsageError(
      `Port ${String(options.port)} cannot be had: another program may be using it.`,
      'Choose another one, or none for a random one.',
    );
  }
}

/** Leads the person in. The link is a secret: it is shown on a terminal, or where it was asked for. */
async function invite(host: WebHost, open: boolean): Promise<void> {
  if (open && (await host.openBrowser())) {
    say(
      process.stdin.isTTY
        ? 'Signet is open in your browser. Press Enter for a new link, Ctrl-C to end.'
        : 'Signet is open in your browser.',
    );
    return;
  }
  if (open && !process.stdout.isTTY)
    throw new UsageError(
      'There is no browser to open, and no terminal to show the link on.',
      "Use 'signet serve --no-open' to have it printed.",
    );
  say(`${open ? 'No browser could be opened. ' : ''}${linkText(host)}`);
}

function onEnter(host: WebHost): void {
  if (!process.stdin.isTTY) return;
  process.stdin.on('data', () => {
    say(linkText(host));
  });
}

function linkText(host: WebHost): string {
  return `Open this link within a minute: ${host.newLink()}`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
