import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { makeDemoDocuments } from '../demo-documents.ts';
import { CHROMIUM } from '../chromium.ts';
import { homeEnvironment, serveApp } from './served-app.ts';

const OUT = '/tmp/shots/';
await mkdir(OUT, { recursive: true });
const browser = await chromium.launch(CHROMIUM);
const [theme = 'light', width = '1280', locale = 'en-GB'] = process.argv.slice(2);
const size = width === '960' ? { width: 960, height: 600 } : { width: 1280, height: 800 };
const home = await mkdtemp(join(tmpdir(), 'signet-shots-'));
const documents = join(home, 'Application');
await makeDemoDocuments(documents);
await mkdir(join(home, 'Received'));
const app = await serveApp(homeEnvironment(home));
const context = await browser.newContext({ viewport: size, colorScheme: theme as 'light', locale });
const page = await context.newPage();
page.on('console', (m) => {
  if (m.type() === 'error') console.log('console:', m.text());
});
page.on('pageerror', (e) => console.log('pageerror', e));
page.setDefaultTimeout(20000);
let n = 0;
const shoot = async (name: string, full = true) => {
  n += 1;
  await page.waitForTimeout(500);
  // the page scrolls inside main: make the window tall for a full picture
  if (full) {
    const h = await page.evaluate(() => document.querySelector('main')!.scrollHeight + 80);
    await page.setViewportSize({ width: size.width, height: Math.max(size.height, h) });
    await page.waitForTimeout(200);
  }
  await page.screenshot({
    path: join(OUT, `${String(n).padStart(2, '0')}-${name}-${theme}-${width}-${locale}.png`),
  });
  await page.setViewportSize(size);
};
try {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(app.link);
  const de = locale.startsWith('de');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: de ? 'Ordner hinzufügen' : 'Add folder' }).click();
  await (await chooser).setFiles(documents);
  await page.getByRole('row', { name: /photo\.jpg/ }).waitFor();
  await page
    .getByText(de ? 'E-Mail-Anhang' : 'Email attachment')
    .first()
    .waitFor();
  await shoot('asked');
  const q = page.getByRole('radiogroup', {
    name: de ? 'Was hat der Empfänger?' : 'What does the recipient have?',
  });
  for (const [i, name] of ['signet', 'archiver', 'browser', 'unknown'].entries()) {
    await q.locator('label').nth(i).click();
    await page.waitForTimeout(500);
    await shoot(`answer-${name}`, name === 'archiver');
  }
  await page
    .getByText(de ? 'E-Mail-Anhang' : 'Email attachment')
    .first()
    .click();
  await page.waitForTimeout(500);
  await shoot('email');
  await page.getByRole('button', { name: de ? /Format/ : 'Choose the format by name' }).click();
  await page.waitForTimeout(300);
  await shoot('formats');
  await page
    .getByRole('region', { name: de ? 'Versiegeln' : 'Seal' })
    .getByRole('button')
    .click();
  await page
    .getByRole('heading', { level: 2, name: /^(Sealed|Versiegelt)/ })
    .waitFor({ timeout: 60000 });
  await shoot('receipt-email');
  await page
    .getByRole('button', {
      name: de ? 'Mein Mailprogramm zeigt nichts' : 'My mail program shows nothing',
    })
    .click();
  await shoot('receipt-by-hand');
  await page.keyboard.press('Control+5');
  await page.getByRole('tab').nth(1).click();
  await shoot('settings-email');
  await page
    .getByRole('button', { name: de ? 'E-Mail-Konto hinzufügen' : 'Add email account' })
    .click();
  await shoot('account-1', false);
  await page.getByRole('dialog').getByRole('textbox').nth(0).fill('Work');
  await page.getByRole('dialog').getByRole('textbox').nth(1).fill('smtp.example.test');
  await page.keyboard.press('Enter');
  await shoot('account-2', false);
  await page.getByRole('dialog').getByRole('textbox').nth(0).fill('Ana Example <ana@example.test>');
  await page.getByRole('dialog').locator('input[type=password]').fill('secret');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await shoot('account-3', false);
  await page.keyboard.press('Escape');
  await shoot('settings-account');
  await page.getByRole('tab').nth(3).click();
  await shoot('about');
} catch (e) {
  console.log(String(e));
  await shoot('failed');
} finally {
  await context.close();
  await app.stop();
  await rm(home, { recursive: true, force: true });
  await browser.close();
}
