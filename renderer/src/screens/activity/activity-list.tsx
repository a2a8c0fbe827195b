import {
  Download,
  FileDown,
  LockOpen,
  Mail,
  MessageCircle,
  Send,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { GridList, GridListItem, ListLayout, Virtualizer } from 'react-aria-components';
import type { ActivityRecord } from '../../../../app/contract/views.ts';
import { useNow } from '../../state/use-now.ts';
import { dateFormat, formatExactMoment, formatMoment, formatSize } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { linesOf, localDate, nearDay } from './arrange.ts';
import { ResultMark } from './result-mark.tsx';
import { formatTook } from './took.ts';

/** Of a record and of a day's name alike. */
const ROW = 58;
const MINUTE = 60_000;

const ICONS: Readonly<Record<ActivityRecord['kind'], LucideIcon>> = {
  send: Send,
  mail: Mail,
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
  const today = localDate(now);
  const lines = useMemo(() => linesOf(records), [records]);
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW }}>
      <GridList
        aria-label={t('activity.list')}
        className="card activity-list"
        items={lines}
        dependencies={[language, today]}
        onAction={(key) => {
          const record = records.find(({ id }) => id === key);
          if (record !== undefined) onDetails(record);
        }}
      >
        {({ id, day, record }) =>
          record === undefined ? (
            // A row of its own, not a section's heading: with sections each row counts all others whenever it is drawn.
            <GridListItem id={id} textValue={dayName(day)} isDisabled className="activity-day">
              <span>{dayName(day)}</span>
            </GridListItem>
          ) : (
            <Line record={record} />
          )
        }
      </GridList>
    </Virtualizer>
  );

  function dayName(day: string): string {
    const near = nearDay(day, now);
    if (near !== undefined) return t(`activity.${near}`);
    // Without a time it would be taken for one in UTC.
    const local = new Date(`${day}T12:00`);
    return dateFormat(language, { dateStyle: 'full' }).format(local);
  }
}

/** Made for every record at once, drawn or not: it must cost little. What is shown of it is drawn by `Cells`. */
function Line({ record }: { readonly record: ActivityRecord }): ReactNode {
  const { t, language } = useWords();
  const name = t('activity.row', {
    said: t(`activity.said.${record.kind}.${record.result}`),
    bundle: visible(record.bundle),
    when: formatMoment(new Date(record.at), language),
  });
  return (
    <GridListItem id={record.id} textValue={name} className="activity-line">
      <Cells record={record} />
    </GridListItem>
  );
}

function Cells({ record }: { readonly record: ActivityRecord }): ReactNode {
  const { t, language } = useWords();
  const { kind, result, documents, bytes, took } = record;
  const Icon = ICONS[kind];
  const at = new Date(record.at);
  return (
    <div className="activity-cells">
      <Icon size={18} aria-hidden className="activity-icon" />
      <div className="activity-what">
        <p className="cut">
          {t(`activity.said.${kind}.${result}`)} <strong>{visible(record.bundle)}</strong>
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
        {dateFormat(language, { timeStyle: 'short' }).format(at)}
      </time>
    </div>
  );
}
