import { useState } from 'react';
import type { ConnectionView, Grant } from '../../../../app/contract/views.ts';
import { sends } from '../../state/connections.ts';
import { useSnapshot } from '../../state/core.tsx';

/** Where the bundle is to go. */
export type Target =
  | { readonly kind: 'folder'; readonly folder: Grant }
  | { readonly kind: 's3'; readonly connection: ConnectionView }
  | { readonly kind: 'download' };

/** What the person chose for the next bundle besides the documents and the passphrase, which the core keeps. */
export interface SendForm {
  readonly target: Target | null;
  readonly setTarget: (target: Target) => void;
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly note: string;
  readonly setNote: (note: string) => void;
  readonly clear: () => void;
}

/** Outlives the screen: whoever looks at the settings in between finds everything as it was. */
let kept: { target: Target | null; name: string; note: string } = {
  target: null,
  name: '',
  note: '',
};

/** The state of the form. With one connection, that is what is meant; in a browser without any, a download. */
export function useSendForm(): SendForm {
  const { connections, host } = useSnapshot();
  const [state, setState] = useState(kept);
  const set = (change: Partial<typeof kept>): void => {
    kept = { ...kept, ...change };
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
  return {
    target: current ?? byDefault,
    setTarget: (target) => {
      set({ target });
    },
    name: state.name,
    setName: (name) => {
      set({ name });
    },
    note: state.note,
    setNote: (note) => {
      set({ note });
    },
    clear: () => {
      set({ name: '', note: '' });
    },
  };
}

function toS3(connection: ConnectionView | undefined): Target | undefined {
  return connection === undefined ? undefined : { kind: 's3', connection };
}
