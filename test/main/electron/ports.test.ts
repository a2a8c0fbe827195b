import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { expect, test } from 'vitest';
import { openPage } from '../../../main/electron/external.ts';
import { electronPorts } from '../../../main/electron/ports.ts';
import { wordsIn } from '../../../main/electron/words.ts';
import { writeDocuments } from '../../support/documents.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { as } from './fakes.ts';

function host(outbox = '/outbox', failure = '') {
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
      openPath: (path) => {
        did.push(['open path', path]);
        return Promise.resolve(failure);
      },
      showItemInFolder: (path) => {
        did.push(['show', path]);
      },
    },
    outbox,
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

/** An outbox with a draft in it, and other things in and around it. */
function outboxFolder(): string {
  const folder = writeDocuments(temporaryFolder(), {
    'outbox/mine/mine.tar.age.eml': 'X-Unsent: 1',
    'outbox/mine/mine.tar.age': 'sealed',
    'outbox/mine/run.sh': 'rm -rf ~',
    'outbox/folder.eml/x': '',
    'outside.eml': 'Subject: x',
    'outbox2/near.eml': 'Subject: x',
  });
  symlinkSync(join(folder, 'outside.eml'), join(folder, 'outbox/link.eml'));
  return folder;
}

test('a draft of the outbox is opened in the mail program', async () => {
  const folder = outboxFolder();
  const path = join(folder, 'outbox/mine/mine.tar.age.eml');
  const { did, ports } = host(join(folder, 'outbox'));
  await ports.openMessage(path);
  expect(did).toEqual([['open path', path]]);
  const failing = host(join(folder, 'outbox'), 'no program for it');
  await expect(failing.ports.openMessage(path)).rejects.toMatchObject({ code: 'host-failed' });
});

test.each([
  'outbox/mine/mine.tar.age',
  'outbox/mine/run.sh',
  'outbox/folder.eml',
  'outbox/link.eml',
  'outbox/gone.eml',
  'outbox/../outside.eml',
  'outbox',
  'outside.eml',
  'outbox2/near.eml',
])('nothing else is opened as a message: %s', async (name) => {
  const folder = outboxFolder();
  const { did, ports } = host(join(folder, 'outbox'));
  for (const path of [`${folder}/${name}`, name])
    await expect(ports.openMessage(path)).rejects.toMatchObject({ code: 'host-failed' });
  expect(did).toEqual([]);
});

test('a message is begun by its link', async () => {
  const { did, ports } = host();
  const urls = [
    'mailto:?subject=Encrypted%20documents&body=Dear%20Ana%0D%0A%0D%0Awhat%27s%20attached%3F%20%26%20more',
    'mailto:ana@example.test,bob@example.test?subject=x&body=y',
  ];
  for (const url of urls) await ports.openMailto(url);
  expect(did).toEqual(urls.map((url) => ['open', url]));
});

test.each([
  '',
  'ana@example.test',
  'https://example.test/?mailto:',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'MAILTO:ana@example.test',
  ' mailto:ana@example.test',
  'mailto:ana@example.test?attach=/etc/passwd',
  'mailto:ana@example.test?subject=x&attachment=/etc/passwd',
  'mailto:ana@example.test?bcc=eve@example.test',
  'mailto:ana@example.test?subject=x#y',
  'mailto:ana@example.test?subject=x\nBcc: eve@example.test',
])('no other address is opened as one: %j', async (url) => {
  const { did, ports } = host();
  await expect(ports.openMailto(url)).rejects.toMatchObject({ code: 'host-failed' });
  expect(did).toEqual([]);
});
