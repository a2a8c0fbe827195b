import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DraftDocument } from '../../../app/contract/views.ts';
import { writeDocuments } from '../../support/documents.ts';
import { held } from '../../support/held.ts';
import { jpegWithLocation, jpegWithThumbnail, PNG_PIXEL } from '../../support/images.ts';
import { TestSession } from '../../support/sessions.ts';
import { temporaryFolder } from '../../support/temporary.ts';

async function documentsOf(screen: TestSession): Promise<readonly DraftDocument[]> {
  return await screen.run('listDocuments', {});
}

/** What there is to remark, by name. */
async function remarks(screen: TestSession): Promise<Record<string, unknown>> {
  const documents = await documentsOf(screen);
  return Object.fromEntries(
    documents.filter((each) => each.remarks.length > 0).map((each) => [each.name, each.remarks]),
  );
}

test('files and folders become documents, with kind, size and structure', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    'client/passport.PDF': 'passport',
    'client/photo.jpg': 'not really',
    'client/2025/accounts.xlsx': '12',
    'client/2025/Thumbs.db': 'litter',
    'client/nothing/': '',
    'cv.docx': 'cv',
  });
  const screen = await TestSession.start();
  expect(await screen.add(join(folder, 'client'), join(folder, 'cv.docx'))).toBe(5);
  const rows = (await documentsOf(screen)).map(({ name, bytes, kind, preview }) => [
    name,
    bytes,
    kind,
    preview,
  ]);
  expect(rows).toEqual([
    ['client/2025/accounts.xlsx', 2, 'sheet', false],
    ['client/nothing', 0, 'folder', false],
    ['client/passport.PDF', 8, 'pdf', false],
    ['client/photo.jpg', 10, 'image', true],
    ['cv.docx', 2, 'text', false],
  ]);
  const { draft } = await screen.snapshot();
  expect(draft).toMatchObject({ documents: 5, bytes: 22, blocked: 0, leftOut: 1, checking: false });
  expect(await remarks(screen)).toEqual({});
});

test('what could not be sealed is on the table, with the reason', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    'in/empty.txt': '',
    'in/con.txt': 'x',
    'in/a:b/c.txt': 'x',
    'in/good.txt': 'x',
  });
  symlinkSync('/etc/passwd', join(folder, 'in/link'));
  const screen = await TestSession.start();
  await screen.add(join(folder, 'in'), join(folder, 'gone.pdf'));
  expect(await remarks(screen)).toEqual({
    'in/empty.txt': [{ kind: 'empty' }],
    'in/con.txt': [{ kind: 'name', problem: 'reserved-on-windows' }],
    'in/a:b/c.txt': [{ kind: 'name', problem: 'colon' }],
    'in/link': [{ kind: 'special', special: 'symbolic-link' }],
    'gone.pdf': [{ kind: 'missing' }],
  });
  // An empty file may be sealed.
  expect((await screen.snapshot()).draft).toMatchObject({ documents: 6, blocked: 4 });
});

test('names that would fall on each other are remarked on, at the later one, and anew after each change', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    'one/report.pdf': '1',
    'two/Report.PDF': '2',
    'three/re\u0301sume\u0301.txt': '3',
    'four/r\u00e9sum\u00e9.txt': '4',
    'five/report.pdf/x.txt': '5',
  });
  const screen = await TestSession.start();
  await screen.add(
    join(folder, 'one/report.pdf'),
    join(folder, 'two/Report.PDF'),
    join(folder, 'three/re\u0301sume\u0301.txt'),
    join(folder, 'four/r\u00e9sum\u00e9.txt'),
    join(folder, 'five/report.pdf'),
  );
  const all = await documentsOf(screen);
  expect(all.map((each) => each.remarks)).toEqual([
    [],
    [{ kind: 'duplicate', other: 'report.pdf' }],
    [],
    [{ kind: 'duplicate', other: 'r\u00e9sum\u00e9.txt' }],
    // A folder, where a file is.
    [{ kind: 'duplicate', other: 'report.pdf' }],
  ]);
  expect((await screen.snapshot()).draft.blocked).toBe(3);
  await screen.run('removeDocuments', { documents: [all[0]!.id] });
  expect(await remarks(screen)).toEqual({
    'r\u00e9sum\u00e9.txt': [{ kind: 'duplicate', other: 'r\u00e9sum\u00e9.txt' }],
    'report.pdf/x.txt': [{ kind: 'duplicate', other: 'Report.PDF' }],
  });
  await screen.run('renameDocument', { document: all[1]!.id, name: 'two.pdf' });
  await screen.run('renameDocument', { document: all[3]!.id, name: 'cv.txt' });
  expect(await remarks(screen)).toEqual({});
  expect((await screen.snapshot()).draft.blocked).toBe(0);
});

