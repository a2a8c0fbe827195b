import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import puppeteer from 'puppeteer-core';
import { CHROMIUM } from '../../../tools/chromium.ts';

/** Where Debian has Firefox. */
const FIREFOX = process.env['SIGNET_FIREFOX'] ?? '/usr/bin/firefox-esr';

/** How a page is opened, as far as it is not as usual. */
export interface Opening {
  /** Takes the browser's own cryptography away, so that the page's library has to do it. */
  readonly withoutCryptography?: boolean;
  /** Takes only the cipher away. */
  readonly withoutCipher?: boolean;
}

/** A page that a browser shows from disk, and the person in front of it. */
export interface ShownPage {
  /** Types into the field for the passphrase, in the place of what is there. */
  type(passphrase: string): Promise<void>;
  /** What stands in that field. */
  typed(): Promise<string>;
  /** Presses a button, by its words. */
  press(button: string): Promise<void>;
  /** Opens what is folded, by its words. */
  openFold(fold: string): Promise<void>;
  /** Presses a button, and waits for what is handed to the downloads. */
  download(button: string): Promise<{ readonly name: string; readonly bytes: Buffer }>;
  /** All words on the page, once some of them are there. */
  words(expected: string): Promise<string>;
  /** What the page asked for beside itself. */
  requests(): readonly string[];
  close(): Promise<void>;
}

/** A browser that runs. */
export interface Driven {
  open(path: string, opening?: Opening): Promise<ShownPage>;
  end(): Promise<void>;
}

/** A browser that the page is tried in. */
export interface BrowserKind {
  readonly name: string;
  /** Whether it is installed here. */
  readonly there: boolean;
  readonly launch: () => Promise<Driven>;
}

/** The browsers, each by a driver of its own. */
export const BROWSERS: readonly BrowserKind[] = [
  { name: 'Chromium', there: existsSync(CHROMIUM.executablePath), launch: launchChromium },
  { name: 'Firefox', there: existsSync(FIREFOX), launch: launchFirefox },
];

/** Runs in the page before anything else. */
function takeAway({ withoutCryptography = false, withoutCipher = false }: Opening): void {
  if (withoutCryptography)
    Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined });
  if (withoutCipher) SubtleCrypto.prototype.importKey = () => Promise.reject(new Error('unknown'));
}

async function launchChromium(): Promise<Driven> {
  const browser = await chromium.launch(CHROMIUM);
  return {
    end: () => browser.close(),
    open: async (path, opening = {}) => {
      const context = await browser.newContext({ locale: 'en-GB', acceptDownloads: true });
      await context.addInitScript(takeAway, opening);
      return shownInChromium(context, await context.newPage(), pathToFileURL(path).href);
    },
  };
}

async function shownInChromium(
  context: BrowserContext,
  page: Page,
  url: string,
): Promise<ShownPage> {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.setDefaultTimeout(90_000);
  await page.goto(url);
  const named = (button: string) => page.getByRole('button', { name: button, exact: true });
  return {
    type: (passphrase) => page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase),
    typed: () => page.getByRole('textbox', { name: 'Passphrase' }).inputValue(),
    press: (button) => named(button).click(),
    openFold: (fold) => page.getByText(fold).click(),
    download: async (button) => {
      const [download] = await Promise.all([page.waitForEvent('download'), named(button).click()]);
      const bytes = readFileSync(await download.path());
      return { name: download.suggestedFilename(), bytes };
    },
    words: async (expected) => {
      await page.getByText(expected).first().waitFor();
      return await page.locator('main').innerText();
    },
    requests: () => requests.filter((each) => each !== url && !each.startsWith('blob:')),
    close: () => context.close(),
  };
}

async function launchFirefox(): Promise<Driven> {
  const downloads = mkdtempSync(join(tmpdir(), 'signet-firefox-'));
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    timeout: 60_000,
    extraPrefsFirefox: {
      'intl.accept_languages': 'en-GB',
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.alwaysOpenPanel': false,
      'browser.download.always_ask_before_handling_new_types': false,
    },
  });
  return {
    end: async () => {
      await browser.close();
      rmSync(downloads, { recursive: true, force: true });
    },
    open: async (path, opening = {}) => {
      const page = await browser.newPage();
      page.setDefaultTimeout(90_000);
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      await page.evaluateOnNewDocument(takeAway, opening);
      await page.bringToFront();
      await page.goto(pathToFileURL(path).href);
      const named = (button: string) => page.locator(`::-p-aria(${button}[role="button"])`);
      const field = async () => (await page.waitForSelector('textarea'))!;
      return {
        type: async (passphrase) => {
          await (
            await field()
          ).evaluate((element) => {
            element.select();
          });
          await (await field()).type(passphrase);
        },
        typed: async () => await (await field()).evaluate((element) => element.value),
        press: (button) => named(button).click(),
        openFold: (fold) => page.locator(`::-p-text(${fold})`).click(),
        download: (button) => downloaded(downloads, () => named(button).click()),
        words: async (expected) => {
          await page.waitForFunction(
            (text) => document.querySelector('main')?.innerText.includes(text),
            // Not with the next picture: a page that is not in front draws none.
            { polling: 'mutation' },
            expected,
          );
          return await page.$eval('main', (main) => main.innerText);
        },
        // Firefox tells of fonts of its own, too, which come from nowhere.
        requests: () => requests.filter((each) => /^(?:https?|wss?|ftp):/.test(each)),
        close: () => page.close(),
      };
    },
  };
}

/** Firefox writes beside an empty file of the name, and puts the whole one in its place. */
function downloaded(
  folder: string,
  start: () => Promise<void>,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ name: string; bytes: Buffer }>();
  const before = new Set(readdirSync(folder));
  const watcher = watch(folder);
  watcher.on('change', () => {
    const names = readdirSync(folder).filter((name) => !before.has(name));
    const [name] = names;
    if (name === undefined || names.length > 1 || name.endsWith('.part')) return;
    const bytes = readFileSync(join(folder, name));
    if (bytes.byteLength === 0) return;
    // Or the next of its name would get a number.
    rmSync(join(folder, name));
    resolve({ name, bytes });
  });
  watcher.on('error', reject);
  start().catch(reject);
  return promise.finally(() => {
    watcher.close();
  });
}
