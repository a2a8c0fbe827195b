import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type BrowserContext } from '@playwright/test';
import { s3Server } from '../support/peers.ts';
import { GatewayBucket } from '../support/gateway.ts';
import type { Driver, Home, Surroundings } from './drivers/driver.ts';
import { electronDriver, electronMissing } from './drivers/electron.ts';
import { standinDriver } from './drivers/standin.ts';
import { webDriver } from './drivers/web.ts';

/** What a project of the configuration says. */
export interface Options {
  readonly driver: Driver['kind'];
}

interface Settings {
  /** Of the app's process, besides a plain one. */
  readonly env: Readonly<Record<string, string>>;
  readonly keychain: boolean;
  /** What the page may complain of in this test, because the test brings it about. */
  readonly forgiven: RegExp;
}

interface Fixtures {
  /** A person's home folder with a data folder in it, removed afterwards. */
  readonly home: Home;
  readonly around: Surroundings;
  /** The app, open on its first screen. Whatever the page complains of fails the test. */
  readonly app: Driver;
  /** A bucket of its own on a real S3 server. Without one, the test is skipped. */
  readonly bucket: GatewayBucket;
}

/** A test of the app as a whole. */
export const test = base.extend<Settings & Fixtures, Options>({
  driver: ['web', { option: true, scope: 'worker' }],
  env: [{}, { option: true }],
  keychain: [true, { option: true }],
  forgiven: [/^(?!)/, { option: true }],
  home: async ({}, use) => {
    const path = await mkdtemp(join(tmpdir(), 'signet-e2e-'));
    const data = join(path, '.data');
    await mkdir(data, { mode: 0o700 });
    await use({ path, data });
    await rm(path, { recursive: true, force: true });
  },
  around: async ({ home, env, keychain, forgiven, browser, contextOptions, colorScheme }, use) => {
    const complaints: string[] = [];
    const complain = (what: string): void => {
      if (!forgiven.test(what)) complaints.push(what);
    };
    const watch = (context: BrowserContext): void => {
      context.on('console', (message) => {
        if (message.type() === 'error') complain(message.text());
      });
      context.on('weberror', (error) => {
        complain(String(error.error()));
      });
    };
    // The certificate of the server that the tests have; the system's own stay good.
    const server = s3Server();
    await use({
      home,
      env: { ...(server === undefined ? {} : { NODE_EXTRA_CA_CERTS: server.caFile }), ...env },
      keychain,
      dark: colorScheme === 'dark',
      newContext: () => browser.newContext(contextOptions),
      watch,
    });
    base.expect(complaints, 'what the page complained of').toEqual([]);
  },
  app: async ({ driver, around }, use) => {
    const missing = driver === 'electron' ? electronMissing() : undefined;
    base.skip(missing !== undefined, missing);
    const start = { web: webDriver, standin: standinDriver, electron: electronDriver }[driver];
    const app = await start(around);
    await use(app);
    await app.close();
  },
  bucket: async ({}, use) => {
    base.skip(s3Server() === undefined, 'SIGNET_TEST_S3 is not set: there is no real S3 server');
    const bucket = await GatewayBucket.create();
    await use(bucket);
    await bucket.remove();
  },
});

export const { expect } = base;