test('names of Signet’s own are taken, for folders, too', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'a.txt': 'a', 'b.txt': 'b' });
  const screen = await TestSession.start();
  await screen.add(join(folder, 'a.txt'), join(folder, 'b.txt'));
  const [a, b] = await documentsOf(screen);
  await screen.run('renameDocument', { document: a!.id, name: 'sha256sums' });
  await screen.run('renameDocument', { document: b!.id, name: 'SHA256SUMS/b.txt' });
  const reserved = [{ kind: 'name', problem: 'reserved-by-signet' }];
  expect(await remarks(screen)).toEqual({ sha256sums: reserved, 'SHA256SUMS/b.txt': reserved });
});

test('what is there already is not added again', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'in/a.txt': 'a', 'in/b.txt': 'b' });
  symlinkSync(join(folder, 'in'), join(folder, 'same'));
  const screen = await TestSession.start();
  expect(await screen.add(join(folder, 'in/a.txt'))).toBe(1);
  // A folder behind a link that the person named is the folder.
  expect(await screen.add(join(folder, 'in'))).toBe(1);
  expect(await screen.add(join(folder, 'same'), join(folder, 'in'))).toBe(0);
  expect((await documentsOf(screen)).map(({ name }) => name)).toEqual(['a.txt', 'in/b.txt']);
});

test('a copy of Signet’s own goes away with its document', async () => {
  const screen = await TestSession.start({ kind: 'web' });
  const staging = join(screen.folder, 'staging');
  writeDocuments(staging, { '1': 'one', '2': 'two', '3': 'three' });
  const elsewhere = writeDocuments(temporaryFolder(), { precious: 'x' });
  const grants = [
    await screen.choose(join(staging, '1'), { name: 'Ana/passport.pdf', staged: true }),
    await screen.choose(join(staging, '2'), { name: 'Ana/cv.pdf', staged: true }),
    await screen.choose(join(staging, '3'), { name: 'photo.jpg', staged: true }),
    await screen.choose(join(elsewhere, 'precious'), { staged: true }),
  ];
  expect(await screen.run('addDocuments', { grants })).toEqual({ added: 4 });
  const documents = await documentsOf(screen);
  expect(documents.map(({ name }) => name)).toEqual([
    'Ana/passport.pdf',
    'Ana/cv.pdf',
    'photo.jpg',
    'precious',
  ]);
  await screen.run('removeDocuments', { documents: [documents[0]!.id] });
  expect(['1', '2', '3'].filter((name) => existsSync(join(staging, name)))).toEqual(['2', '3']);
  await screen.run('clearDraft', {});
  expect(['1', '2', '3'].filter((name) => existsSync(join(staging, name)))).toEqual([]);
  // Whatever somebody says of it: what does not lie in the staging folder is left alone.
  expect(existsSync(join(elsewhere, 'precious'))).toBe(true);
});

test('litter out of a folder that a browser handed over file by file is left out and goes away', async () => {
  const screen = await TestSession.start({ kind: 'web' });
  const staging = join(screen.folder, 'staging');
  writeDocuments(staging, { '1': 'one', '2': 'litter' });
  const grants = [
    await screen.choose(join(staging, '1'), { name: 'Ana/passport.pdf', staged: true }),
    await screen.choose(join(staging, '2'), { name: 'Ana/.DS_Store', staged: true }),
  ];
  expect(await screen.run('addDocuments', { grants })).toEqual({ added: 1 });
  expect((await screen.snapshot()).draft).toMatchObject({ documents: 1, leftOut: 1 });
  expect(['1', '2'].filter((name) => existsSync(join(staging, name)))).toEqual(['1']);
});

