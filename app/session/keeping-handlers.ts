import { exportActivity } from './export-activity.ts';
import type { Handlers } from './handler.ts';
import type { Parts } from './parts.ts';

type KeepingCommand =
  | 'listActivity'
  | 'exportActivity'
  | 'saveConnection'
  | 'removeConnection'
  | 'checkConnection'
  | 'saveSettings';

/**
 * What is kept from one session to the next: activity, connections, settings.
 *
 * @param parts - of the session
 */
export function keepingHandlers({
  app,
  activity,
  connections,
  grants,
  settings,
  closing,
}: Parts): Handlers<KeepingCommand> {
  return {
    listActivity: () => activity.list(),
    exportActivity: async ({ folder, format }) => ({
      path: await exportActivity(activity, grants.findFolder(folder).path, format),
    }),
    saveConnection: (input) => connections.save(input),
    removeConnection: async ({ connection }) => {
      await connections.remove(connection);
      return null;
    },
    checkConnection: ({ connection }) => connections.check(connection, app, { signal: closing }),
    saveSettings: async (input) => {
      await settings.save(input);
      return null;
    },
  };
}
