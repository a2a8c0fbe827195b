import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { start } from '../../support/cli.ts';
import { patternBytes } from '../../support/documents.ts';
import { PASSPHRASE, writePage, writePageAround } from '../../support/pages.ts';
import { hasCommand } from '../../support/peers.ts';
import { tarOf } from '../../support/tars.ts';
import { filesIn, temporaryFolder } from '../../support/temporary.ts';
import { BROWSERS, type Driven } from './browsers.ts';
import { DOCUMENTS, pageWith, sha256, TEMPLATE } from './made.ts';

const VERIFIED = 'Verified: nothing was changed on the way';
const OPEN = 'Open the documents';
const MB = 1_000_000;

// Long enough for a machine that does much else at the same time: what is awaited is an event, not a moment.
vi.setConfig({ testTimeout: 180_000 });

describe.each(BROWSERS)('in $name', ({ name, there, launch }) => {
  // So much in Chromium is tried apart, with the cipher and without.
  const sizes = name === 'Chromium' ? [10] : [10, 100];
  let browser: Driven;
  beforeAll(async () => {
    if (there) browser = await launch();
  });
  afterAll(async () => {
    if (there) await browser.end();
  });

  test.skipIf(!there).each([
    ['with all that it can', {}],
    ['without the cipher', { withoutCipher: true }],
    ['without cryptography', { withoutCryptography: true }],
  ])('%s, the passphrase opens the documents, and nothing is asked for', async (_what, opening) => {
    const page = await browser.open(await pageWith(), opening);
    expect(await page.words(OPEN)).toContain('Enter it only if you expected this page');
    await page.type(PASSPHRASE);
    await page.press(OPEN);
    const words = await page.words(VERIFIED);
    for (const [name, content] of Object.entries(DOCUMENTS)) {
      expect(words).toContain(name);
      expect(words).toContain(sha256(content));
    }
    expect(words).toContain('For Monday');
    expect(words).toContain('3 documents, 1.9 MiB');
    const saved = await page.download('Save passport.jpg');
    expect(saved.name).toBe('passport.jpg');
    expect(saved.bytes.equals(DOCUMENTS['passport.jpg'])).toBe(true);
    expect(page.requests()).toEqual([]);
    await page.close();
  });

  test.skipIf(!there || !hasCommand('7zz'))(
    'all documents are saved as one ZIP, with their folders',
    async () => {
      const page = await browser.open(await pageWith());
      await page.type(PASSPHRASE);
      await page.press(OPEN);
      await page.words(VERIFIED);
      const saved = await page.download('Save all 3 documents');
      expect(saved.name).toMatch(/^bundle.*\.zip$/);
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'all.zip'), saved.bytes);
      const line = 'mkdir out && cd out && 7zz x -y ../all.zip';
      expect((await start('sh', ['-c', line], { cwd: folder }).ended).code).toBe(0);
      const files = await filesIn(join(folder, 'out'));
      expect(Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)]))).toEqual(
        Object.fromEntries(
          Object.entries(DOCUMENTS).map(([name, content]) => [name, sha256(content)]),
        ),
      );
      await page.close();
    },
  );

  test.skipIf(!there)(
    'the sealed file is given back as it is, without the passphrase',
    async () => {
      const path = await pageWith();
      const page = await browser.open(path);
      await page.words(OPEN);
      await page.openFold('Safer ways to open it, and how to check this page');
      const saved = await page.download('Save the sealed age file');
      expect(saved.name).toMatch(/^bundle.*\.tar\.age$/);
      const armored = /-----BEGIN AGE[^\n]*\n(?<lines>[^-]*)-----END/.exec(
        readFileSync(path, 'utf8'),
      );
      expect(saved.bytes.equals(Buffer.from(armored!.groups!['lines']!, 'base64'))).toBe(true);
      await page.close();
    },
  );

  test.skipIf(!there)('however it is typed, it is the passphrase', async () => {
    const page = await browser.open(await pageWith());
    await page.type(`  ${PASSPHRASE.toUpperCase().replaceAll('-', ' ').replace(' ', '  ')} `);
    expect(await page.words('6 words recognised')).toContain(OPEN);
    await page.press(OPEN);
    await page.words(VERIFIED);
    await page.close();
  });

  test.skipIf(!there)(
    'a wrong passphrase says so and keeps what was typed; its words are helped with',
    async () => {
      const page = await browser.open(await pageWith());
      const mistyped = PASSPHRASE.replace('deface', 'defase');
      await page.type(mistyped);
      expect(await page.words('“defase” is not on the word list.')).toContain('deface');
      await page.press(OPEN);
      await page.words('That is not the passphrase');
      expect(await page.typed()).toBe(mistyped);
      await page.press('Replace “defase” by “deface”');
      expect(await page.typed()).toBe(PASSPHRASE);
      await page.press(OPEN);
      await page.words(VERIFIED);
      await page.close();
    },
  );

  const armorLine = /^(?!-----)[A-Za-z0-9+/]{64}$/gm;
  test.skipIf(!there).each<[string, (page: string) => string, string]>([
    ['cut off in the bundle', (page) => page.slice(0, -100_000), 'This page is not complete'],
    [
      'without its bundle',
      (page) => page.slice(0, page.indexOf('<script type="text/plain" id="bundle"')),
      'This page is not complete',
    ],
    ['with an empty bundle', () => TEMPLATE.toString(), 'This page is not complete'],
    [
      'with two bundles',
      (page) => page.replace('</body>', '<p id="bundle"></p></body>'),
      'This page was changed',
    ],
    [
      'with words in its bundle',
      (page) => page.replace('-----BEGIN AGE', 'Hello\n-----BEGIN AGE'),
      'This page was changed',
    ],
    ['with a line missing in the header', (page) => page.replace(armorLine, ''), 'is damaged'],
  ])('a page %s says so at once', async (_what, change, expected) => {
    const page = await browser.open(await pageWith(change));
    const words = await page.words(expected);
    expect(words).toContain('Code: bundle-damaged');
    expect(words).not.toContain(OPEN);
    await page.close();
  });

  test.skipIf(!there)(
    'a page whose bundle was changed says so, and gives out nothing',
    async () => {
      const lines = (page: string): string => {
        const found = [...page.matchAll(armorLine)];
        const at = found.at(-1000)!.index;
        return `${page.slice(0, at)}${page[at] === 'A' ? 'B' : 'A'}${page.slice(at + 1)}`;
      };
      const page = await browser.open(await pageWith(lines));
      await page.type(PASSPHRASE);
      await page.press(OPEN);
      const words = await page.words('was altered or cut short on the way');
      expect(words).not.toContain('passport.jpg');
      await page.close();
    },
  );

  test.skipIf(!there)('hostile names are refused', async () => {
    const payload = tarOf({ name: '../../.bashrc', content: 'x' });
    const page = await browser.open(await writePageAround(temporaryFolder(), TEMPLATE, payload));
    await page.type(PASSPHRASE);
    await page.press(OPEN);
    expect(await page.words('not safe to save')).toContain('../../.bashrc');
    await page.close();
  });

  test.skipIf(!there).each(sizes)('%i MB come out as they went in', async (size) => {
    const content = patternBytes(size * MB);
    const path = await writePage(
      temporaryFolder(),
      TEMPLATE,
      { 'scan.tif': content },
      { logN: 18 },
    );
    const page = await browser.open(path);
    await page.type(PASSPHRASE);
    await page.press(OPEN);
    expect(await page.words(VERIFIED)).toContain(sha256(content));
    const saved = await page.download('Save scan.tif');
    expect(saved.bytes.equals(content)).toBe(true);
    await page.close();
  });
});
