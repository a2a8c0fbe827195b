import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { writeDocuments } from '../../support/documents.ts';
import { TestSession } from '../../support/sessions.ts';
import { namesIn, temporaryFolder } from '../../support/temporary.ts';

test('what the person chooses in the system’s dialog is known by an id, and shown by its name', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'passport.pdf': 'x', 'client/a.txt': 'a' });
  const screen = await TestSession.start();
  screen.host.files = [join(folder, 'passport.pdf'), join(folder, 'client')];
  const files = await screen.run('chooseFiles', { purpose: 'documents' });
  expect(files.map(({ name, kind }) => [name, kind])).toEqual([
    ['passport.pdf', 'file'],
    ['client', 'folder'],
  ]);
  for (const { id } of files) expect(id).toMatch(/^[\w-]{22}$/);
  screen.host.folder = folder;
  const chosen = await screen.run('chooseFolder', { purpose: 'save' });
  expect(chosen).toMatchObject({ kind: 'folder' });
  expect(JSON.stringify([files, chosen])).not.toContain(dirname(folder));
  // Chosen again, it is the same.
  expect(await screen.run('chooseFiles', { purpose: 'bundle' })).toEqual(files);
  screen.host.files = [];
  screen.host.folder = null;
  expect(await screen.run('chooseFiles', { purpose: 'bundle' })).toEqual([]);
  expect(await screen.run('chooseFolder', { purpose: 'export' })).toBeNull();
});

test('each host has its own way to choose, and no other', async () => {
  const electron = await TestSession.start({ kind: 'electron' });
  const web = await TestSession.start({ kind: 'web' });
  const refusals = [
    await electron.refusal('listFolder', {}),
    await electron.refusal('makeFolder', { parent: 'x', name: 'x' }),
    await electron.refusal('downloadBundle', { receipt: 'x' }),
    await web.refusal('chooseFiles', { purpose: 'documents' }),
    await web.refusal('chooseFolder', { purpose: 'save' }),
    await web.refusal('copyText', { text: 'x', secret: false }),
    await web.refusal('copyPassphrase', { of: 'draft' }),
  ];
  expect(refusals).toEqual(
    [
      'listFolder',
      'makeFolder',
      'downloadBundle',
      'chooseFiles',
      'chooseFolder',
      'copyText',
      'copyPassphrase',
    ].map((command) => ({ code: 'not-available', data: { command } })),
  );
  expect([...electron.host.calls, ...web.host.calls]).toEqual([]);
});

test('a host that fails gives no reason away', async () => {
  const screen = await TestSession.start();
  for (const port of ['chooseFiles', 'chooseFolder', 'copyText', 'openPage'] as const)
    screen.host.failing.add(port);
  const failed = { ok: false, error: { code: 'host-failed', data: {} } };
  expect(await screen.invoke('chooseFiles', { purpose: 'documents' })).toEqual(failed);
  expect(await screen.invoke('chooseFolder', { purpose: 'save' })).toEqual(failed);
  expect(await screen.invoke('copyText', { text: 'x', secret: true })).toEqual(failed);
  expect(await screen.invoke('openPage', { page: 'age' })).toEqual(failed);
});

test('the page’s picker begins at home, shows folders only, and goes up', async () => {
  const screen = await TestSession.start({ kind: 'web' });
  const home = join(screen.folder, 'home');
  writeDocuments(home, {
    'Documents/a.txt': 'a',
    'Folder 10/': '',
    'Folder 9/': '',
    '.hidden/': '',
    'file.txt': 'x',
  });
  symlinkSync(join(home, 'Documents'), join(home, 'linked'));
  symlinkSync(join(home, 'nowhere'), join(home, 'broken'));
  symlinkSync(join(home, 'file.txt'), join(home, 'to a file'));
  const listing = await screen.run('listFolder', {});
  expect(listing.path).toBe(home);
  expect(listing.folders.map(({ name }) => name)).toEqual([
    'Documents',
    'Folder 9',
    'Folder 10',
    'linked',
  ]);
  const up = await screen.run('listFolder', { folder: listing.parent!.id });
  expect(up.path).toBe(screen.folder);
  expect(up.folders.map(({ name }) => name)).toContain('home');
  let root = up;
  while (root.parent !== null) root = await screen.run('listFolder', { folder: root.parent.id });
  expect([root.path, root.folder.name]).toEqual(['/', '/']);
});

test('a folder that cannot be listed says so; a file is none', async () => {
  const screen = await TestSession.start({ kind: 'web' });
  const folder = writeDocuments(temporaryFolder(), { 'gone/': '', 'file.txt': 'x' });
  const gone = join(folder, 'gone');
  const id = await screen.choose(gone);
  const { rmdirSync } = await import('node:fs');
  rmdirSync(gone);
  expect(await screen.refusal('listFolder', { folder: id })).toEqual({
    code: 'folder-unreadable',
    data: { path: gone },
  });
  const file = await screen.choose(join(folder, 'file.txt'));
  const unknown = { code: 'reference-unknown', data: { kind: 'file' } };
  expect(await screen.refusal('listFolder', { folder: file })).toEqual(unknown);
  expect(await screen.refusal('listFolder', { folder: folder.slice(0, 64) })).toEqual(unknown);
});

