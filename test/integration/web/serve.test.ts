import { chmodSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../../app/app.ts';
import { appears } from '../../support/appears.ts';
import { buildInto } from '../../support/built.ts';
import { start, type Running } from '../../support/cli.ts';
import { patternBytes } from '../../support/documents.ts';
import { hasTerminal, inTerminal } from '../../support/pty.ts';
import {
  filesIn,
  namesIn,
  temporaryFolder,
  temporaryFolderForAll,
} from '../../support/temporary.ts';
import { enterPage } from '../../support/web-page.ts';

let program = '';
beforeAll(async () => {
  program = await buildInto(temporaryFolderForAll());
});

const LINK = /http:\/\/127\.0\.0\.1:[0-9]+\/#[\w-]{43}/;

/** What a program has written to standard output, once it is there. */
function said(running: Running, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    running.child.stdout.on('data', (piece: string) => {
      text += piece;
      const found = pattern.exec(text)?.[0];
      if (found !== undefined) resolve(found);
    });
    running.child.once('close', () => {
      reject(new Error(`it ended without ${String(pattern)}: ${text}`));
    });
  });
}

/** A host of its own, with a data folder of its own. */
async function serve(data = temporaryFolder(), args: readonly string[] = []) {
  const running = start(process.execPath, [program, 'serve', '--no-open', ...args], {
    env: { SIGNET_DATA: data },
    interactive: true,
  });
  const link = await said(running, LINK);
  return { running, link, data, staging: join(data, 'staging') };
}

test('serve prints a link that leads in, says nothing else, and ends cleanly on Ctrl-C', async () => {
  const { running, link, data, staging } = await serve();
  const page = await enterPage(link);
  const snapshot = await page.run('getSnapshot', {});
  expect(snapshot.host).toMatchObject({ kind: 'web', protectsContent: false });
  await page.upload('private.txt', patternBytes(10));
  expect(await filesIn(staging)).toHaveProperty('size', 1);
  running.child.kill('SIGINT');
  expect(await running.ended).toEqual({
    code: 0,
    stdout: `Open this link within a minute: ${link}\n`,
    stderr: '',
  });
  expect(await namesIn(staging)).toEqual([]);
  expect(statSync(data).mode & 0o077).toBe(0);
});

test('documents are handed over, sealed, and fetched as a bundle that opens; what was handed over is gone then', async () => {
  const { running, link, staging } = await serve();
  const page = await enterPage(link);
  const passport = patternBytes(2_000_000);
  const grants = [
    await page.upload('passport.jpg', passport),
    await page.upload('papers/degree.pdf', Buffer.from('degree\n')),
  ];
  expect(await page.run('addDocuments', { grants: grants.map(({ id }) => id) })).toEqual({
    added: 2,
  });
  const { job } = await page.run('seal', { to: { kind: 'download' } });
  const ended = await page.jobEnded(job);
  expect(ended).toMatchObject({ state: 'done', outcome: { kind: 'receipt' } });
  const [receipt] = (await page.run('getSnapshot', {})).receipts;
  const { passphrase } = await page.run('revealPassphrase', { of: { receipt: receipt!.id } });
  const { path } = await page.run('downloadBundle', { receipt: receipt!.id });
  const bundle = join(temporaryFolder(), receipt!.bundle);
  writeFileSync(bundle, await page.download(path));
  const remains = [...(await filesIn(staging)).keys()];
  expect(remains.filter((name) => name.includes('upload-'))).toEqual([]);

  const out = temporaryFolder();
  await createApp().open({
    path: bundle,
    passphrase,
    into: { directory: out, onConflict: 'fail' },
  });
  const documents = await filesIn(out);
  expect(documents.get('passport.jpg')?.equals(passport)).toBe(true);
  expect(documents.get('papers/degree.pdf')?.toString()).toBe('degree\n');

  running.child.kill('SIGTERM');
  const { stdout, stderr } = await running.ended;
  for (const secret of [passphrase, page.token, path, 'passport'])
    expect(stdout + stderr).not.toContain(secret);
  expect(await namesIn(staging)).toEqual([]);
});

test('what was handed over and not sealed goes away when the documents do', async () => {
  const { link, staging } = await serve();
  const page = await enterPage(link);
  const grant = await page.upload('passport.jpg', patternBytes(1000));
  await page.run('addDocuments', { grants: [grant.id] });
  expect((await filesIn(staging)).size).toBe(1);
  await page.run('clearDraft', {});
  expect((await filesIn(staging)).size).toBe(0);
});

