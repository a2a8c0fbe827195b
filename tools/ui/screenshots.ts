import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import { makeDemoDocuments } from '../demo-documents.ts';
import { CHROMIUM } from '../chromium.ts';
import { homeEnvironment, serveApp } from './served-app.ts';

/*
 * `npm run screenshots`: every screen of the app as it is built, in both themes and two sizes, into `screenshots/`. The app is the real one,
 * served by the loopback host to Debian's Chromium, over documents made for it.
 */
const OUT = fileURLToPath(new URL('../../screenshots/', import.meta.url));
const SIZES = [
  { width: 1280, height: 800 },
  { width: 960, height: 600 },
] as const;
const THEMES = ['light', 'dark'] as const;

/** Of the bundle that is sealed on the way, to open it again. */
let words: string[] = [];

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const browser = await chromium.launch(CHROMIUM);
try {
  for (const theme of THEMES)
    for (const size of SIZES) if (wanted(theme, size.width)) await tour(browser, theme, size);
} finally {
  await browser.close();
}

/** `npm run screenshots -- light 1280` makes only those. */
function wanted(theme: string, width: number): boolean {
  return process.argv.slice(2).every((arg) => arg === theme || arg === String(width));
}

/** The way of a bundle, once through the whole app. */
async function tour(
  from: Browser,
  theme: (typeof THEMES)[number],
  size: (typeof SIZES)[number],
): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'signet-shots-'));
  const documents = join(home, 'Application');
  const received = join(home, 'Received');
  await makeDemoDocuments(documents);
  await mkdir(received);
  const app = await serveApp(homeEnvironment(home));
  const context = await from.newContext({
    viewport: size,
    colorScheme: theme,
    locale: 'en-GB',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  try {
    const page = await context.newPage();
    let number = 0;
    const shoot = async (name: string): Promise<void> => {
      number += 1;
      await page
        .evaluate(() =>
          Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))),
        )
        .catch(() => undefined);
      const file = `${String(number).padStart(2, '0')}-${name}-${theme}-${String(size.width)}.png`;
      await page.screenshot({ path: join(OUT, file) });
      console.log(file);
    };
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(app.link);
    await page.getByRole('button', { name: 'Add files' }).waitFor();
    await shoot('send-first');
    await sendDocuments(page, documents, received, shoot);
    await openBundle(page, received, shoot);
    await sendEmail(page, join(documents, 'passport.pdf'), shoot);
    await otherPlaces(page, shoot);
  } finally {
    await context.close();
    await app.stop();
    await rm(home, { recursive: true, force: true });
  }
}

type Shoot = (name: string) => Promise<void>;

async function sendDocuments(
  page: Page,
  documents: string,
  received: string,
  shoot: Shoot,
): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add folder' }).click();
  await (await chooser).setFiles(documents);
  await page.getByRole('row', { name: /photo\.jpg/ }).waitFor();
  await page.getByRole('radio', { name: /A folder/ }).waitFor({ state: 'attached' });
  await shoot('send-documents');
  await chooseKinds(page, shoot);
  await page.getByText('A folder', { exact: true }).click();
  await page.getByRole('option', { name: 'Received' }).waitFor();
  await shoot('folder-picker');
  await page.getByRole('option', { name: 'Received' }).dblclick();
  await page.getByText(received, { exact: true }).waitFor();
  await page.getByRole('button', { name: /choose this folder/i }).click();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const chips = page.getByRole('list', { name: 'Passphrase' }).getByRole('listitem');
  await chips.first().waitFor();
  words = await chips.allInnerTexts();
  await shoot('send-passphrase');
  await page.getByRole('button', { name: /^Seal \d/ }).click();
  await page.getByRole('progressbar').waitFor();
  await shoot('send-sealing');
  await page.getByText('Now tell them').waitFor();
  await shoot('receipt');
  for (const way of ['Show large', 'QR code', 'Text message']) {
    await page.getByRole('button', { name: way }).click();
    await page.getByRole('dialog').waitFor();
    await shoot(`receipt-${way.toLowerCase().replaceAll(' ', '-')}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.getByRole('button', { name: 'I have shared it' }).click();
  await page.getByText('You shared the passphrase.').waitFor();
}

/** What the recipient has, and what follows from it. */
async function chooseKinds(page: Page, shoot: Shoot): Promise<void> {
  const question = page.getByRole('radiogroup', { name: 'What does the recipient have?' });
  for (const [answer, said] of [
    ['Only a web browser', /^Self-opening page\. /],
    ['7-Zip, Keka or WinZip', /^ZIP with AES-256\. /],
  ] as const) {
    await question.getByText(answer, { exact: true }).click();
    await page.getByText(said).scrollIntoViewIfNeeded();
    await shoot(`send-for-${answer.split(/\W/, 1)[0]?.toLowerCase() ?? ''}`);
  }
  await page.getByRole('button', { name: 'Choose the format by name' }).click();
  await page.getByText('Hide the names of the documents').scrollIntoViewIfNeeded();
  await shoot('send-formats');
  await question.getByText('Signet or age', { exact: true }).click();
  await page.getByText(/^age bundle\. /).waitFor();
}

/** A draft with the bundle attached. */
async function sendEmail(page: Page, document: string, shoot: Shoot): Promise<void> {
  await page.keyboard.press('Control+1');
  await page.getByRole('button', { name: 'Seal another bundle' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add files' }).click();
  await (await chooser).setFiles(document);
  await page.getByText('Email attachment', { exact: true }).click();
  const to = page.getByRole('textbox', { name: 'To' });
  await to.fill('recruiting@example.org');
  await page.getByText(/is the usual limit of/).scrollIntoViewIfNeeded();
  await shoot('send-email');
  await page.getByRole('button', { name: /^Seal \d/ }).click();
  await page.getByRole('heading', { name: 'Sealed, and ready to send' }).waitFor();
  await shoot('receipt-email');
}

async function openBundle(page: Page, received: string, shoot: Shoot): Promise<void> {
  const [bundle] = await readdir(received);
  if (bundle === undefined) throw new Error('nothing was sealed');
  await page.keyboard.press('Control+2');
  await page.getByRole('button', { name: /choose a bundle/i }).waitFor();
  await shoot('open-empty');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /choose a bundle/i }).click();
  await (await chooser).setFiles(join(received, bundle));
  const field = page.getByRole('textbox', { name: /passphrase/i });
  await field.fill([...words.slice(0, 3), `${words[3] ?? ''}x`, ...words.slice(4)].join(' '));
  await page
    .getByRole('button', { name: new RegExp(words[3] ?? '') })
    .first()
    .waitFor();
  await shoot('open-locked');
  await field.fill(words.join(' '));
  await page.getByRole('main').getByRole('button', { name: 'Open bundle' }).click();
  await page.getByText('Verified: nothing was changed on the way').waitFor();
  await shoot('open-opened');
}

async function otherPlaces(page: Page, shoot: Shoot): Promise<void> {
  await page.keyboard.press('Control+4');
  await page
    .getByText(/bundle-/)
    .first()
    .waitFor();
  await shoot('activity');
  await page.keyboard.press('Control+5');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await page.getByRole('button', { name: /add/i }).first().waitFor();
  await shoot('settings');
  await page.getByRole('tab', { name: 'Email' }).click();
  await page.getByRole('heading', { name: 'Outbox' }).waitFor();
  await shoot('settings-email');
  await page.getByRole('button', { name: 'Add email account' }).click();
  await page.getByRole('dialog').waitFor();
  await shoot('settings-email-account');
  await page.keyboard.press('Escape');
}
