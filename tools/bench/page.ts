import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { CHROMIUM } from '../chromium.ts';
import { clear, randomFile, say, signet } from './measure.ts';

const MEGABYTE = 1_000_000;

/** From the press of the button in a self-opening page, opened from disk in Chromium, to the verified documents on the screen. */
export async function benchPage(): Promise<void> {
  say('\nThe self-opening page, from the passphrase to the verified documents');
  const browser = await chromium.launch(CHROMIUM);
  try {
    for (const megabytes of [10, 50, 100]) {
      await randomFile('scan.jpg', megabytes * MEGABYTE);
      const sealed = await signet([
        'seal',
        'scan.jpg',
        '--format',
        'html',
        '-o',
        'page.html',
        '--json',
        '-q',
      ]);
      const { passphrase } = JSON.parse(sealed.output) as { passphrase: string };
      const page = await browser.newPage({ locale: 'en-GB' });
      await page.goto(pathToFileURL(resolve('page.html')).href);
      await page.getByRole('textbox').fill(passphrase);
      const startedAt = performance.now();
      await page.getByRole('button', { name: 'Open the documents' }).click();
      await page
        .getByText('Verified: nothing was changed on the way')
        .waitFor({ timeout: 120_000 });
      const seconds = (performance.now() - startedAt) / 1000;
      const size = (await stat('page.html')).size / MEGABYTE;
      say(
        `  ${String(megabytes).padStart(4)} MB   sealed in ${sealed.seconds.toFixed(2)} s   page of ${size.toFixed(0)} MB   opened in ${seconds.toFixed(2)} s`,
      );
      await page.close();
      clear('scan.jpg', 'page.html');
    }
  } finally {
    await browser.close();
  }
}
