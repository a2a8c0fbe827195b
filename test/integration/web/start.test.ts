import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildInto } from '../../support/built.ts';
import { PROJECT, start, type RunOptions } from '../../support/cli.ts';
import { writeDocuments } from '../../support/documents.ts';
import { temporaryFolder, temporaryFolderForAll } from '../../support/temporary.ts';

/** A checkout that was built, whose Electron never arrives and whose builder only says that it was asked. */
let checkout = '';
beforeAll(async () => {
  checkout = temporaryFolderForAll();
  await buildInto(checkout);
  mkdirSync(join(checkout, 'tools'));
  copyFileSync(join(PROJECT, 'tools', 'start.ts'), join(checkout, 'tools', 'start.ts'));
  writeDocuments(checkout, {
    'app/app.ts': '',
    'node_modules/vite/bin/vite.js': 'console.log("built", process.argv.slice(2).join(" "))',
  });
  const program = join(checkout, 'dist', 'main', 'signet.js');
  copyFileSync(program, join(checkout, 'dist', 'main', 'main.js'));
});

/** Makes the checkout's Electron: one that cannot be fetched, or a program. */
function electron(program?: string): void {
  const folder = join(checkout, 'node_modules', 'electron');
  rmSync(folder, { recursive: true, force: true });
  writeDocuments(folder, { 'install.js': 'console.error("no network"); process.exit(1);' });
  if (program === undefined) return;
  writeDocuments(folder, { 'path.txt': 'electron', 'dist/electron': program });
  chmodSync(join(folder, 'dist', 'electron'), 0o755);
}

/** Sources as old as can be, or newer than what was built of them. */
function sourcesAre(age: 'old' | 'new'): void {
  const time = age === 'old' ? new Date(0) : new Date(Date.now() + 10_000);
  for (const path of ['app', 'app/app.ts']) utimesSync(join(checkout, path), time, time);
}

function npmStart(args: readonly string[] = [], env: RunOptions['env'] = {}) {
  return start(process.execPath, [join(checkout, 'tools', 'start.ts'), ...args], {
    env: { SIGNET_DATA: temporaryFolder(), ...env },
    interactive: true,
  });
}

/** Waits until the host is there, ends it, and gives what was said, line by line. */
async function linesOf(running: ReturnType<typeof npmStart>): Promise<string[]> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    running.child.stdout.on('data', (piece: string) => {
      text += piece;
      if (/open in your browser\.|this link/.test(text)) resolve();
    });
    running.child.once('close', () => {
      reject(new Error(`it ended: ${text}`));
    });
  });
  running.child.kill('SIGINT');
  const { code, stdout, stderr } = await running.ended;
  expect([code, stderr]).toEqual([0, '']);
  return stdout.trimEnd().split('\n');
}

const LINK = /^Open this link within a minute: http:\/\/127\.0\.0\.1:[0-9]+\/#[\w-]{43}$/;

/** A desktop with an opener that remembers what it opened. */
function desktop() {
  const folder = temporaryFolder();
  const opener = join(folder, 'xdg-open');
  writeFileSync(opener, `#!/bin/sh\necho "$@" > '${folder}/asked'\n`);
  chmodSync(opener, 0o755);
  const asked = (): string => readFileSync(join(folder, 'asked'), 'utf8').trim();
  return { env: { DISPLAY: ':0', PATH: `${folder}:${process.env['PATH'] ?? ''}` }, asked };
}

const onLinux = test.skipIf(process.platform !== 'linux');

onLinux('without a display it says so in a line and prints a link', async () => {
  electron();
  sourcesAre('old');
  const [reason, link, ...others] = await linesOf(npmStart());
  expect(reason).toBe('There is no display for a window, so Signet runs in the browser instead.');
  expect(link).toMatch(LINK);
  expect(others).toEqual([]);
});

onLinux(
  'where Electron cannot be fetched, it says so in a line and opens the browser',
  async () => {
    electron();
    sourcesAre('old');
    const { env, asked } = desktop();
    expect(await linesOf(npmStart([], env))).toEqual([
      'Fetching Electron, this once …',
      'Electron could not be fetched from github.com, so Signet runs in the browser instead.',
      'Signet is open in your browser.',
    ]);
    expect(asked()).toMatch(/\.html$/);
  },
);

onLinux('an Electron that cannot run here is no reason to give up', async () => {
  electron('#!/bin/sh\nexit 127\n');
  sourcesAre('old');
  expect(await linesOf(npmStart([], desktop().env))).toEqual([
    'Electron cannot run on this machine, so Signet runs in the browser instead.',
    'Signet is open in your browser.',
  ]);
});

onLinux('where there is Electron, it is given the project and what was asked for', async () => {
  electron('#!/bin/sh\necho "$@"\n');
  sourcesAre('old');
  const { code, stdout } = await npmStart(['a b.age'], { DISPLAY: ':0' }).ended;
  expect([code, stdout]).toEqual([0, `${checkout}/ a b.age\n`]);
});

onLinux('the browser can be chosen at once', async () => {
  electron('#!/bin/sh\nexit 9\n');
  sourcesAre('old');
  const [link, ...others] = await linesOf(npmStart(['--browser', '--no-open'], desktop().env));
  expect(link).toMatch(LINK);
  expect(others).toEqual([]);
});

onLinux('what is out of date is built first', async () => {
  electron('#!/bin/sh\necho started\n');
  sourcesAre('new');
  const { code, stdout } = await npmStart([], { DISPLAY: ':0' }).ended;
  expect([code, stdout]).toEqual([0, 'built build --app\nstarted\n']);
});

onLinux('a build that fails starts nothing', async () => {
  electron('#!/bin/sh\necho started\n');
  sourcesAre('new');
  const vite = join(checkout, 'node_modules/vite/bin/vite.js');
  const usual = readFileSync(vite);
  writeFileSync(vite, 'console.error("it does not compile"); process.exit(1);');
  const { code, stdout, stderr } = await npmStart([], { DISPLAY: ':0' }).ended;
  writeFileSync(vite, usual);
  expect([code, stdout, stderr]).toEqual([1, '', 'it does not compile\n']);
});
