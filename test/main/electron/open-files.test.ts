import type { App } from 'electron';
import { expect, test } from 'vitest';
import type { ErrorCode } from '../../../app/contract/errors.ts';
import { filesHandedOver, filesInArguments, openFiles } from '../../../main/electron/open-files.ts';
import { beTheOnly } from '../../../main/electron/single-instance.ts';
import { wordsIn, whyNotOpened } from '../../../main/electron/words.ts';
import { as, emitter, fakeSession } from './fakes.ts';

test('files are found on a command line whatever switches Chromium puts between them', () => {
  const argv = ['/opt/signet', '--no-first-run', 'b.tar.age', '--x=1', '/tmp/c.age', ''];
  expect(filesInArguments(argv, true, '/home/jane')).toEqual([
    '/home/jane/b.tar.age',
    '/tmp/c.age',
  ]);
});

test('from a checkout the first argument is the app', () => {
  expect(filesInArguments(['electron', '--inspect=0', '.', 'b.age'], false, '/w')).toEqual([
    '/w/b.age',
  ]);
  expect(filesInArguments(['electron', '.'], false, '/w')).toEqual([]);
});

test('a file manager may hand over URLs', () => {
  const argv = ['/opt/signet', 'file:///home/jane/a%20b.age', 'file://server/share', 'FILE:///c'];
  expect(filesInArguments(argv, true, '/')).toEqual(['/home/jane/a b.age', '/c']);
});

test('what another instance hands over is believed only as far as it is a list of absolute paths', () => {
  expect(filesHandedOver({ files: ['/a.age', 'b.age', 7, null, '/c\0', {}] })).toEqual(['/a.age']);
  for (const data of [undefined, null, 'x', 7, [], {}, { files: 'x' }, { files: null }])
    expect(filesHandedOver(data)).toEqual([]);
  const many = Array.from({ length: 100 }, (_, i) => `/${String(i)}.age`);
  expect(filesHandedOver({ files: many })).toHaveLength(20);
});

test('a second start hands its files to the first and does nothing else', () => {
  const given: unknown[] = [];
  const heard: (readonly string[])[] = [];
  const app = emitter({
    requestSingleInstanceLock: (data: unknown) => {
      given.push(data);
      return given.length === 1;
    },
  });
  const start = (files: readonly string[]) =>
    beTheOnly(as<App>(app), files, (another) => heard.push(another));
  expect(start([])).toBe(true);
  expect(start(['/b.age'])).toBe(false);
  app.emit('second-instance', {}, ['signet', '--b.age'], '/', given[1]);
  expect(heard).toEqual([['/b.age']]);
});

test('files are opened in their order, and one that cannot be does not stop the next', async () => {
  const opened: string[] = [];
  const refused: ErrorCode[] = [];
  const session = fakeSession({
    openFile: (path) => {
      opened.push(path);
      return Promise.resolve(
        path === '/gone.age'
          ? { ok: false, error: { code: 'bundle-missing', data: { path } } }
          : { ok: true, value: null },
      );
    },
  });
  await openFiles(session, ['/gone.age', '/b.age'], (code) => refused.push(code));
  expect(opened).toEqual(['/gone.age', '/b.age']);
  expect(refused).toEqual(['bundle-missing']);
});

test('why a file cannot be opened is said in plain words of the language, and never as a code', () => {
  for (const language of ['en', 'de'] as const) {
    const words = wordsIn(language, '');
    const codes = [
      'bundle-missing',
      'bundle-unreadable',
      'not-a-bundle',
      'format-unsupported',
      'volume-missing',
      'volume-wrong',
      'internal',
    ] as const;
    const said = codes.map((code) => whyNotOpened(words, code));
    expect(new Set(said).size).toBe(codes.length);
    for (const text of said) expect(text).not.toMatch(/bundle-|format-|volume-|internal/);
  }
});
