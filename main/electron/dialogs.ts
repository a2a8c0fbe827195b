import type { BrowserWindow, Dialog, OpenDialogOptions } from 'electron';
import type { HostPorts } from '../../app/contract/host.ts';
import type { Words } from './words.ts';

/** What choosing needs: the system's dialogs, the window to attach them to, the person's words. */
export interface Choosing {
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  readonly window: () => BrowserWindow | undefined;
  readonly words: () => Words;
}

/**
 * Choosing by the system's own dialogs.
 *
 * @param choosing - what it needs
 */
export function dialogPorts(choosing: Choosing): Pick<HostPorts, 'chooseFiles' | 'chooseFolder'> {
  const show = async (options: OpenDialogOptions): Promise<readonly string[]> => {
    const window = choosing.window();
    const { canceled, filePaths } = await (window === undefined
      ? choosing.dialog.showOpenDialog(options)
      : choosing.dialog.showOpenDialog(window, options));
    return canceled ? [] : filePaths;
  };
  return {
    chooseFiles: async (purpose) => {
      const words = choosing.words();
      return await show({
        title: words.choose[purpose],
        properties: purpose === 'documents' ? ['openFile', 'multiSelections'] : ['openFile'],
        filters:
          purpose === 'bundle'
            ? [
                // The first volume of a bundle in several ends with its number.
                { name: words.sealedBundles, extensions: ['age', 'zip', '7z', 'html', '001'] },
                { name: words.allFiles, extensions: ['*'] },
              ]
            : [],
      });
    },
    chooseFolder: async (purpose) => {
      const words = choosing.words();
      const [folder] = await show({
        title: words.choose[purpose === 'documents' ? 'folder' : purpose],
        properties:
          purpose === 'documents' ? ['openDirectory'] : ['openDirectory', 'createDirectory'],
      });
      return folder ?? null;
    },
  };
}
