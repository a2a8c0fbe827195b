import { defineConfig } from '@playwright/test';
import type { Options } from './app-test.ts';

/** Debian's; `SIGNET_CHROMIUM` names another. */
const CHROMIUM = process.env['SIGNET_CHROMIUM'] ?? '/usr/bin/chromium';

export default defineConfig<object, Options>({
  testDir: 'specs',
  outputDir: '../../node_modules/.cache/e2e',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    trace: 'off',
    actionTimeout: 10_000,
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    launchOptions: {
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'web', use: { driver: 'web' } },
    { name: 'standin', use: { driver: 'standin' } },
    { name: 'electron', use: { driver: 'electron' } },
  ],
});
