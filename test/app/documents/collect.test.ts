import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { collectDocuments, type Collection } from '../../../app/documents/collect.ts';
import { appInChild } from '../../support/child.ts';
import { writeDocuments } from '../../support/documents.ts';
import { cancelledAt } from '../../support/jobs.ts';
import { isRoot } from '../../support/peers.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { collect } from '../../support/streams.ts';

function namesOf(collection: Collection): string[] {
  return collection.documents.map(({ name }) => name);
}

test('a file goes in under its own name, with its size, time and content', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'passport.pdf': 'a scan' });
  const path = join(folder, 'passport.pdf');
  utimesSync(path, 1_600_000_000, 1_600_000_000);
  const collection = await collectDocuments([path], {});
  expect(collection).toMatchObject({ emptyFolders: [], leftOut: [], bytes: 6 });
  const [document] = collection.documents;
  expect(document).toMatchObject({
    name: 'passport.pdf',
    bytes: 6,
    modified: new Date(1_600_000_000_000),
  });
  expect((await collect(document!.read())).toString()).toBe('a scan');
});

test('a folder goes in under its own name with all that is in it, sorted, structure kept', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    'client/b.txt': '22',
    'client/a/z.txt': '4444',
    'client/a/deep/er/x.txt': '1',
    'client/.hidden': '',
    'client/B.txt2': '333',
  });
  const collection = await collectDocuments([join(folder, 'client')], {});
  expect(namesOf(collection)).toEqual([
    'client/.hidden',
    'client/B.txt2',
    'client/a/deep/er/x.txt',
    'client/a/z.txt',
    'client/b.txt',
  ]);
  expect(collection.bytes).toBe(10);
});

test('files and folders are taken in the order in which they were given', async () => {
  const folder = writeDocuments(temporaryFolder(), { z: '', 'm/x': '', a: '' });
  const paths = ['z', 'm', 'a'].map((name) => join(folder, name));
  expect(namesOf(await collectDocuments(paths, {}))).toEqual(['z', 'm/x', 'a']);
});

test('a trailing slash and dots in a path do not change the name', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'client/a': '' });
  expect(namesOf(await collectDocuments([`${folder}/./x/../client/`], {}))).toEqual(['client/a']);
});

test('empty folders are kept, also those that hold only litter or other empty folders', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    'client/empty/': '',
    'client/outer/inner/': '',
    'client/littered/.DS_Store': 'x',
    'client/full/a': '',
  });
  const collection = await collectDocuments([join(folder, 'client')], {});
  expect(collection.emptyFolders).toEqual([
    'client/empty',
    'client/littered',
    'client/outer/inner',
  ]);
  expect(namesOf(collection)).toEqual(['client/full/a']);
});

test('an empty folder alone is something to seal', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'empty/': '' });
  const collection = await collectDocuments([join(folder, 'empty')], {});
  expect(collection).toMatchObject({ documents: [], emptyFolders: ['empty'], bytes: 0 });
});

test("the operating system's litter is left out and reported", async () => {
  const litter = [
    '.DS_Store',
    '._passport.pdf',
    'Thumbs.db',
    'THUMBS.DB',
    'desktop.ini',
    '.signet-0123abcd-1-0123456789ab.partial',
  ];
  const kept = ['DS_Store', 'my Thumbs.db', 'desktop.ini.txt', '_._', '.signet'];
  const all = Object.fromEntries([...litter, ...kept].map((name) => [`client/sub/${name}`, 'x']));
  const folder = writeDocuments(temporaryFolder(), all);
  const collection = await collectDocuments([join(folder, 'client')], {});
  expect([...collection.leftOut].sort()).toEqual(litter.map((name) => `client/sub/${name}`).sort());
  expect(namesOf(collection).sort()).toEqual(kept.map((name) => `client/sub/${name}`).sort());
});

test('litter that a person names is taken', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'desktop.ini': 'x' });
  expect(namesOf(await collectDocuments([join(folder, 'desktop.ini')], {}))).toEqual([
    'desktop.ini',
  ]);
});

test('nothing at all is refused', async () => {
  await expect(collectDocuments([], {})).rejects.toMatchObject({ code: 'no-documents' });
});

test('a missing file is refused by name', async () => {
  const folder = writeDocuments(temporaryFolder(), { file: '' });
  for (const path of ['missing.pdf', 'file/below.pdf'])
    await expect(collectDocuments([join(folder, path)], {})).rejects.toMatchObject({
      code: 'document-missing',
      data: { name: path.split('/').at(-1) },
    });
});