test('more folders than anybody picks from are cut off', async () => {
  const screen = await TestSession.start({ kind: 'web' });
  for (let each = 0; each < 2010; each += 1)
    mkdirSync(join(screen.folder, `home/${String(each).padStart(4, '0')}`));
  const { folders } = await screen.run('listFolder', {});
  expect(folders).toHaveLength(2000);
  expect(folders.at(-1)!.name).toBe('1999');
});

test('a folder is made where the person is, and nowhere else', async () => {
  const screen = await TestSession.start({ kind: 'web' });
  const home = join(screen.folder, 'home');
  const { folder } = await screen.run('listFolder', {});
  const made = await screen.run('makeFolder', { parent: folder.id, name: 'From Ana' });
  expect(made).toMatchObject({ name: 'From Ana', kind: 'folder' });
  expect((await screen.run('listFolder', { folder: made.id })).path).toBe(join(home, 'From Ana'));
  const taken = await screen.refusal('makeFolder', { parent: folder.id, name: 'From Ana' });
  expect(taken.code).toBe('output-exists');
  for (const name of ['', '.', '..', '../x', 'a/b', '/x', 'a\\b', 'C:', 'nul', 'x ', 'a\0b']) {
    const refused = await screen.refusal('makeFolder', { parent: folder.id, name });
    expect(refused.code, name).toBe('document-name');
  }
  expect(await namesIn(screen.folder)).not.toContain('x');
  expect(await namesIn(home)).toEqual(['From Ana']);
});

test('the staging folder is private, and emptied at both ends', async () => {
  const folder = temporaryFolder();
  writeDocuments(folder, { 'staging/left over/a.age': 'x', 'staging/b': 'y' });
  const screen = await TestSession.start({ folder, kind: 'web' });
  const staging = join(folder, 'staging');
  expect(await namesIn(staging)).toEqual([]);
  const { statSync } = await import('node:fs');
  expect(statSync(staging).mode & 0o777).toBe(0o700);
  writeFileSync(join(staging, 'upload'), 'x');
  await screen.session.close();
  expect(await namesIn(staging)).toEqual([]);
  expect(existsSync(staging)).toBe(true);
});

test('a staging folder in which precious things lie, or which is a link, is refused', async () => {
  const { createSession } = await import('../../../app/session.ts');
  const { FakeHost } = await import('../../support/sessions.ts');
  const folder = writeDocuments(temporaryFolder(), { 'home/precious.txt': 'x', 'real/x': 'x' });
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  const start = (stagingFolder: string) =>
    createSession(
      {
        host: { kind: 'web', platform: 'linux', keepsSecrets: false, protectsContent: false },
        version: '1',
        dataFolder: join(folder, 'data'),
        stagingFolder,
        homeFolder: join(folder, 'home'),
      },
      new FakeHost(),
    );
  const unsafe = { code: 'output-unsafe' };
  await expect(start(folder)).rejects.toMatchObject(unsafe);
  await expect(start(join(folder, 'home'))).rejects.toMatchObject(unsafe);
  await expect(start(join(folder, 'link'))).rejects.toMatchObject(unsafe);
  expect(existsSync(join(folder, 'home/precious.txt'))).toBe(true);
  expect(existsSync(join(folder, 'real/x'))).toBe(true);
});

test('what a host hands over without its whole path is refused', async () => {
  const screen = await TestSession.start();
  const result = await screen.session.grant([{ path: 'relative.txt' }]);
  expect(result).toMatchObject({ ok: false, error: { code: 'input-invalid' } });
});

test('a folder that was handed over for reading is no place to write into, until the person chooses it', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'letters/a.txt': 'a' });
  const path = join(folder, 'letters');
  const screen = await TestSession.start();
  const dropped = await screen.session.grant([{ path, readOnly: true }]);
  const [grant] = dropped.ok ? dropped.value : [];
  expect(await screen.run('addDocuments', { grants: [grant?.id ?? ''] })).toEqual({ added: 1 });
  const to = { kind: 'folder' as const, folder: grant?.id ?? '' };
  expect(await screen.refusal('seal', { to })).toMatchObject({ code: 'reference-unknown' });
  expect(await namesIn(path)).toEqual(['a.txt']);
  screen.host.folder = path;
  const chosen = await screen.run('chooseFolder', { purpose: 'destination' });
  expect(chosen?.id).not.toBe(grant?.id);
  expect(await screen.run('listDocuments', {})).toHaveLength(1);
});
