import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { PreloadBridge } from '../../../app/contract/bridge.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../../app/contract/commands.ts';
import { patternBytes } from '../../support/documents.ts';
import { expect, test as base } from '../app-test.ts';
import { environmentOf } from '../drivers/driver.ts';
import { launchStandin, type Standin, type StandinOptions } from '../standin/launch.ts';

/** Starts the app as its user does; more than once when a test says so. */
type Start = (options?: Partial<StandinOptions>) => Promise<Standin>;

const test = base.extend<{ start: Start; desktop: Standin }>({
  start: async ({ around }, use) => {
    const started: Standin[] = [];
    await use(async (options = {}) => {
      const context = await around.newContext();
      around.watch(context);
      const app = await launchStandin({ context, env: environmentOf(around), ...options });
      await app.page.getByRole('navigation', { name: 'Signet' }).waitFor();
      started.push(app);
      return app;
    });
    for (const app of started) {
      await app.close();
      // Nothing is ever written to a terminal: nobody would see it, and nobody should.
      expect(app.output()).toBe('');
    }
  },
  desktop: async ({ start }, use) => {
    await use(await start());
  },
});
test.skip(
  ({ driver }) => driver !== 'standin',
  'what Electron does needs Electron or its stand-in',
);
// What the page is kept from doing, it complains of.
test.use({ forgiven: /Content Security Policy|Failed to load resource|TrustedScript/i });

interface Window {
  readonly signet: PreloadBridge;
}

/** Gives a command as the page does. */
async function command<N extends CommandName>(
  page: Page,
  name: N,
  input: CommandInput<N>,
): Promise<CommandOutput<N>> {
  const result = await page.evaluate(
    ([called, given]) => {
      const { signet } = globalThis as unknown as Window;
      return signet.commands[called as 'getSnapshot'](given as never);
    },
    [name, input] as const,
  );
  if (!result.ok) throw new Error(`${name}: ${result.error.code}`);
  return result.value as CommandOutput<N>;
}

/** Adds a document and begins to seal it into a folder. */
async function beginToSeal(app: Standin, document: string, folder: string): Promise<string> {
  app.choose([document]);
  const chosen = await command(app.page, 'chooseFiles', { purpose: 'documents' });
  await command(app.page, 'addDocuments', { grants: chosen.map(({ id }) => id) });
  app.choose([folder]);
  const into = await command(app.page, 'chooseFolder', { purpose: 'destination' });
  const to = { kind: 'folder' as const, folder: into?.id ?? '' };
  return (await command(app.page, 'seal', { to })).job;
}

/** Waits until a job is in this state. */
async function jobIs(page: Page, id: string, state: string): Promise<void> {
  await expect
    .poll(async () => {
      const { jobs } = await command(page, 'getSnapshot', {});
      return jobs.find((job) => job.id === id)?.state;
    })
    .toBe(state);
}

/** A file that takes its time: all zeros, of which the disk keeps none. */
async function largeFile(path: string): Promise<string> {
  await writeFile(path, '');
  await truncate(path, 3 * 2 ** 30);
  return path;
}

test('the page has the bridge and nothing of Electron or Node', async ({ desktop }) => {
  const found = await desktop.page.evaluate(() => {
    const { signet } = globalThis as unknown as Window;
    const has = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', 'global'];
    return {
      bridge: Object.keys(signet).sort(),
      frozen: Object.isFrozen(signet) && Object.isFrozen(signet.commands),
      others: has.filter((name) => name in globalThis),
    };
  });
  expect(found).toEqual({
    bridge: ['commands', 'grantFile', 'listen'],
    frozen: true,
    others: [],
  });
  expect(await desktop.state()).toMatchObject({ shown: true, sandboxed: true, name: 'Signet' });
});