test('a link that leads in a circle is unreadable', async () => {
  const folder = temporaryFolder();
  symlinkSync('loop', join(folder, 'loop'));
  await expect(collectDocuments([join(folder, 'loop')], {})).rejects.toMatchObject({
    code: 'document-unreadable',
    data: { name: 'loop' },
  });
});

test('a folder that may not be listed is refused by name', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'client/private/a': '' });
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'client/private'), 0o300);
  const path = JSON.stringify(join(folder, 'client'));
  const result = await appInChild(
    `app.seal({ paths: [${path}], lock: { kind: 'generate' } }, { directory: '/tmp' })`,
    { unprivileged: true },
  );
  // So that it can be cleared away.
  chmodSync(join(folder, 'client/private'), 0o700);
  expect(result).toEqual({ code: 'document-unreadable', data: { name: 'client/private' } });
});

test('a link that a person names is followed', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'real/a': 'content', 'file.pdf': 'scan' });
  symlinkSync('real', join(folder, 'folder-link'));
  symlinkSync('file.pdf', join(folder, 'file-link.pdf'));
  const paths = ['folder-link', 'file-link.pdf'].map((name) => join(folder, name));
  const { documents } = await collectDocuments(paths, {});
  expect(documents.map(({ name }) => name)).toEqual(['folder-link/a', 'file-link.pdf']);
  expect(Buffer.from(documents[1]!.readWhole()!).toString()).toBe('scan');
});

test.each(['a file', 'a folder', 'nothing'])(
  'a link to %s within a folder is refused',
  async (to) => {
    const folder = writeDocuments(temporaryFolder(), { 'client/a': '', file: '', 'dir/': '' });
    const targets = { 'a file': '../file', 'a folder': '../dir', nothing: 'nowhere' };
    symlinkSync(targets[to as keyof typeof targets], join(folder, 'client/link'));
    await expect(collectDocuments([join(folder, 'client')], {})).rejects.toMatchObject({
      code: 'document-special',
      data: { name: 'client/link', kind: 'symbolic-link' },
    });
  },
);

test.each([true, false])('a pipe is refused, within a folder: %s', async (within) => {
  const folder = writeDocuments(temporaryFolder(), { 'client/a': '' });
  execFileSync('mkfifo', [join(folder, 'client/pipe')]);
  const path = join(folder, within ? 'client' : 'client/pipe');
  await expect(collectDocuments([path], {})).rejects.toMatchObject({
    code: 'document-special',
    data: { name: within ? 'client/pipe' : 'pipe', kind: 'pipe' },
  });
});

test('a socket is refused', async () => {
  const folder = temporaryFolder();
  const server = createServer().listen(join(folder, 'socket'));
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  await expect(collectDocuments([join(folder, 'socket')], {})).rejects.toMatchObject({
    code: 'document-special',
    data: { name: 'socket', kind: 'socket' },
  });
});

test.skipIf(process.platform === 'win32')('a device is refused', async () => {
  await expect(collectDocuments(['/dev/null'], {})).rejects.toMatchObject({
    code: 'document-special',
    data: { name: 'null', kind: 'device' },
  });
});

test.skipIf(!isRoot)('a block device within a folder is refused', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'client/a': '' });
  execFileSync('mknod', [join(folder, 'client/disk'), 'b', '7', '200']);
  await expect(collectDocuments([join(folder, 'client')], {})).rejects.toMatchObject({
    code: 'document-special',
    data: { name: 'client/disk', kind: 'device' },
  });
});

test('a folder that goes away while it is walked fails by name', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'client/a': '', 'client/sub/b': '' });
  const { signal } = new AbortController();
  let asked = 0;
  Object.defineProperty(signal, 'aborted', {
    get: () => {
      // The second folder is about to be listed.
      asked += 1;
      if (asked === 2) rmSync(join(folder, 'client/sub'), { recursive: true });
      return false;
    },
  });
  await expect(collectDocuments([join(folder, 'client')], { signal })).rejects.toMatchObject({
    code: 'document-missing',
    data: { name: 'client/sub' },
  });
});

test('collecting stops when it is cancelled', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'a/b/c/d': '' });
  for (const step of [0, 1, 2])
    await expect(collectDocuments([join(folder, 'a')], cancelledAt(step))).rejects.toMatchObject({
      code: 'cancelled',
    });
  await expect(collectDocuments([join(folder, 'a')], cancelledAt(3))).resolves.toBeDefined();
});

test('collecting opens and changes nothing', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'client/a': 'x' });
  mkdirSync(join(folder, 'client/empty'));
  await collectDocuments([join(folder, 'client')], {});
  expect(readFileSync(join(folder, 'client/a'), 'utf8')).toBe('x');
});