test('documents that the screen does not know are refused, all of them', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'a.txt': 'a' });
  const screen = await TestSession.start();
  await screen.add(join(folder, 'a.txt'));
  const [a] = await documentsOf(screen);
  const unknown = { code: 'reference-unknown', data: { kind: 'document' } };
  const documents = [a!.id, 'd99'];
  expect(await screen.refusal('removeDocuments', { documents })).toEqual(unknown);
  expect(await screen.refusal('renameDocument', { document: 'd99', name: 'x' })).toEqual(unknown);
  expect(await screen.refusal('previewDocument', { document: 'd99' })).toEqual(unknown);
  expect(await documentsOf(screen)).toHaveLength(1);
  const grants = [await screen.choose(join(folder, 'a.txt')), join(folder, 'a.txt')];
  expect((await screen.refusal('addDocuments', { grants })).data).toEqual({ kind: 'file' });
});

test('a photo that carries a location is remarked on, and may be sealed all the same', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    'in/home.jpg': jpegWithLocation(),
    'in/plain.jpg': jpegWithThumbnail(),
    'in/broken.jpg': Buffer.from('\xff\xd8\xff\xe1\xff\xffExif', 'latin1'),
    'in/home.txt': jpegWithLocation(),
  });
  const screen = await TestSession.start();
  await screen.add(join(folder, 'in'));
  expect(await remarks(screen)).toEqual({ 'in/home.jpg': [{ kind: 'location' }] });
  expect((await screen.snapshot()).draft.blocked).toBe(0);
});

test('a preview is the picture within, else a small picture itself, else nothing', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    'a-camera.jpg': jpegWithThumbnail(),
    'b-small.png': PNG_PIXEL,
    'c-large.png': Buffer.concat([PNG_PIXEL, Buffer.alloc(5 * 1024 * 1024)]),
    'd-secret.jpg': 'root:x:0:0',
    'e-page.html': '<script>',
  });
  const screen = await TestSession.start();
  await screen.add(
    ...['a-camera.jpg', 'b-small.png', 'c-large.png', 'd-secret.jpg', 'e-page.html'].map((name) =>
      join(folder, name),
    ),
  );
  const pictures = [];
  for (const { id } of await documentsOf(screen))
    pictures.push(await screen.run('previewDocument', { document: id }));
  const [camera, small, ...others] = pictures;
  expect(camera!.type).toBe('image/jpeg');
  expect(Buffer.from(camera!.base64, 'base64').byteLength).toBeLessThan(100);
  expect(small).toEqual({ type: 'image/png', base64: PNG_PIXEL.toString('base64') });
  expect(others).toEqual([null, null, null]);
});

test('beginning anew stops what is still being added', async () => {
  const { app, release } = held('survey');
  const folder = writeDocuments(temporaryFolder(), { 'in/a.txt': 'a' });
  const screen = await TestSession.start({ app });
  const grants = [await screen.choose(join(folder, 'in'))];
  const adding = screen.run('addDocuments', { grants });
  const { draft } = await screen.snapshot();
  expect(draft.checking).toBe(true);
  const out = await screen.choose(folder);
  expect((await screen.refusal('seal', { to: { kind: 'folder', folder: out } })).code).toBe(
    'draft-busy',
  );
  await screen.run('clearDraft', {});
  release();
  expect(await adding).toEqual({ added: 0 });
  expect((await screen.snapshot()).draft).toMatchObject({ documents: 0, checking: false });
});

test('thousands of documents are added, listed, renamed and removed without a wait that anybody would notice', async () => {
  const folder = temporaryFolder();
  for (let each = 0; each < 50; each += 1) {
    mkdirSync(join(folder, `in/folder ${String(each)}`), { recursive: true });
    for (let file = 0; file < 100; file += 1)
      writeFileSync(join(folder, `in/folder ${String(each)}/Übersicht ${String(file)}.pdf`), 'x');
  }
  const screen = await TestSession.start();
  const started = performance.now();
  expect(await screen.add(join(folder, 'in'))).toBe(5000);
  const added = performance.now() - started;
  const documents = await documentsOf(screen);
  expect(documents).toHaveLength(5000);
  const changing = performance.now();
  for (const { id } of documents.slice(0, 20)) {
    await screen.run('renameDocument', { document: id, name: `renamed ${id}.pdf` });
    await screen.run('listDocuments', {});
  }
  const changed = (performance.now() - changing) / 20;
  await screen.run('removeDocuments', { documents: documents.slice(1).map(({ id }) => id) });
  expect((await screen.snapshot()).draft).toMatchObject({ documents: 1, bytes: 1 });
  // Generous: a busy machine is no reason to fail, a table that is compared with itself is.
  expect(added).toBeLessThan(5000);
  expect(changed).toBeLessThan(300);
});
