import type { BrowserWindow, OpenDialogOptions } from 'electron';
import { expect, test } from 'vitest';
import { dialogPorts, type Choosing } from '../../../main/electron/dialogs.ts';
import { wordsIn } from '../../../main/electron/words.ts';
import { as } from './fakes.ts';

function dialogs(paths: readonly string[], window?: BrowserWindow) {
  const asked: { parent: unknown; options: OpenDialogOptions }[] = [];
  const showOpenDialog = (...args: unknown[]) => {
    const [parent, options] = args.length === 2 ? args : [undefined, args[0]];
    asked.push({ parent, options: options as OpenDialogOptions });
    return Promise.resolve({ canceled: paths.length === 0, filePaths: [...paths] });
  };
  const choosing: Choosing = {
    dialog: as({ showOpenDialog }),
    window: () => window,
    words: () => wordsIn('en', ''),
  };
  return { asked, ports: dialogPorts(choosing) };
}

test('several documents can be chosen at once, in a dialog of the window', async () => {
  const window = as<BrowserWindow>({ id: 1 });
  const { asked, ports } = dialogs(['/a.pdf', '/b.pdf'], window);
  expect(await ports.chooseFiles('documents')).toEqual(['/a.pdf', '/b.pdf']);
  expect(asked).toMatchObject([
    { parent: window, options: { properties: ['openFile', 'multiSelections'], filters: [] } },
  ]);
});

test('one bundle is chosen, and bundles are shown first', async () => {
  const { asked, ports } = dialogs(['/b.tar.age']);
  expect(await ports.chooseFiles('bundle')).toEqual(['/b.tar.age']);
  expect(asked[0]?.options).toMatchObject({
    properties: ['openFile'],
    filters: [{ extensions: ['age', 'zip', '7z', 'html', '001'] }, { extensions: ['*'] }],
  });
});

test('a dialog that was dismissed gives nothing', async () => {
  const { ports } = dialogs([]);
  expect(await ports.chooseFiles('identity')).toEqual([]);
  expect(await ports.chooseFolder('save')).toBeNull();
});

test('a folder to save into can be made on the way; one to send is there already', async () => {
  const { asked, ports } = dialogs(['/home/jane']);
  expect(await ports.chooseFolder('save')).toBe('/home/jane');
  await ports.chooseFolder('documents');
  expect(asked.map(({ options }) => options.properties)).toEqual([
    ['openDirectory', 'createDirectory'],
    ['openDirectory'],
  ]);
});
