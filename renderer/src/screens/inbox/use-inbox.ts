import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ConnectionView, InboxEntry } from '../../../../app/contract/views.ts';
import { readsInbox } from '../../state/connections.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { useList, type Listed } from '../../state/use-list.ts';
import { isRunning } from '../../state/jobs.ts';
import { arrange, NO_FILTER, sendersOf, type Filter, type Sort } from './arrange.ts';

/** What the Inbox screen shows. */
export interface Inbox {
  /** Those that can be read. */
  readonly connections: readonly ConnectionView[];
  readonly connection: ConnectionView | undefined;
  readonly choose: (connection: string) => void;
  readonly list: Listed<InboxEntry>;
  /** What the filter lets through. */
  readonly shown: readonly InboxEntry[];
  readonly senders: readonly string[];
  readonly filter: Filter;
  readonly setFilter: (filter: Filter) => void;
  readonly sort: Sort;
  readonly setSort: (sort: Sort) => void;
  readonly selected: ReadonlySet<string>;
  readonly setSelected: (selected: ReadonlySet<string>) => void;
}

const NOTHING: readonly InboxEntry[] = [];

// Which inbox was looked at last, for whoever comes back to it.
const last: { connection: string | null } = { connection: null };

/**
 * The state of the Inbox screen. The list is fetched again whenever a job changed something about it.
 *
 * @param onConnection - hears which connection is in use
 */
export function useInbox(onConnection: (id: string | null) => void): Inbox {
  const run = useRun();
  const snapshot = useSnapshot();
  const [wanted, setWanted] = useState(last.connection);
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [sort, setSort] = useState<Sort>({ column: 'received', descending: true });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());

  const connections = useMemo(
    () => snapshot.connections.filter(readsInbox),
    [snapshot.connections],
  );
  const connection = connections.find(({ id }) => id === wanted) ?? connections[0];
  const id = connection?.id ?? null;
  useEffect(() => {
    onConnection(id);
  }, [id, onConnection]);

  const ended = snapshot.jobs
    .filter(
      (job) =>
        (job.kind === 'fetch' || job.kind === 'download' || job.kind === 'remove') &&
        !isRunning(job),
    )
    .map((job) => job.id)
    .join();
  const fetch = useCallback(
    () =>
      id === null
        ? Promise.resolve({ ok: true as const, value: NOTHING })
        : run('listInbox', { connection: id }),
    [run, id],
  );
  const list = useList(fetch, ended);

  // While another inbox is being listed, the list is still that of the one before.
  const entries = useMemo(
    () => list.items?.filter((entry) => entry.connection === id) ?? NOTHING,
    [list.items, id],
  );
  const senders = useMemo(() => sendersOf(entries), [entries]);
  const shown = useMemo(() => arrange(entries, filter, sort), [entries, filter, sort]);
  // What is not to be seen must not be deleted along with what is.
  const selected = useMemo(
    () => new Set(shown.map((entry) => entry.id).filter((entry) => chosen.has(entry))),
    [shown, chosen],
  );
  return {
    connections,
    connection,
    choose: (next) => {
      last.connection = next;
      setWanted(next);
      setFilter(NO_FILTER);
      setChosen(new Set());
    },
    list: { ...list, items: list.items === null ? null : entries },
    shown,
    senders,
    filter,
    setFilter,
    sort,
    setSort,
    selected,
    setSelected: setChosen,
  };
}