test('the policy of the page forbids inline scripts, eval and other origins', async ({
  desktop,
}) => {
  const { page } = desktop;
  const outcome = await page.evaluate(async () => {
    const said: string[] = [];
    const attempt = async (name: string, act: () => unknown): Promise<void> => {
      try {
        // Later, because what the test itself evaluates is let through.
        await new Promise((resolve) => setTimeout(resolve));
        await act();
        said.push(`${name} worked`);
      } catch {
        said.push(`${name} refused`);
      }
    };
    await attempt('eval', () => (0, eval)('1'));
    await attempt('fetch', () => fetch('https://example.com/'));
    await attempt('worker', () => new Worker('https://ui.app.invalid/x.js'));
    const script = document.createElement('script');
    await attempt('script', () => {
      script.text = 'globalThis.injected = true';
      document.body.append(script);
    });
    said.push('injected' in globalThis ? 'injected' : 'not injected');
    return said;
  });
  expect(outcome).toEqual(
    expect.arrayContaining(['eval refused', 'fetch refused', 'not injected']),
  );
});

test('the page leads nowhere and opens nothing', async ({ desktop }) => {
  const { page, refused } = desktop;
  const before = page.url();
  await page.evaluate(() => {
    location.href = 'https://example.org/elsewhere';
  });
  await expect.poll(() => refused).toContain('https://example.org/elsewhere');
  const seen = refused.length;
  await page.evaluate(() => window.open('https://example.org/window'));
  await expect.poll(() => refused.length).toBeGreaterThan(seen);
  await expect.poll(() => page.context().pages().length).toBe(1);
  expect(refused.filter((url) => url.startsWith('opened'))).toEqual([]);
  expect(page.url()).toBe(before);
  await expect(page.getByRole('navigation', { name: 'Signet' })).toBeVisible();
});

for (const [who, frame] of [
  ['a frame inside the page', { origin: 'app://ui', top: false }],
  ['another origin', { origin: 'https://example.com', top: true }],
  ['an opaque origin', { origin: 'null', top: true }],
] as const)
  test(`${who} is not answered`, async ({ desktop, home }) => {
    await expect(desktop.invoke('signet:invoke', ['getSnapshot', {}], frame)).rejects.toThrow(
      /^host-failed$/,
    );
    await expect(desktop.invoke('signet:invoke', ['@grant', home.path], frame)).rejects.toThrow(
      /^host-failed$/,
    );
  });

test('a file that a script made up is not taken for one on the disk', async ({ desktop }) => {
  const result = await desktop.page.evaluate(() =>
    (globalThis as unknown as Window).signet.grantFile(new File(['x'], '/etc/passwd')),
  );
  expect(result).toMatchObject({ ok: false, error: { code: 'input-invalid' } });
});

test('dropped files and folders become documents', async ({ desktop, home }) => {
  await writeFile(join(home.path, 'passport.pdf'), patternBytes(1000));
  await mkdir(join(home.path, 'letters'));
  await writeFile(join(home.path, 'letters', 'one.txt'), 'one');
  await desktop.drop([join(home.path, 'passport.pdf'), join(home.path, 'letters')]);
  await expect
    .poll(async () =>
      (await command(desktop.page, 'listDocuments', {})).map(({ name }) => name).sort(),
    )
    .toEqual(['letters/one.txt', 'passport.pdf']);
});

test('whoever speaks for the preload can have things read, and nothing written', async ({
  desktop,
  home,
}) => {
  await writeFile(join(home.path, 'letter.txt'), 'Dear Jane');
  const grant = async (path: string): Promise<string> => {
    const result = await desktop.invoke('signet:invoke', ['@grant', path]);
    return (result as { readonly value: { readonly id: string } }).value.id;
  };
  await command(desktop.page, 'addDocuments', {
    grants: [await grant(join(home.path, 'letter.txt'))],
  });
  const to = { kind: 'folder' as const, folder: await grant(home.path) };
  await expect(command(desktop.page, 'seal', { to })).rejects.toThrow('reference-unknown');
  expect((await readdir(home.path)).filter((name) => name.endsWith('.age'))).toEqual([]);
});

