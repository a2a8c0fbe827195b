import type { BrowserWindow } from 'electron';
import { expect, test } from 'vitest';
import { openPage } from '../../../main/electron/external.ts';
import { electronPorts } from '../../../main/electron/ports.ts';
import { wordsIn } from '../../../main/electron/words.ts';
import { as } from './fakes.ts';

function host() {
  const did: unknown[] = [];
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      did.push([name, ...args]);
      return Promise.resolve(as<never>('answer'));
    };
  const window = as<BrowserWindow>({ setContentProtection: note('protect') });
  const ports = electronPorts({
    dialog: as({}),
    words: () => wordsIn('en', ''),
    window: () => window,
    copying: { copyText: note('copy') },
    secrets: {
      keeps: true,
      readSecret: note('read'),
      writeSecret: note('write'),
      removeSecret: note('remove'),
    },
    shell: {
      openExternal: note('open'),
      showItemInFolder: (path) => {
        did.push(['show', path]);
      },
    },
  });
  return { did, ports };
}

test('each port reaches its part of the system', async () => {
  const { did, ports } = host();
  await ports.copyText('words', true);
  await ports.showInFolder('/b.age');
  await ports.protectContent(true);
  await ports.readSecret('c');
  await ports.writeSecret('c', 's');
  await ports.removeSecret('c');
  expect(did).toEqual([
    ['copy', 'words', true],
    ['show', '/b.age'],
    ['protect', true],
    ['read', 'c'],
    ['write', 'c', 's'],
    ['remove', 'c'],
  ]);
});

test('a download is offered only in a browser', async () => {
  await expect(host().ports.offerDownload('/b.age', 'b.age')).rejects.toMatchObject({
    code: 'not-available',
  });
});

test('the pages that open outside are constants', async () => {
  const { did, ports } = host();
  await ports.openPage('age');
  await ports.openPage('messages');
  expect(did).toEqual([
    ['open', 'https://age-encryption.org/v1'],
    ['open', 'sms:'],
  ]);
});

test.each(['https://example.com', 'file:///etc/passwd', '__proto__', 'constructor', ''])(
  'nothing else opens: %s',
  async (page) => {
    const opened: string[] = [];
    await openPage(
      {
        openExternal: (url) => {
          opened.push(url);
          return Promise.resolve();
        },
      },
      page as 'age',
    );
    expect(opened).toEqual([]);
  },
);
