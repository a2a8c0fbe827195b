import { useState } from 'react';
import type { MailService, RecipientHas } from '../../../../app/contract/advice.ts';
import type { FormatId } from '../../../../app/contract/formats.ts';
import type { ConnectionView, Grant } from '../../../../app/contract/views.ts';
import { sends } from '../../state/connections.ts';
import { useSnapshot } from '../../state/core.tsx';
import type { Language } from '../../words/words.ts';

/** Where the bundle is to go. */
export type Target =
  | { readonly kind: 'folder'; readonly folder: Grant }
  | { readonly kind: 's3'; readonly connection: ConnectionView }
  | { readonly kind: 'email' }
  | { readonly kind: 'download' };

/** What is entered for an email. */
export interface EmailEntry {
  /** As typed. */
  readonly recipients: string;
  /** Whose mail it has to pass. */
  readonly service: MailService;
  /** Of the message; the screen's own unless chosen. */
  readonly language: Language | null;
  readonly greeting: string;
  /** The id of the account to send from; `null` for drafts. */
  readonly account: string | null;
  /** One message is wanted even where it is larger than is usual. */
  readonly whole: boolean;
}

/** What the person says of the recipient, and of the kind of bundle. */
export interface FormatWish {
  /** What the recipient has; `null` until there is an answer. */
  readonly has: RecipientHas | null;
  /** A kind of bundle that was chosen by its name, which counts more than the answer. */
  readonly byName: FormatId | null;
  readonly hideNames: boolean;
}

/** What the person chose for the next bundle besides the documents and the passphrase, which the core keeps. */
export interface SendForm {
  readonly target: Target | null;
  readonly setTarget: (target: Target) => void;
  readonly wish: FormatWish;
  readonly setWish: (change: Partial<FormatWish>) => void;
  readonly email: EmailEntry;
  readonly setEmail: (change: Partial<EmailEntry>) => void;
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly note: string;
  readonly setNote: (note: string) => void;
  readonly clear: () => void;
}

interface Kept {
  readonly target: Target | null;
  readonly wish: FormatWish;
  readonly email: EmailEntry;
  readonly name: string;
  readonly note: string;
}

/** Outlives the screen: whoever looks at the settings in between finds everything as it was. */
let kept: Kept = {
  target: null,
  wish: { has: null, byName: null, hideNames: false },
  email: {
    recipients: '',
    service: 'unknown',
    language: null,
    greeting: '',
    account: null,
    whole: false,
  },
  name: '',
  note: '',
};

/** The state of the form. With one connection, that is what is meant; in a browser without any, a download. */
export function useSendForm(): SendForm {
  const { connections, accounts, host } = useSnapshot();
  const [state, setState] = useState(kept);
  const set = (change: (before: Kept) => Partial<Kept>): void => {
    kept = { ...kept, ...change(kept) };
    setState(kept);
  };
  const sendable = connections.filter(sends);
  const chosen = state.target;
  const current: Target | null =
    chosen?.kind === 's3'
      ? (toS3(sendable.find(({ id }) => id === chosen.connection.id)) ?? null)
      : chosen;
  const [first] = sendable;
  const byDefault: Target | null =
    first !== undefined ? (toS3(first) ?? null) : host.kind === 'web' ? { kind: 'download' } : null;
  const account = accounts.some(({ id }) => id === state.email.account)
    ? state.email.account
    : null;
  return {
    target: current ?? byDefault,
    setTarget: (target) => {
      set(() => ({ target }));
    },
    wish: state.wish,
    setWish: (change) => {
      set(({ wish }) => ({ wish: { ...wish, ...change } }));
    },
    email: { ...state.email, account },
    setEmail: (change) => {
      set(({ email }) => ({ email: { ...email, ...change } }));
    },
    name: state.name,
    setName: (name) => {
      set(() => ({ name }));
    },
    note: state.note,
    setNote: (note) => {
      set(() => ({ note }));
    },
    clear: () => {
      // The next one may be for somebody else.
      set(({ email }) => ({
        wish: { has: null, byName: null, hideNames: false },
        email: { ...email, recipients: '', greeting: '', whole: false },
        name: '',
        note: '',
      }));
    },
  };
}

function toS3(connection: ConnectionView | undefined): Target | undefined {
  return connection === undefined ? undefined : { kind: 's3', connection };
}
