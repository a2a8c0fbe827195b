import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ActivityRecord } from '../../../app/contract/views.ts';
import { writeDocuments } from '../../support/documents.ts';
import { TestSession } from '../../support/sessions.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { OTHER_PASSPHRASE, PASSPHRASE, sealIn, workspace } from '../../support/workspace.ts';

const RECORD: ActivityRecord = {
  id: 'one',
  at: '2026-11-03T10:00:00.000Z',
  kind: 'send',
  bundle: 'bundle.age',
  location: '/home/ana/bundle.age',
  bytes: 7,
  sha256: 'ab'.repeat(32),
  documents: 2,
  result: 'done',
  took: 12,
};

function logOf(folder: string, ...lines: readonly string[]): string {
  mkdirSync(join(folder, 'data'), { recursive: true });
  const path = join(folder, 'data/activity.jsonl');
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}

test('what happened is taken down with its result, newest first, for the owner’s eyes only', async () => {
  const folder = workspace();
  await sealIn(folder, 'bundle.age', { passphrase: true });
  const screen = await TestSession.start();
  const path = join(folder, 'bundle.age');
  const { id: bundle, bytes } = await screen.run('takeBundle', {
    grants: [await screen.choose(path)],
  });
  await screen.failed('unlock', { bundle, with: { passphrase: OTHER_PASSPHRASE } });
  await screen.done('unlock', { bundle, with: { passphrase: PASSPHRASE } });
  const out = await screen.choose(writeDocuments(temporaryFolder(), {}));
  await screen.done('save', { bundle, folder: out, onConflict: 'fail' });
  const activity = await screen.run('listActivity', {});
  const common = { bundle: 'bundle.age', location: path, bytes };
  expect(activity).toMatchObject([
    { ...common, kind: 'save', result: 'done', documents: 2 },
    { ...common, kind: 'open', result: 'done', documents: 2 },
    { ...common, kind: 'open', result: 'failed', error: 'wrong-passphrase' },
  ]);
  expect((await screen.snapshot()).activity).toBe(3);
  const file = join(screen.folder, 'data/activity.jsonl');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(activity.toReversed());
  // No name of a document: who finds the file learns that something was sent, not what.
  expect(lines.join()).not.toContain('passport');
});

test('a restart goes on with what was taken down, and passes over what is broken', async () => {
  const folder = temporaryFolder();
  const path = logOf(
    folder,
    JSON.stringify(RECORD),
    '{"half": ',
    '',
    JSON.stringify({ ...RECORD, id: 'two', kind: 'hack' }),
    JSON.stringify({ ...RECORD, id: 'three', passphrase: 'x' }),
    JSON.stringify({ ...RECORD, id: '=1+1' }),
    JSON.stringify({ ...RECORD, id: 'four', result: 'failed', error: 'cancelled' }),
  );
  appendFileSync(path, '{"cut off in the mid');
  const screen = await TestSession.start({ folder });
  const ids = (await screen.run('listActivity', {})).map(({ id }) => id);
  expect(ids).toEqual(['four', 'one']);
});

test('of a long activity the newest are shown, and all are exported', async () => {
  const folder = temporaryFolder();
  const line = (each: number): string => JSON.stringify({ ...RECORD, id: `r${String(each)}` });
  logOf(folder, ...Array.from({ length: 6000 }, (_, each) => line(each)));
  const screen = await TestSession.start({ folder });
  const shown = await screen.run('listActivity', {});
  expect([shown.length, shown[0]!.id, shown.at(-1)!.id]).toEqual([5000, 'r5999', 'r1000']);
  const out = writeDocuments(temporaryFolder(), {});
  const target = await screen.choose(out);
  const { path } = await screen.run('exportActivity', { folder: target, format: 'jsonl' });
  const exported = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(exported).toHaveLength(6000);
  expect(JSON.parse(exported[0]!)).toEqual({ ...RECORD, id: 'r0' });
});

