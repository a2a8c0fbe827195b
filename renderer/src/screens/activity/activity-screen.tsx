import { History, SearchX } from 'lucide-react';
import { useCallback, useDeferredValue, useState, type ReactNode } from 'react';
import type { ActivityRecord } from '../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { useList } from '../../state/use-list.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { numberFormat } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { ActivityList } from './activity-list.tsx';
import { ALL, pick } from './arrange.ts';
import { DetailsDialog } from './details-dialog.tsx';
import { Toolbar } from './toolbar.tsx';
import { useExport } from './use-export.ts';
import './activity.css';

/** What happened on this machine, newest first. */
export function ActivityScreen(): ReactNode {
  const { t, language } = useWords();
  const run = useRun();
  const { activity } = useSnapshot();
  const fetch = useCallback(() => run('listActivity', {}), [run]);
  const { items, error, reload } = useList(fetch, activity);
  const exported = useExport();
  const [wanted, setWanted] = useState(ALL);
  const [detail, setDetail] = useState<ActivityRecord | null>(null);
  const shownWanted = useDeferredValue(wanted);

  if (items === null)
    return (
      <div className="page" aria-busy={error === null}>
        <ErrorNotice
          error={error}
          actions={<Button onPress={reload}>{t('common.actions.tryAgain')}</Button>}
        />
      </div>
    );
  if (items.length === 0)
    return (
      <div className="page">
        <Empty icon={History} title={t('activity.empty.title')}>
          <p>{t('activity.empty.meaning')}</p>
        </Empty>
      </div>
    );
  const found = pick(items, shownWanted);
  const number = numberFormat(language);
  const total = number.format(items.length);
  return (
    <div className="page activity-page">
      <Toolbar
        wanted={wanted}
        onWanted={setWanted}
        exporting={exported.busy}
        onExport={(format) => void exported.start(format)}
      />
      <ErrorNotice
        error={error}
        actions={<Button onPress={reload}>{t('common.actions.tryAgain')}</Button>}
      />
      <ErrorNotice
        error={exported.error}
        actions={<Button onPress={exported.clear}>{t('common.actions.dismiss')}</Button>}
      />
      <div role="status">
        {exported.path === null ? null : (
          <Notice
            tone="good"
            title={t('activity.export.done')}
            actions={<Button onPress={exported.clear}>{t('common.actions.dismiss')}</Button>}
          >
            <p className="wrap-anywhere">
              {t('activity.export.where', { path: visible(exported.path) })}
            </p>
          </Notice>
        )}
      </div>
      {found.length === 0 ? (
        <div className="activity-none">
          <Empty
            icon={SearchX}
            title={t('activity.none.title')}
            actions={
              <Button
                onPress={() => {
                  setWanted(ALL);
                }}
              >
                {t('activity.none.clear')}
              </Button>
            }
          >
            <p>{t('activity.none.meaning')}</p>
          </Empty>
        </div>
      ) : (
        <ActivityList records={found} onDetails={setDetail} />
      )}
      <div className="row row-wrap activity-foot small quiet">
        <p className="grow">{t('activity.honest')}</p>
        <p className="number" role="status">
          {found.length === items.length
            ? t('activity.count', { count: items.length, total })
            : t('activity.countOf', {
                count: items.length,
                total,
                found: number.format(found.length),
              })}
        </p>
      </div>
      {detail === null ? null : (
        <DetailsDialog
          record={detail}
          onClose={() => {
            setDetail(null);
          }}
        />
      )}
    </div>
  );
}
