import { AppError } from '../contract/errors.ts';
import type { CommandInput } from '../contract/commands.ts';
import { requireRoom } from './available.ts';
import type { Handlers } from './handler.ts';
import { fromHost } from './host-calls.ts';
import type { Parts } from './parts.ts';
import type { ReceiptMessage } from './receipts.ts';

type MailCommand =
  | 'openMessage'
  | 'openMailto'
  | 'listOutbox'
  | 'sendAgain'
  | 'deleteMessage'
  | 'saveAccount'
  | 'removeAccount'
  | 'checkAccount';

/**
 * Email: drafts, the outbox, the accounts.
 *
 * @param parts - of the session
 */
export function mailHandlers(parts: Parts): Handlers<MailCommand> {
  const { accounts, app, closing, outbox, ports, receipts } = parts;
  const draftOf = (
    command: 'openMessage' | 'openMailto',
    { receipt, message }: CommandInput<'openMessage'>,
  ): NonNullable<ReceiptMessage['draft']> => {
    const { draft } = receipts.message(receipt, message);
    // What Signet sends itself must not be sent a second time.
    if (draft === undefined) throw new AppError('not-available', { command });
    return draft;
  };
  return {
    openMessage: async (which) => {
      const { path } = draftOf('openMessage', which);
      await fromHost(() => ports.openMessage(path));
      return null;
    },
    openMailto: async (which) => {
      const { mailto } = draftOf('openMailto', which);
      await fromHost(() => ports.openMailto(mailto));
      return null;
    },
    listOutbox: () => outbox.list(),
    sendAgain: async ({ message }) => {
      requireRoom(parts, 'sendAgain');
      return { job: await outbox.sendAgain(message) };
    },
    deleteMessage: async ({ message }) => {
      await outbox.delete(message);
      return null;
    },
    saveAccount: (input) => accounts.save(input),
    removeAccount: async ({ account }) => {
      await accounts.remove(account);
      return null;
    },
    checkAccount: async ({ account }) => {
      await app.signIn(await accounts.open(account), { signal: closing });
      return null;
    },
  };
}