test('what a host that was killed left behind is removed by the next one', async () => {
  const { running, link, data, staging } = await serve();
  const page = await enterPage(link);
  await page.upload('passport.jpg', patternBytes(1000));
  running.child.kill('SIGKILL');
  await running.ended;
  expect((await filesIn(staging)).size).toBe(1);
  await serve(data);
  expect((await filesIn(staging)).size).toBe(0);
});

test('two hosts at a time do not disturb each other', async () => {
  const data = temporaryFolder();
  const first = await serve(data);
  const page = await enterPage(first.link);
  await page.upload('passport.jpg', patternBytes(1000));
  const second = await serve(data);
  second.running.child.kill('SIGINT');
  await second.running.ended;
  expect((await filesIn(first.staging)).size).toBe(1);
});

/** An `xdg-open` that stays until it is told to go, as a browser would. */
function desktop() {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'xdg-open'),
    `#!/bin/sh\necho "$@" > '${folder}/asked'\nexec sleep 60\n`,
  );
  chmodSync(join(folder, 'xdg-open'), 0o755);
  return { folder, env: { DISPLAY: ':0', PATH: `${folder}:${process.env['PATH'] ?? ''}` } };
}

test.skipIf(process.platform !== 'linux')(
  'the browser is led in by a private file; the secret is in no process’s arguments and in no output',
  async () => {
    const { folder, env } = desktop();
    const data = temporaryFolder();
    const running = start(process.execPath, [program, 'serve'], {
      env: { ...env, SIGNET_DATA: data },
      interactive: true,
    });
    await appears(folder, /^asked$/);
    await said(running, /open in your browser/);
    const path = readFileSync(join(folder, 'asked'), 'utf8').trim();
    expect(path.startsWith(join(data, 'staging'))).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const link = LINK.exec(readFileSync(path, 'utf8'))?.[0] ?? '';
    const { hash } = new URL(link);
    for (const pid of readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)))
      for (const file of ['cmdline', 'environ'])
        expect(readProc(`/proc/${pid}/${file}`)).not.toContain(hash.slice(1));
    await enterPage(link);
    expect(existsSync(path)).toBe(false);
    running.child.kill('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect([code, stdout, stderr]).toEqual([0, 'Signet is open in your browser.\n', '']);
  },
);

function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // It has ended.
    return '';
  }
}

test.skipIf(process.platform !== 'linux')(
  'where there is neither a browser nor a terminal, no link is written anywhere',
  async () => {
    const running = start(process.execPath, [program, 'serve'], {
      env: { SIGNET_DATA: temporaryFolder() },
    });
    const { code, stdout, stderr } = await running.ended;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--no-open');
    expect(stderr).not.toMatch(LINK);
  },
);

test.skipIf(!hasTerminal || process.platform !== 'linux')(
  'on a terminal, the link is shown where no browser can be opened, and Enter shows another one',
  async () => {
    const terminal = inTerminal(process.execPath, [program, 'serve'], {
      env: { SIGNET_DATA: temporaryFolder() },
    });
    await terminal.shows('No browser could be opened.');
    await terminal.shows('/#');
    terminal.type('\r');
    await terminal.shows('Open this link');
    await terminal.shows('/#');
    terminal.type('\r');
    await terminal.shows('Open this link');
    terminal.type('\x03');
    const { code, stdout } = await terminal.ended;
    expect(code).toBe(0);
    const links = stdout.match(new RegExp(LINK, 'g')) ?? [];
    expect(new Set(links).size).toBe(3);
  },
);

test('a port of one’s choice is listened on', async () => {
  const port = await freePort();
  const { link } = await serve(temporaryFolder(), ['--port', String(port)]);
  expect(new URL(link).port).toBe(String(port));
});

test('a port that is taken, or not to be had, is said to be so', async () => {
  const taken = createServer();
  onTestFinished(() => {
    taken.close();
  });
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const data = temporaryFolder();
  const refused = (args: string[]) =>
    start(process.execPath, [program, 'serve', '--no-open', ...args], {
      env: { SIGNET_DATA: data },
    }).ended;
  const busy = await refused(['--port', String(port)]);
  expect([busy.code, busy.stdout]).toEqual([2, '']);
  expect(busy.stderr).toContain(`Port ${String(port)} cannot be had`);
  expect(await namesIn(join(data, 'staging'))).toEqual([]);
  for (const wrong of ['80', '65536', 'x', '-1'])
    expect(await refused(['--port', wrong])).toMatchObject({ code: 2, stdout: '' });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
