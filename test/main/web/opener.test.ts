import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemOpener } from '../../../main/web/opener.ts';
import { webPorts } from '../../../main/web/ports.ts';
import { writeRedirectFile } from '../../../main/web/redirect-file.ts';
import { writeDocuments } from '../../support/documents.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** An `xdg-open` that writes down how it was called, as everybody on the machine can see it. */
function desktop(exitCode = 0) {
  const folder = temporaryFolder();
  const log = join(folder, 'log');
  const program = join(folder, 'xdg-open');
  writeFileSync(
    program,
    `#!/bin/sh\ntr '\\0' '\\n' < /proc/$$/cmdline > '${log}'\nexit ${String(exitCode)}\n`,
  );
  chmodSync(program, 0o755);
  const env = { DISPLAY: ':0', PATH: `${folder}:${process.env['PATH'] ?? ''}` };
  const opener = systemOpener({ platform: 'linux', env, home: folder });
  const seen = (): string[] => readFileSync(log, 'utf8').trimEnd().split('\n').slice(2);
  return { folder, opener, seen };
}

const onLinux = test.skipIf(process.platform !== 'linux');

onLinux('a file is opened by its path alone, whatever is in its name', async () => {
  const { folder, opener, seen } = desktop();
  const path = join(folder, 'a b;touch x$(touch y)`touch z`.html');
  expect(await opener.open(path)).toBe(true);
  expect(seen()).toEqual([path]);
});

onLinux('the secret of a link is not among the arguments of what opens it', async () => {
  const { folder, opener, seen } = desktop();
  const file = writeRedirectFile(folder, 'http://127.0.0.1:4711/#launch-secret');
  expect(readFileSync(file.path, 'utf8')).toContain('launch-secret');
  await opener.open(file.path);
  expect(seen()).toEqual([file.path]);
  expect(seen().join()).not.toContain('launch-secret');
});

onLinux('an opener that fails did not open anything', async () => {
  expect(await desktop(3).opener.open('/tmp')).toBe(false);
});

test('an opener that is not there did not open anything', async () => {
  const env = { DISPLAY: ':0', PATH: temporaryFolder() };
  const opener = systemOpener({ platform: 'linux', env, home: '/' });
  expect(await opener.open('/tmp')).toBe(false);
});

test.each([{}, { DISPLAY: '' }])(
  'where there is no display, nothing is opened: %j',
  async (env) => {
    const opener = systemOpener({ platform: 'linux', env, home: '/' });
    expect(await opener.open('/tmp')).toBe(false);
    expect(await opener.reveal('/tmp')).toBe(false);
  },
);

onLinux('of a file, the folder is shown; the file is not opened', async () => {
  const { folder, opener, seen } = desktop();
  const target = join(folder, 'saved');
  mkdirSync(target);
  writeFileSync(join(target, 'run-me.desktop'), '');
  for (const path of [target, join(target, 'run-me.desktop'), join(target, 'gone.pdf')]) {
    expect(await opener.reveal(path)).toBe(true);
    expect(seen()).toEqual([target]);
  }
});

test('of addresses, only the constant ones are opened', async () => {
  const opened: string[] = [];
  const opener = {
    open: (target: string) => {
      opened.push(target);
      return Promise.resolve(true);
    },
    reveal: () => Promise.resolve(false),
  };
  const folder = writeDocuments(temporaryFolder(), { 'outbox/mine.eml': 'x', 'outside.eml': 'x' });
  const outbox = join(folder, 'outbox');
  const ports = webPorts(
    {
      keeps: true,
      read: (name) => Promise.resolve(`secret of ${name}`),
      write: () => Promise.resolve(true),
      remove: () => Promise.resolve(),
    },
    { offer: () => '/download/x' },
    opener,
    outbox,
  );
  await ports.openPage('age');
  await ports.openPage('messages');
  const draft = join(outbox, 'mine.eml');
  await ports.openMessage(draft);
  await ports.openMailto('mailto:ana@example.test?subject=x');
  const expected = ['https://age-encryption.org/v1', 'sms:', draft];
  expect(opened).toEqual([...expected, 'mailto:ana@example.test?subject=x']);
  for (const refused of [
    ports.openMessage(join(outbox, '../outside.eml')),
    ports.openMessage('/etc/passwd'),
    ports.openMailto('https://example.test'),
    ports.openMailto('mailto:ana@example.test?attach=/etc/passwd'),
  ])
    await expect(refused).rejects.toMatchObject({ code: 'host-failed' });
  expect(opened).toHaveLength(4);
  await expect(ports.showInFolder('/tmp')).rejects.toMatchObject({ code: 'host-failed' });
  await expect(ports.chooseFiles('documents')).rejects.toMatchObject({ code: 'host-failed' });
  await expect(ports.chooseFolder('save')).rejects.toMatchObject({ code: 'host-failed' });
  await expect(ports.copyText('x', true)).rejects.toMatchObject({ code: 'host-failed' });
  expect(await ports.readSecret('a')).toBe('secret of a');
});