test('while something runs the machine stays awake and the taskbar shows it, and not after', async ({
  desktop,
  home,
}) => {
  const large = await largeFile(join(home.path, 'large.bin'));
  const job = await beginToSeal(desktop, large, home.path);
  await expect.poll(async () => (await desktop.state()).awake).toBe(true);
  await expect.poll(async () => (await desktop.state()).progress).toBeGreaterThanOrEqual(0);
  await command(desktop.page, 'cancelJob', { job });
  await jobIs(desktop.page, job, 'cancelled');
  await expect.poll(() => desktop.state()).toMatchObject({ awake: false, progress: -1 });
});

test('closing over a job asks; the job goes on or leaves nothing, as the person says', async ({
  desktop,
  home,
}) => {
  const large = await largeFile(join(home.path, 'large.bin'));
  const outbox = join(home.path, 'Outbox');
  await mkdir(outbox);
  const job = await beginToSeal(desktop, large, outbox);

  await desktop.closeWindow();
  await expect.poll(() => desktop.shown.join()).toContain('still working');
  desktop.press(0);
  await jobIs(desktop.page, job, 'running');

  await desktop.closeWindow();
  await expect.poll(() => desktop.shown.length).toBe(2);
  desktop.press(1);
  expect(await desktop.ended).toBe(0);
  expect(await readdir(outbox)).toEqual([]);
});

test('with nothing at work the window closes at once and remembers its place', async ({
  desktop,
  home,
}) => {
  await desktop.closeWindow();
  expect(await desktop.ended).toBe(0);
  expect(desktop.shown).toEqual([]);
  const file = join(home.data, 'window.json');
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ maximized: false });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a page that dies during a job comes back and shows what became of it', async ({
  desktop,
  home,
}) => {
  const document = join(home.path, 'scan.bin');
  await writeFile(document, patternBytes(5_000_000));
  const job = await beginToSeal(desktop, document, home.path);
  const page = await desktop.crashPage();
  await page.getByRole('navigation', { name: 'Signet' }).waitFor();
  await jobIs(page, job, 'done');
});

test('on suspend and on lock the screen has to forget what is secret', async ({ desktop }) => {
  const locked = async (): Promise<number> =>
    (await command(desktop.page, 'getSnapshot', {})).locked;
  const before = await locked();
  await desktop.emitPower('suspend');
  await expect.poll(locked).toBeGreaterThan(before);
  const between = await locked();
  await desktop.emitPower('lock-screen');
  await expect.poll(locked).toBeGreaterThan(between);
});

const CONNECTION = {
  name: 'AltairX',
  bucket: 'altairx-inbox',
  prefix: 'jane/',
  region: 'eu-central-1',
  credentials: {
    kind: 'keys' as const,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  },
};

test('the secret of a connection outlives the program where there is a keychain, and only locked', async ({
  desktop,
  home,
}) => {
  await command(desktop.page, 'saveConnection', CONNECTION);
  await desktop.restart();
  const { connections, host } = await command(desktop.page, 'getSnapshot', {});
  expect(host.keepsSecrets).toBe(true);
  expect(connections[0]?.credentials).toMatchObject({ secret: 'kept' });
  for (const name of await readdir(home.data, { recursive: true })) {
    const path = join(home.data, name);
    if ((await stat(path)).isFile())
      expect(await readFile(path, 'latin1')).not.toContain('bPxRfiCY');
  }
  expect((await stat(join(home.data, 'secrets.json'))).mode & 0o777).toBe(0o600);
});

test('without a keychain it is kept for this run, and that is known', async ({ start, home }) => {
  const app = await start({ keychain: false });
  await command(app.page, 'saveConnection', CONNECTION);
  const during = await command(app.page, 'getSnapshot', {});
  expect(during.host.keepsSecrets).toBe(false);
  expect(during.connections[0]?.credentials).toMatchObject({ secret: 'this-run' });
  await app.restart();
  const after = await command(app.page, 'getSnapshot', {});
  expect(after.connections[0]?.credentials).toMatchObject({ secret: 'missing' });
  expect(existsSync(join(home.data, 'secrets.json'))).toBe(false);
});

