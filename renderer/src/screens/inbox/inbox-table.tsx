import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Cell,
  CheckboxButton,
  CheckboxField,
  Column,
  Row,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  Virtualizer,
} from 'react-aria-components';
import type { InboxEntry } from '../../../../app/contract/views.ts';
import { useMedia } from '../../state/use-media.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { formatExactMoment, formatSize } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { ageOf, formatAge } from './age.ts';
import type { Sort, SortColumn } from './arrange.ts';
import type { RowProgress } from './row-progress.ts';

const ROW = 44;
const HEADING = 36;

/** The bundles that wait, with what goes on with each. */
export function InboxTable({
  entries,
  now,
  progress,
  sort,
  onSort,
  selected,
  onSelect,
  onOpen,
  onCancel,
}: {
  readonly entries: readonly InboxEntry[];
  readonly now: Date;
  readonly progress: ReadonlyMap<string, RowProgress>;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly onOpen: (entry: string) => void;
  readonly onCancel: (job: string) => void;
}): ReactNode {
  const { t, language } = useWords();
  // When it arrived follows from how long it has left; there the exact moment is shown on hover.
  const narrow = useMedia('(max-width: 1040px)');
  return (
    <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: ROW, headingHeight: HEADING }}>
      <Table
        aria-label={t('inbox.table.label')}
        className="lined-table inbox-table"
        selectionMode="multiple"
        selectedKeys={selected}
        onSelectionChange={(keys) => {
          onSelect(new Set(keys === 'all' ? entries.map(({ id }) => id) : [...keys].map(String)));
        }}
        sortDescriptor={{
          column: sort.column,
          direction: sort.descending ? 'descending' : 'ascending',
        }}
        onSortChange={({ column, direction }) => {
          onSort({ column: column as SortColumn, descending: direction === 'descending' });
        }}
      >
        <TableHeader>
          <Column id="choose" width={44} minWidth={44} className="lined-column">
            <Box />
          </Column>
          <SortableColumn id="sender" width="1fr" minWidth={80}>
            {t('inbox.table.sender')}
          </SortableColumn>
          <SortableColumn id="name" width="2fr" minWidth={160} isRowHeader>
            {t('inbox.table.bundle')}
          </SortableColumn>
          <SortableColumn id="bytes" width={76} end>
            {t('inbox.table.size')}
          </SortableColumn>
          {narrow ? null : (
            <SortableColumn id="received" width={108}>
              {t('inbox.table.received')}
            </SortableColumn>
          )}
          {narrow ? (
            <SortableColumn id="received" width={156}>
              {t('inbox.table.age')}
            </SortableColumn>
          ) : (
            <Column id="age" width={156} className="lined-column">
              {t('inbox.table.age')}
            </Column>
          )}
          <SortableColumn id="status" width={124}>
            {t('inbox.table.status')}
          </SortableColumn>
        </TableHeader>
        <TableBody items={entries} dependencies={[now, progress, language, narrow]}>
          {(entry) => (
            <Row
              id={entry.id}
              textValue={entry.name}
              className="lined-row"
              onDoubleClick={() => {
                onOpen(entry.id);
              }}
            >
              <Cell className="lined-cell">
                <Box />
              </Cell>
              <Cell className="lined-cell">
                <span className="cut" title={visible(entry.sender)}>
                  {visible(entry.sender)}
                </span>
              </Cell>
              <Cell className="lined-cell">
                <span className="cut" title={visible(entry.name)}>
                  {visible(entry.name)}
                </span>
              </Cell>
              <Cell className="lined-cell lined-end number quiet">
                {formatSize(entry.bytes, language)}
              </Cell>
              {narrow ? null : (
                <Cell className="lined-cell quiet">
                  <Moment at={entry.received} ago={now} />
                </Cell>
              )}
              <Cell className="lined-cell">
                <AgeTag received={entry.received} now={now} />
              </Cell>
              <Cell className="lined-cell">
                <Status entry={entry} progress={progress.get(entry.id)} onCancel={onCancel} />
              </Cell>
            </Row>
          )}
        </TableBody>
      </Table>
    </Virtualizer>
  );
}

function SortableColumn({
  id,
  width,
  minWidth,
  end = false,
  isRowHeader = false,
  children,
}: {
  readonly id: SortColumn;
  readonly width: number | `${number}fr`;
  readonly minWidth?: number;
  readonly end?: boolean;
  readonly isRowHeader?: boolean;
  readonly children: string;
}): ReactNode {
  return (
    <Column
      id={id}
      width={width}
      {...(minWidth === undefined ? {} : { minWidth })}
      allowsSorting
      isRowHeader={isRowHeader}
      className={end ? 'lined-column lined-end' : 'lined-column'}
    >
      {({ sortDirection }) => (
        <>
          {children}
          <span aria-hidden className="sort-mark">
            {sortDirection === undefined ? '' : sortDirection === 'ascending' ? '↑' : '↓'}
          </span>
        </>
      )}
    </Column>
  );
}

function Box(): ReactNode {
  return (
    <CheckboxField slot="selection">
      <CheckboxButton className="box">
        {({ isSelected, isIndeterminate }) => (
          <span className="box-mark" aria-hidden>
            {isIndeterminate ? (
              <span className="box-some" />
            ) : isSelected ? (
              <Check size={13} strokeWidth={3} />
            ) : null}
          </span>
        )}
      </CheckboxButton>
    </CheckboxField>
  );
}

function AgeTag({ received, now }: { readonly received: string; readonly now: Date }): ReactNode {
  const { t, language } = useWords();
  const date = new Date(received);
  const age = ageOf(date, now);
  return (
    <span
      className={`tag tag-${age.tone} number`}
      title={`${t('inbox.table.received')}: ${formatExactMoment(date, language)}`}
    >
      {formatAge(age, t)}
    </span>
  );
}

function Status({
  entry,
  progress,
  onCancel,
}: {
  readonly entry: InboxEntry;
  readonly progress: RowProgress | undefined;
  readonly onCancel: (job: string) => void;
}): ReactNode {
  const { t } = useWords();
  if (progress === undefined)
    return entry.status === 'new' ? (
      <strong>{t('inbox.status.new')}</strong>
    ) : (
      <span className="quiet">{t(`inbox.status.${entry.status}`)}</span>
    );
  const { state, kind, share, job } = progress;
  const percent = share === undefined ? undefined : Math.round(share * 100);
  return (
    <>
      <span className="grow row-work">
        <span className="small cut">
          {state === 'running' ? t(`inbox.job.${kind}`) : t(`inbox.job.${state}`)}
        </span>
        <span
          className="bar"
          role="progressbar"
          aria-label={t(`inbox.job.${kind}`)}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
        >
          {state === 'waiting' ? null : (
            <span
              className={percent === undefined ? 'bar-fill bar-unknown' : 'bar-fill'}
              style={percent === undefined ? undefined : { width: `${String(percent)}%` }}
            />
          )}
        </span>
      </span>
      <Button
        kind="icon"
        aria-label={t('inbox.job.cancel', { name: visible(entry.name) })}
        isDisabled={state === 'cancelling'}
        onPress={() => {
          onCancel(job);
        }}
      >
        <X size={16} aria-hidden />
      </Button>
    </>
  );
}
