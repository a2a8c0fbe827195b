import type { CommandInput } from '../contract/commands.ts';
import { requireRoom } from './available.ts';
import type { Key } from './bundles.ts';
import type { Handlers } from './handler.ts';
import type { Parts } from './parts.ts';
import { bundleChosen } from './volume-set.ts';

type OpenCommand =
  | 'takeBundle'
  | 'checkWords'
  | 'unlock'
  | 'listOpened'
  | 'save'
  | 'closeBundle'
  | 'listInbox'
  | 'fetchEntry'
  | 'downloadEntries'
  | 'removeEntries';

/**
 * The Open and the Inbox screen.
 *
 * @param parts - of the session
 */
export function openHandlers(parts: Parts): Handlers<OpenCommand> {
  const { app, bundles, grants, inboxes, passphrases, closing } = parts;
  const keyOf = (given: CommandInput<'unlock'>['with']): Key =>
    'identity' in given ? { identityFile: grants.find(given.identity) } : given;
  return {
    takeBundle: async ({ grants: [first, ...others] }) => {
      const chosen = [grants.find(first), ...others.map((id) => grants.find(id))] as const;
      return await bundles.take(await bundleChosen(chosen, parts.staging));
    },
    checkWords: async ({ typed }) => ({
      unknown: await app.unknownWords(typed),
      words: await app.countWords(typed),
    }),
    unlock: ({ bundle, with: given, unlimited }) => {
      requireRoom(parts, 'unlock');
      // Also one that opens nothing: it may be that of another bundle.
      if ('passphrase' in given) passphrases.remember(given.passphrase);
      return { job: bundles.unlock(bundle, keyOf(given), unlimited) };
    },
    listOpened: ({ bundle }) => bundles.documents(bundle),
    save: ({ bundle, folder, onConflict }) => {
      requireRoom(parts, 'save');
      return { job: bundles.save(bundle, grants.findFolder(folder).path, onConflict) };
    },
    closeBundle: async ({ bundle }) => {
      await bundles.close(bundle);
      return null;
    },
    listInbox: ({ connection }) => inboxes.list(connection, { signal: closing }),
    fetchEntry: ({ entry }) => {
      requireRoom(parts, 'fetchEntry');
      return { job: inboxes.fetch(entry) };
    },
    downloadEntries: ({ entries, folder }) => {
      requireRoom(parts, 'downloadEntries');
      return { job: inboxes.download(entries, grants.findFolder(folder).path) };
    },
    removeEntries: ({ entries }) => {
      requireRoom(parts, 'removeEntries');
      return { job: inboxes.remove(entries) };
    },
  };
}
