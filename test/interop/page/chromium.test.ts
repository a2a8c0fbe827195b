import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { patternBytes } from '../../support/documents.ts';
import { PASSPHRASE, writePage } from '../../support/pages.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { CHROMIUM_THERE, openDocuments, shownInChromium } from './chromium.ts';
import { DOCUMENTS, pageWith, sha256, TEMPLATE } from './made.ts';

const OPEN = 'Open the documents';
const MB = 1_000_000;

function withoutCipher(): void {
  SubtleCrypto.prototype.importKey = () => Promise.reject(new Error('unknown'));
}

test.skipIf(!CHROMIUM_THERE).each(['with the cipher', 'without it'])(
  '100 MB come out as they went in, %s',
  async (how) => {
    const content = patternBytes(100 * MB);
    const path = await writePage(
      temporaryFolder(),
      TEMPLATE,
      { 'scan.tif': content },
      { logN: 18 },
    );
    const page = await shownInChromium(path, {}, how === 'without it' ? withoutCipher : undefined);
    await openDocuments(page);
    expect(await page.locator('main').innerText()).toContain(sha256(content));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save scan.tif' }).click(),
    ]);
    expect(readFileSync(await download.path()).equals(content)).toBe(true);
  },
  240_000,
);

test.skipIf(!CHROMIUM_THERE)(
  'the button stays where it is when the words are recognised',
  async () => {
    const page = await shownInChromium(await pageWith());
    const button = page.getByRole('button', { name: OPEN });
    const before = await button.boundingBox();
    await page.getByRole('textbox').fill(PASSPHRASE);
    await page.getByText('words recognised').waitFor();
    expect(await button.boundingBox()).toEqual(before);
  },
);

test.skipIf(!CHROMIUM_THERE)(
  'the page goes on answering while the key is derived, and can be stopped',
  async () => {
    const path = await writePage(temporaryFolder(), TEMPLATE, DOCUMENTS, { logN: 18 });
    const page = await shownInChromium(path);
    await page.getByRole('textbox').fill(PASSPHRASE);
    // In the page, because the way there and back may take longer than the key. It is pressed when a part was drawn.
    await page.evaluate(() => {
      const press = (): void => {
        const bar = document.querySelector('progress');
        if (bar === null || bar.value < 0.02) requestAnimationFrame(press);
        else bar.parentElement?.querySelector('button')?.click();
      };
      document.querySelector('form')?.requestSubmit();
      requestAnimationFrame(press);
    });
    await page.getByRole('button', { name: OPEN }).waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe(PASSPHRASE);
    expect(await page.getByRole('alert').count()).toBe(0);
  },
);

test.skipIf(!CHROMIUM_THERE)('closing the documents forgets them and the passphrase', async () => {
  const page = await shownInChromium(await pageWith());
  await openDocuments(page);
  await page.getByRole('button', { name: 'Close the documents' }).click();
  expect(await page.getByRole('textbox').inputValue()).toBe('');
  expect(await page.locator('main').innerText()).not.toContain('passport.jpg');
});

test.skipIf(!CHROMIUM_THERE)('one document has no ZIP to offer', async () => {
  const page = await shownInChromium(
    await writePage(temporaryFolder(), TEMPLATE, { 'a.pdf': '1' }),
  );
  await openDocuments(page);
  expect(await page.getByRole('button', { name: /^Save/ }).allInnerTexts()).toEqual(['Save']);
});

test.skipIf(!CHROMIUM_THERE)(
  'its policy keeps even a stranger in the page from any network',
  async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    onTestFinished(() => {
      server.close();
    });
    await new Promise((resolve) => server.once('listening', resolve));
    const address = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const page = await shownInChromium(await pageWith());
    const refused = await page.evaluate(async (host) => {
      const outcome = async (what: Promise<unknown>): Promise<string> =>
        await what.then(
          () => 'went out',
          () => 'refused',
        );
      const loaded = (element: HTMLElement & { src: string }): Promise<unknown> =>
        new Promise((resolve, reject) => {
          element.onload = resolve;
          element.onerror = reject;
          element.src = `http://${host}/`;
          document.body.append(element);
        });
      const form = document.createElement('form');
      form.action = `http://${host}/`;
      document.body.append(form);
      const stopped = new Promise((_resolve, reject) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          if (event.effectiveDirective === 'form-action') reject(new Error('stopped'));
        });
      });
      form.submit();
      return {
        form: await outcome(stopped),
        fetch: await outcome(fetch(`http://${host}/`)),
        image: await outcome(loaded(document.createElement('img'))),
        script: await outcome(loaded(document.createElement('script'))),
        socket: await outcome(
          new Promise((resolve, reject) => {
            const socket = new WebSocket(`ws://${host}/`);
            socket.onopen = resolve;
            socket.onerror = reject;
          }),
        ),
        beacon: navigator.sendBeacon(`http://${host}/`) ? 'queued' : 'refused',
      };
    }, address);
    const { beacon, ...others } = refused;
    expect(new Set(Object.values(others))).toEqual(new Set(['refused']));
    expect(['queued', 'refused']).toContain(beacon);
    expect(asked).toBe(0);
  },
);

test.skipIf(!CHROMIUM_THERE)('a script that somebody puts in does not run', async () => {
  const page = await shownInChromium(
    await pageWith((text) =>
      text
        .replace('<main>', '<main><script>document.title = "stolen"</script>')
        .replace('</body>', '<img src="x" onerror="document.title = \'stolen\'"></body>'),
    ),
  );
  await page.getByRole('textbox').waitFor();
  expect(await page.title()).toBe('Sealed documents');
});

test.skipIf(!CHROMIUM_THERE)('a changed program does not start, and the page says so', async () => {
  const page = await shownInChromium(
    await pageWith((text) => text.replace('function start()', 'function  start()')),
  );
  await page.getByRole('heading', { name: 'This page did not start' }).waitFor();
  expect(await page.getByRole('textbox').count()).toBe(0);
});

test.skipIf(!CHROMIUM_THERE)(
  'it says which program it is, as a page without its bundle is compared',
  async () => {
    const page = await shownInChromium(await pageWith());
    await page.locator('.about > summary').click();
    const program = /<script>([^]*?)<\/script>/.exec(TEMPLATE.toString())![1]!;
    const words = await page.locator('.about').innerText();
    expect(words).toContain(`SHA-256 ${sha256(program)}`);
    expect(words).toContain('Signet 0.1.0');
    expect(words).toContain("sed -n '/^-----BEGIN/,/^-----END/p' bundle.html | age -d | tar x");
    expect(words).toContain("sed '/^-----BEGIN/,/^-----END/d' bundle.html | sha256sum");
    expect(words).toContain('scrypt, N = 2^10');
  },
);
