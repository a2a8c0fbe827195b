import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/*
 * `npm start`: builds what is out of date, then opens the app: in Electron, whose program is fetched on first use; where that cannot be had,
 * in the browser. What follows `--` goes to whichever it is; `--browser` chooses the browser at once.
 */
const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['app', 'main', 'renderer', 'package-lock.json', 'vite.config.ts'];
const BUILT = ['dist/main/signet.js', 'dist/main/main.js', 'dist/renderer/index.html'];
const ELECTRON = join(PROJECT, 'node_modules/electron');

/** How long Electron's program may take to arrive, in milliseconds: about 120 MB. */
const FETCH_LIMIT = 90_000;
/** A window that is gone sooner, with a failure, never was there. */
const START_LIMIT = 5_000;

const args = process.argv.slice(2);
const wantsBrowser = args.includes('--browser');
const passedOn = args.filter((arg) => arg !== '--browser');

await build();
const reason = wantsBrowser ? undefined : await tryElectron();
if (reason !== 'was open') await openInBrowser(reason);

async function build(): Promise<void> {
  const built = Math.min(...BUILT.map((path) => modified(join(PROJECT, path))));
  if (Math.max(...SOURCES.map((path) => newest(join(PROJECT, path)))) <= built) return;
  const vite = join(PROJECT, 'node_modules/vite/bin/vite.js');
  const { code } = await run(process.execPath, [vite, 'build', '--app'], 'inherit');
  // Vite has said why.
  if (code !== 0) process.exit(1);
}

/** When a file was last changed, in milliseconds; 0 when there is none. */
function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When anything in a folder was last changed; removed files change their folder. */
function newest(path: string): number {
  const own = modified(path);
  if (own === 0 || !statSync(path).isDirectory()) return own;
  return Math.max(own, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Runs the app in Electron until it ends. Answers why that could not be done, if it could not. */
async function tryElectron(): Promise<string> {
  if (process.platform === 'linux' && !hasDisplay()) return 'There is no display for a window';
  let program = electronProgram();
  if (program === undefined) {
    console.log('Fetching Electron, this once …');
    await run(process.execPath, [join(ELECTRON, 'install.js')], 'ignore', FETCH_LIMIT);
    program = electronProgram();
  }
  if (program === undefined) return 'Electron could not be fetched from github.com';
  const started = performance.now();
  // Ctrl-C reaches it too; it ends, and then so does this.
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  const { code } = await run(program, [PROJECT, ...passedOn], 'inherit');
  process.off('SIGINT', ignore);
  if (code !== 0 && performance.now() - started < START_LIMIT)
    return 'Electron cannot run on this machine';
  process.exitCode = code ?? 1;
  return 'was open';
}

function electronProgram(): string | undefined {
  const pathFile = join(ELECTRON, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(ELECTRON, 'dist');
  const program = join(folder, readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : undefined;
}

async function openInBrowser(reason: string | undefined): Promise<void> {
  if (reason !== undefined) console.log(`${reason}, so Signet runs in the browser instead.`);
  // Where there is neither a browser to open nor a terminal, the link has to go somewhere.
  const printed = !process.stdout.isTTY && process.platform === 'linux' && !hasDisplay();
  const program = join(PROJECT, 'dist/main/signet.js');
  process.argv = [
    process.execPath,
    program,
    'serve',
    ...(printed ? ['--no-open'] : []),
    // Files to open are for Electron alone.
    ...(reason === undefined ? passedOn : passedOn.filter((arg) => arg === '--no-open')),
  ];
  await import(pathToFileURL(program).href);
}

function hasDisplay(): boolean {
  return (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') !== '';
}

function run(
  program: string,
  programArgs: readonly string[],
  stdio: 'inherit' | 'ignore',
  timeout?: number,
): Promise<{ readonly code: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(program, programArgs, {
      cwd: PROJECT,
      stdio,
      ...(timeout === undefined ? {} : { timeout }),
    });
    child.once('error', () => {
      resolve({ code: 1 });
    });
    child.once('close', (code) => {
      resolve({ code });
    });
  });
}