/** Seals a small document and gives the bundle's path. */
async function sealed(app: Standin, folder: string): Promise<string> {
  const document = join(folder, 'letter.txt');
  await writeFile(document, 'Dear Jane');
  const job = await beginToSeal(app, document, folder);
  await jobIs(app.page, job, 'done');
  const { receipts } = await command(app.page, 'getSnapshot', {});
  return receipts[0]?.location ?? '';
}
const openBundle = async (app: Standin): Promise<string | undefined> =>
  (await command(app.page, 'getSnapshot', {})).bundle?.name;

test('a bundle is opened from outside in each way there is', async ({ start, home }) => {
  const first = await start();
  const path = await sealed(first, home.path);
  const name = path.slice(home.path.length + 1);

  await first.startSecond([path]);
  await expect.poll(() => openBundle(first)).toBe(name);
  const close = async (): Promise<void> => {
    const { bundle } = await command(first.page, 'getSnapshot', {});
    await command(first.page, 'closeBundle', { bundle: bundle?.id ?? '' });
  };
  await close();
  await first.openFile(path);
  await expect.poll(() => openBundle(first)).toBe(name);
  await close();
  first.choose([path]);
  await first.clickMenu('Open bundle…');
  await expect.poll(() => openBundle(first)).toBe(name);
  await first.end();

  const again = await start({ files: [path] });
  await expect.poll(() => openBundle(again)).toBe(name);
});

test('a file that is gone or no bundle is refused in plain words', async ({ start, home }) => {
  const text = join(home.path, 'letter.txt');
  await writeFile(text, 'Dear Jane');
  const app = await start({ files: [join(home.path, 'gone.age')] });
  await expect.poll(() => app.shown.join()).toContain('It is no longer there');
  app.press(0);
  await app.startSecond([text]);
  await expect.poll(() => app.shown.join()).toContain('It is not a bundle that Signet can open');
  app.press(0);
  expect(await openBundle(app)).toBeUndefined();
  expect(app.shown.join()).not.toMatch(/not-a-bundle|bundle-missing|ENOENT/);
});

test('theme and language reach what is the system’s', async ({ desktop }) => {
  const light = (await desktop.state()).background;
  await command(desktop.page, 'saveSettings', { theme: 'dark', language: 'de' });
  await expect
    .poll(() => desktop.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
    .toBe(true);
  await expect.poll(async () => (await desktop.state()).background).not.toBe(light);
  await expect.poll(async () => (await desktop.state()).menu[0]).toBe('Datei');
});

test('pages outside are constants, and files are shown in their folder', async ({
  desktop,
  home,
}) => {
  await command(desktop.page, 'openPage', { page: 'age' });
  await desktop.clickMenu('About the age format');
  await expect
    .poll(() => desktop.shown)
    .toEqual(Array<string>(2).fill('opened https://age-encryption.org/v1'));
  const path = await sealed(desktop, home.path);
  const { receipts } = await command(desktop.page, 'getSnapshot', {});
  await command(desktop.page, 'showInFolder', { receipt: receipts[0]?.id ?? '' });
  expect(desktop.shown.at(-1)).toBe(`in its folder: ${path}`);
});

test('a passphrase is copied without passing the page', async ({ desktop }) => {
  await command(desktop.page, 'copyPassphrase', { of: 'draft' });
  const { clipboard } = await desktop.state();
  const { passphrase } = await command(desktop.page, 'revealPassphrase', { of: 'draft' });
  expect(clipboard).toBe(passphrase);
});

test('the window is kept out of screenshots while a passphrase is shown, and no longer', async ({
  desktop,
}) => {
  const isProtected = async (): Promise<boolean> => (await desktop.state()).protected;
  expect(await isProtected()).toBe(false);
  await command(desktop.page, 'revealPassphrase', { of: 'draft' });
  expect(await isProtected()).toBe(true);
  await command(desktop.page, 'hidePassphrase', {});
  expect(await isProtected()).toBe(false);
});
