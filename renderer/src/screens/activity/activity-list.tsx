import {
  Download,
  FileDown,
  LockOpen,
  MessageCircle,
  Send,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Collection,
  GridList,
  GridListHeader,
  GridListItem,
  GridListSection,
  ListLayout,
  Virtualizer,
} from 'react-aria-components';
import type { ActivityRecord } from '../../../../app/contract/views.ts';
import { useNow } from '../../state/use-now.ts';
import { formatExactMoment, formatSize } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { groupByDay, nearDay, type Day } from './arrange.ts';
import { ResultMark } from './result-mark.tsx';
import { formatTook } from './took.ts';

const ROW = 60;
const HEADING = 40;
const MINUTE = 60_000;

const ICONS: Readonly<Record<ActivityRecord['kind'], LucideIcon>> = {
  send: Send,
  share: MessageCircle,
  open: LockOpen,
  save: FileDown,
  download: Download,
  delete: Trash2,
};

/** The records by day. Only what is in view is drawn. */
export function ActivityList({
  records,
  onDetails,
}: {
  readonly records: readonly ActivityRecord[];
  readonly onDetails: (record: ActivityRecord) => void;
}): ReactNode {
  const { t, language } = useWords();
  const now = useNow(MINUTE);
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW, headingSize: HEADING }}>
      <GridList
        aria-label={t('activity.list')}
        className="card activity-list"
        items={groupByDay(records)}
        dependencies={[language, now]}
        onAction={(key) => {
          const record = records.find(({ id }) => id === key);
          if (record !== undefined) onDetails(record);
        }}
      >
        {(day) => (
          <GridListSection id={day.date}>
            <GridListHeader className="activity-day">{dayName(day)}</GridListHeader>
            <Collection items={day.records} dependencies={[language]}>
              {(record) => <Line record={record} />}
            </Collection>
          </GridListSection>
        )}
      </GridList>
    </Virtualizer>
  );

  function dayName({ date, records: [first] }: Day): string {
    const near = nearDay(date, now);
    if (near !== undefined) return t(`activity.${near}`);
    return new Intl.DateTimeFormat(language, { dateStyle: 'full' }).format(
      new Date(first?.at ?? date),
    );
  }
}

function Line({ record }: { readonly record: ActivityRecord }): ReactNode {
  const { t, language } = useWords();
  const { kind, result, documents, bytes, took } = record;
  const Icon = ICONS[kind];
  const at = new Date(record.at);
  const said = t(`activity.said.${kind}.${result}`);
  const bundle = visible(record.bundle);
  return (
    <GridListItem
      id={record.id}
      textValue={t('activity.row', { said, bundle })}
      className="activity-line"
    >
      <div className="activity-cells">
        <Icon size={18} aria-hidden className="activity-icon" />
        <div className="activity-what">
          <p className="cut">
            {said} <strong>{bundle}</strong>
          </p>
          <p className="small quiet cut">
            {record.location === undefined ? '' : visible(record.location)}
          </p>
        </div>
        <div className="activity-much small">
          <p className="cut">
            {documents === undefined ? '' : t('common.documents', { count: documents })}
          </p>
          <p className="quiet number">{bytes === undefined ? '' : formatSize(bytes, language)}</p>
        </div>
        <div className="activity-end small">
          <ResultMark result={result} />
          <p className="quiet number">{took === undefined ? '' : formatTook(took, t, language)}</p>
        </div>
        <time
          dateTime={record.at}
          title={formatExactMoment(at, language)}
          className="activity-time small quiet number"
        >
          {new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(at)}
        </time>
      </div>
    </GridListItem>
  );
}
