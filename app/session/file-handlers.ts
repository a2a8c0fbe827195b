import { AppError } from '../contract/errors.ts';
import { requireHost } from './available.ts';
import { listFolder, makeFolder } from './folder-picker.ts';
import type { Handlers } from './handler.ts';
import { fromHost } from './host-calls.ts';
import type { Parts } from './parts.ts';

/**
 * What the person chooses, in the host's dialogs or in the page's own picker.
 *
 * @param parts - of the session
 */
export function fileHandlers(
  parts: Parts,
): Handlers<'chooseFiles' | 'chooseFolder' | 'listFolder' | 'makeFolder' | 'showInFolder'> {
  const { ports, grants, options, jobs } = parts;
  return {
    chooseFiles: async ({ purpose }) => {
      requireHost(parts, 'electron', 'chooseFiles');
      const paths = await fromHost(() => ports.chooseFiles(purpose));
      return await grants.give(paths.map((path) => ({ path })));
    },
    chooseFolder: async ({ purpose }) => {
      requireHost(parts, 'electron', 'chooseFolder');
      const path = await fromHost(() => ports.chooseFolder(purpose));
      return path === null ? null : ((await grants.give([{ path }]))[0] ?? null);
    },
    listFolder: async ({ folder }) => {
      requireHost(parts, 'web', 'listFolder');
      const path = folder === undefined ? options.homeFolder : grants.findFolder(folder).path;
      return await listFolder(grants, path);
    },
    makeFolder: async ({ parent, name }) => {
      requireHost(parts, 'web', 'makeFolder');
      return await makeFolder(grants, grants.findFolder(parent).path, name);
    },
    showInFolder: async (what) => {
      const path = 'receipt' in what ? shownOf(parts, what.receipt) : jobs.pathOf(what.job);
      if (path === undefined) throw new AppError('not-available', { command: 'showInFolder' });
      await fromHost(() => ports.showInFolder(path));
      return null;
    },
  };
}

/** A bundle that waits to be downloaded lies where nobody should look for it. */
function shownOf({ receipts }: Parts, id: string): string | undefined {
  const { view, path } = receipts.find(id);
  return view.to.kind === 'download' ? undefined : path;
}
