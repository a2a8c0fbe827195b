import { defineConfig } from '@playwright/test';
import { CHROMIUM } from '../../tools/chromium.ts';
import type { Options } from './app-test.ts';
import { electronMissing } from './drivers/electron.ts';

const missing = electronMissing();
// Said once, not by each worker again.
if (missing !== undefined && process.env['TEST_WORKER_INDEX'] === undefined)
  process.stderr.write(`Skipped: ${missing}: every test with Electron itself.\n`);

// What the page does by itself is the same behind either host; where time is short, it is looked at once.
const inShort = process.env['SIGNET_E2E'] === 'short';

export default defineConfig<object, Options>({
  testDir: 'specs',
  outputDir: '../../node_modules/.cache/e2e',
  fullyParallel: true,
  workers: 2,
  // Long enough for a machine that does much else at the same time: what is awaited is an event, not a moment.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    trace: 'off',
    actionTimeout: 60_000,
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    launchOptions: CHROMIUM,
  },
  projects: [
    // A browser has no windows, menus and dialogs of its own to test.
    { name: 'web', use: { driver: 'web' }, testIgnore: inShort ? /desktop|many/ : /desktop/ },
    // The page is the same, and axe looks at nothing else; a window has no link that works once. Thousands of documents are shown where
    // they need not be handed over.
    {
      name: 'standin',
      use: { driver: 'standin' },
      testIgnore: inShort
        ? /axe|bad-luck|cancel|email|formats|inbox|keyboard|reload|send|tell/
        : /axe|reload/,
    },
    ...(missing === undefined
      ? [
          {
            name: 'electron',
            use: { driver: 'electron' as const },
            testIgnore: /axe|desktop|reload/,
          },
        ]
      : []),
  ],
});