test('an export has the date in its name and never replaces another', async () => {
  const folder = temporaryFolder();
  logOf(folder, JSON.stringify(RECORD));
  const screen = await TestSession.start({ folder });
  const out = writeDocuments(temporaryFolder(), {});
  const target = await screen.choose(out);
  for (let times = 0; times < 3; times += 1)
    await screen.run('exportActivity', { folder: target, format: 'csv' });
  const date = new Date().toISOString().slice(0, 10);
  expect(readdirSync(out).sort()).toEqual([
    `signet-activity-${date}-2.csv`,
    `signet-activity-${date}-3.csv`,
    `signet-activity-${date}.csv`,
  ]);
  const refused = await screen.refusal('exportActivity', { folder: 'x', format: 'csv' });
  expect(refused).toEqual({ code: 'reference-unknown', data: { kind: 'file' } });
});

test('a spreadsheet takes nothing in an export for a formula, and every field for one', async () => {
  const folder = temporaryFolder();
  const hostile = ['=HYPERLINK("http://evil")', '+1', '-1', '@x', 'a "quoted", name', 'plain'];
  logOf(
    folder,
    ...hostile.map((bundle, each) => JSON.stringify({ ...RECORD, id: String(each), bundle })),
  );
  const screen = await TestSession.start({ folder });
  const out = await screen.choose(writeDocuments(temporaryFolder(), {}));
  const { path } = await screen.run('exportActivity', { folder: out, format: 'csv' });
  const text = readFileSync(path, 'utf8');
  expect(text.endsWith('\r\n')).toBe(true);
  const [header, ...lines] = text.trimEnd().split('\r\n');
  expect(header).toBe('at,kind,result,bundle,location,bytes,sha256,documents,error,took,id');
  const prefix = '2026-11-03T10:00:00.000Z,send,done,';
  const rest = `,/home/ana/bundle.age,7,${'ab'.repeat(32)},2,,12,`;
  expect(lines).toEqual(
    [`"'=HYPERLINK(""http://evil"")"`, `'+1`, `'-1`, `'@x`, `"a ""quoted"", name"`, 'plain'].map(
      (field, each) => `${prefix}${field}${rest}${String(each)}`,
    ),
  );
});

test('what happened has happened, also when it cannot be written down', async () => {
  const folder = workspace();
  await sealIn(folder, 'bundle.age', { passphrase: true });
  const screen = await TestSession.start();
  mkdirSync(join(screen.folder, 'data/activity.jsonl'));
  const grant = await screen.choose(join(folder, 'bundle.age'));
  const { id: bundle } = await screen.run('takeBundle', { grants: [grant] });
  await screen.done('unlock', { bundle, with: { passphrase: PASSPHRASE } });
  expect(await screen.run('listActivity', {})).toHaveLength(1);
  const out = writeDocuments(temporaryFolder(), {});
  const target = await screen.choose(out);
  const { path } = await screen.run('exportActivity', { folder: target, format: 'jsonl' });
  expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(1);
});

test('settings that are changed in quick succession do not undo each other', async () => {
  const screen = await TestSession.start();
  await Promise.all([
    screen.run('saveSettings', { theme: 'dark' }),
    screen.run('saveSettings', { words: 9 }),
    screen.run('saveSettings', { language: 'de' }),
  ]);
  const settings = { theme: 'dark', words: 9, language: 'de' };
  expect((await screen.snapshot()).settings).toEqual(settings);
  await screen.session.close();
  const next = await TestSession.start({ folder: screen.folder });
  expect((await next.snapshot()).settings).toEqual(settings);
});

test('settings are kept, and what is wrong in their file counts as not set', async () => {
  const folder = temporaryFolder();
  const first = await TestSession.start({ folder });
  expect((await first.snapshot()).settings).toEqual({
    theme: 'system',
    language: 'system',
    words: 7,
  });
  await first.run('saveSettings', { theme: 'dark' });
  await first.run('saveSettings', { words: 12, language: 'de' });
  await first.session.close();
  const second = await TestSession.start({ folder });
  expect((await second.snapshot()).settings).toEqual({ theme: 'dark', language: 'de', words: 12 });
  expect((await second.snapshot()).draft.lock).toMatchObject({ words: 12 });
  await second.session.close();
  const path = join(folder, 'data/settings.json');
  writeFileSync(path, JSON.stringify({ theme: 'dark', language: 'tlh', words: 4000 }));
  const third = await TestSession.start({ folder });
  expect((await third.snapshot()).settings).toEqual({
    theme: 'dark',
    language: 'system',
    words: 7,
  });
});
