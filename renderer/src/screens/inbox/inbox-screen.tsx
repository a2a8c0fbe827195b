import { Inbox as InboxIcon, SearchX } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { ConnectionView } from '../../../../app/contract/views.ts';
import { useChoose } from '../../choose/choose.tsx';
import type { Place } from '../../shell/places.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { useNow } from '../../state/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useWords } from '../../words/use-words.ts';
import { ActionBar } from './action-bar.tsx';
import { ageOf } from './age.ts';
import { NO_FILTER } from './arrange.ts';
import { FilterBar } from './filter-bar.tsx';
import { InboxTable } from './inbox-table.tsx';
import { JobResults } from './job-results.tsx';
import { placeOf, RemoveQuestion, RoundQuestion } from './questions.tsx';
import { RoundBanner } from './round-banner.tsx';
import { setRound, startRound } from './round.ts';
import { rowsProgress } from './row-progress.ts';
import { useInbox, type Inbox } from './use-inbox.ts';
import '../../ui/lined-table.css';
import './inbox.css';

/** Ages are said in minutes at the finest; in milliseconds. */
const TICK = 30_000;

/** The bundles that wait at a connection, and what can be done with them. */
export function InboxScreen({
  onConnection,
  onGo,
}: {
  readonly onConnection: (id: string | null) => void;
  readonly onGo: (place: Place) => void;
}): ReactNode {
  const { t } = useWords();
  const inbox = useInbox(onConnection);
  const { connection, list } = inbox;
  if (connection === undefined) return null;
  return (
    <div className="page page-wide inbox">
      <RoundBanner onGo={onGo} />
      <JobResults />
      <FilterBar inbox={inbox} />
      <ErrorNotice
        error={list.error}
        actions={<Button onPress={list.reload}>{t('common.actions.tryAgain')}</Button>}
      />
      <Bundles inbox={inbox} connection={connection} />
    </div>
  );
}

function Bundles({
  inbox,
  connection,
}: {
  readonly inbox: Inbox;
  readonly connection: ConnectionView;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const choose = useChoose();
  const { jobs } = useSnapshot();
  const action = useAction();
  const now = useNow(TICK);
  const [asking, setAsking] = useState<'remove' | 'round' | null>(null);
  const { list, shown, selected } = inbox;
  const { items } = list;
  const progress = useMemo(() => rowsProgress(jobs, items ?? []), [jobs, items]);
  const chosen = shown.filter(({ id }) => selected.has(id));
  const ids = chosen.map(({ id }) => id);

  if (items === null)
    return list.error === null ? (
      <p className="quiet" role="status">
        {t('inbox.empty.loading')}
      </p>
    ) : null;
  if (items.length === 0 && list.error === null)
    return (
      <Empty icon={InboxIcon} title={t('inbox.empty.title')}>
        <p className="wrap-anywhere">{t('inbox.empty.meaning', { place: placeOf(connection) })}</p>
      </Empty>
    );

  const open = (entry: string): void => {
    if (!progress.has(entry)) void action.act(() => run('fetchEntry', { entry }));
  };
  const download = async (): Promise<void> => {
    const folder = await choose.folder('save');
    if (folder === null) return;
    await action.act(() => run('downloadEntries', { entries: ids, folder: folder.id }));
    inbox.setSelected(new Set());
  };
  const overdue = shown.filter(({ received }) => ageOf(new Date(received), now).overdue).length;
  return (
    <>
      <ActionBar
        chosen={chosen}
        mayRemove={connection.rights?.remove !== 'denied'}
        busy={action.busy || chosen.some(({ id }) => progress.has(id))}
        onOpen={() => {
          const [only] = ids;
          if (only !== undefined) open(only);
        }}
        onDownload={() => void download()}
        onRemove={() => {
          setAsking('remove');
        }}
        onRound={() => {
          setAsking('round');
        }}
      />
      <ErrorNotice error={action.error} />
      {shown.length === 0 ? (
        <Empty
          icon={SearchX}
          title={t('inbox.empty.filtered')}
          actions={
            <Button
              onPress={() => {
                inbox.setFilter(NO_FILTER);
              }}
            >
              {t('inbox.empty.clear')}
            </Button>
          }
        >
          <p>{t('inbox.empty.filteredMeaning')}</p>
        </Empty>
      ) : (
        <InboxTable
          entries={shown}
          now={now}
          progress={progress}
          sort={inbox.sort}
          onSort={inbox.setSort}
          selected={selected}
          onSelect={inbox.setSelected}
          onOpen={open}
          onCancel={(job) => {
            void run('cancelJob', { job });
          }}
        />
      )}
      <p className="small quiet number tally">
        <span>{t('inbox.count', { count: shown.length })}</span>
        {overdue === 0 ? null : (
          <strong className="overdue">{t('inbox.overdue', { count: overdue })}</strong>
        )}
        <span>{t('inbox.age.hint')}</span>
      </p>
      {asking === 'remove' ? (
        <RemoveQuestion
          entries={chosen}
          connection={connection}
          onClose={() => {
            setAsking(null);
          }}
          onYes={() => {
            setAsking(null);
            void action.act(() => run('removeEntries', { entries: ids }));
          }}
        />
      ) : asking === 'round' ? (
        <RoundQuestion
          entries={chosen}
          connection={connection}
          onClose={() => {
            setAsking(null);
          }}
          onYes={() => {
            setAsking(null);
            inbox.setSelected(new Set());
            setRound(startRound(chosen));
          }}
        />
      ) : null}
    </>
  );
}
