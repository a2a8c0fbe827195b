import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomFillSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { CHROMIUM } from '../chromium.ts';
import { homeEnvironment, serveApp } from './served-app.ts';

/*
 * `npm run bench:ui`: how long until the app can be used, what sealing through it costs over the command line, and how smooth the screen stays
 * meanwhile. The app is served by the loopback host to Debian's Chromium; both seal the same file to the same file system, in turn.
 */
const { values } = parseArgs({
  options: {
    mebibytes: { type: 'string', default: '1024' },
    runs: { type: 'string', default: '3' },
    starts: { type: 'string', default: '5' },
  },
});
const MEBIBYTE = 1024 * 1024;
const SIZE = Number(values.mebibytes) * MEBIBYTE;
const SIGNET = fileURLToPath(new URL('../../dist/main/signet.js', import.meta.url));
/** Several seconds of sealing, in milliseconds. */
const LIMIT = 300_000;

const home = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'signet-ui-'));
const browser = await chromium.launch(CHROMIUM);
try {
  say(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${String(cpus().length)} cores, Chromium ${browser.version()}`,
  );
  await starts(browser);
  await sealing(browser);
} finally {
  await browser.close();
  await rm(home, { recursive: true, force: true });
}

/** From the start of the process to a button that can be pressed. */
async function starts(from: Browser): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < Number(values.starts); run += 1) {
    const context = await from.newContext();
    const startedAt = performance.now();
    const app = await serveApp(homeEnvironment(home));
    const page = await context.newPage();
    await page.goto(app.link);
    await addFiles(page).waitFor();
    times.push((performance.now() - startedAt) / 1000);
    await context.close();
    await app.stop();
  }
  say(`\nFrom process start to the first usable screen: ${seconds(median(times))}`);
}

/** One large file through the app and through the command line, in turn. */
async function sealing(from: Browser): Promise<void> {
  const path = join(home, 'large.bin');
  const out = join(home, 'out');
  await mkdir(out);
  await randomFile(path, SIZE);
  const context = await from.newContext({ viewport: { width: 1280, height: 800 } });
  const served = await serveApp(homeEnvironment(home));
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT);
  await page.goto(served.link);
  const ours: number[] = [];
  const theirs: number[] = [];
  let frames = NaN;
  // The first round touches the pages of every target and is not counted.
  for (let run = 0; run <= Number(values.runs); run += 1) {
    await prepare(page, path, run === 0);
    // Counting frames makes the browser draw all of them, so it is done in the round that is not timed.
    if (run === 0) await startFrames(page);
    const startedAt = performance.now();
    await page.getByRole('button', { name: /^Seal 1/ }).click();
    await page.getByText('Now tell them').waitFor();
    const took = (performance.now() - startedAt) / 1000;
    if (run === 0) frames = await frameRate(page);
    await clear(out);
    const cli = await sealByCommand(path, out);
    await clear(out);
    if (run > 0) {
      ours.push(took);
      theirs.push(cli);
    }
    await page.getByRole('button', { name: 'Seal another bundle' }).click();
    await page.getByRole('button', { name: 'Forget the passphrase' }).click();
  }
  await context.close();
  await served.stop();
  say(`\nSealing ${String(SIZE / MEBIBYTE)} MiB into a folder`);
  say(`  through the app   ${seconds(median(ours))}`);
  say(`  command line      ${seconds(median(theirs))}`);
  say(`  ratio             ${(median(ours) / median(theirs)).toFixed(2)}`);
  say(`  frames a second   ${frames.toFixed(0)} in the slowest second`);
}

/** Adds the file and, the first time, chooses the folder. */
async function prepare(page: Page, path: string, first: boolean): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await addFiles(page).click();
  await (await chooser).setFiles(path);
  await page.getByRole('row', { name: /large/ }).waitFor();
  if (!first) return;
  await page.getByText('A folder', { exact: true }).click();
  await page.getByRole('option', { name: 'out' }).dblclick();
  await page.getByText(join(home, 'out'), { exact: true }).waitFor();
  await page.getByRole('button', { name: /choose this folder/i }).click();
}

function addFiles(page: Page): ReturnType<Page['getByRole']> {
  return page.getByRole('button', { name: 'Add files' });
}

interface Counting {
  frameTimes?: number[];
}

async function startFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = [];
    (globalThis as Counting).frameTimes = times;
    const onFrame = (now: number): void => {
      times.push(now);
      if ((globalThis as Counting).frameTimes === times) requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  });
}

/** The frames in the slowest whole second since `startFrames`. */
async function frameRate(page: Page): Promise<number> {
  const times = await page.evaluate(() => {
    const { frameTimes: counted = [] } = globalThis as Counting;
    delete (globalThis as Counting).frameTimes;
    return counted;
  });
  let least = Infinity;
  for (let first = 0, last = 0; last < times.length; last += 1) {
    while ((times[last] ?? 0) - (times[first] ?? 0) > 1000) first += 1;
    if ((times[last] ?? 0) - (times[0] ?? 0) >= 1000) least = Math.min(least, last - first);
  }
  return least;
}

async function sealByCommand(path: string, out: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [SIGNET, 'seal', path, '--out-dir', out, '--json'], {
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`signet seal ended with ${String(code)}`);
  return (performance.now() - startedAt) / 1000;
}

async function clear(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name));
}

async function randomFile(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w');
  const block = Buffer.alloc(MEBIBYTE);
  for (let done = 0; done < bytes; done += MEBIBYTE) await file.write(randomFillSync(block));
  await file.close();
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

function say(line: string): void {
  console.log(line);
}
