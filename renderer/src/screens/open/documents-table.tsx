import { CircleCheck, FileCheck, Fingerprint } from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import {
  Cell,
  Column,
  Row,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  Virtualizer,
} from 'react-aria-components';
import type { DocumentRecord } from '../../../../app/contract/records.ts';
import type { BundleView, OpenedView } from '../../../../app/contract/views.ts';
import { useRun } from '../../state/core.tsx';
import { useList } from '../../state/use-list.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatSize } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { verdictOf } from './verdict.ts';

const ROW = 44;
const HEADING = 36;
/** More rows than this scroll. */
const ROWS_AT_ONCE = 8;

/** What is in a bundle that was opened. Checksums stand one click deeper. */
export function DocumentsTable({
  bundle,
  opened,
}: {
  readonly bundle: BundleView;
  readonly opened: OpenedView;
}): ReactNode {
  const { t, language } = useWords();
  const run = useRun();
  const { id } = bundle;
  const fetch = useCallback(() => run('listOpened', { bundle: id }), [run, id]);
  const { items, error, reload } = useList(fetch, id);
  const [detail, setDetail] = useState<DocumentRecord | null>(null);

  const proven = verdictOf(opened).title !== 'unproven';
  if (error !== null)
    return (
      <ErrorNotice
        error={error}
        actions={<Button onPress={reload}>{t('common.actions.tryAgain')}</Button>}
      />
    );
  if (opened.documents === 0) return <p className="quiet">{t('open.documents.none')}</p>;
  const rows = Math.min(opened.documents, ROWS_AT_ONCE);
  return (
    <>
      <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: ROW, headingHeight: HEADING }}>
        <Table
          aria-label={t('open.documents.label')}
          className="lined-table documents-table"
          style={{ height: HEADING + rows * ROW + 2 }}
          onRowAction={(key) => {
            setDetail(items?.find(({ name }) => name === key) ?? null);
          }}
        >
          <TableHeader>
            <Column id="name" isRowHeader minWidth={160} className="lined-column">
              {t('open.documents.name')}
            </Column>
            <Column id="size" width={104} className="lined-column lined-end">
              {t('open.documents.size')}
            </Column>
            <Column id="check" width={120} className="lined-column">
              {t('open.documents.check')}
            </Column>
            <Column id="sum" width={56} minWidth={56} className="lined-column">
              <span className="unseen">{t('open.documents.sha256')}</span>
            </Column>
          </TableHeader>
          <TableBody items={items ?? []} dependencies={[opened, language]}>
            {(document) => (
              <Row id={document.name} className="lined-row">
                <Cell className="lined-cell">
                  <span className="cut" title={visible(document.name)}>
                    {visible(document.name)}
                  </span>
                </Cell>
                <Cell className="lined-cell lined-end number quiet">
                  {formatSize(document.bytes, language)}
                </Cell>
                <Cell className="lined-cell">
                  {opened.sums === 'matched' && proven ? (
                    <span className="row mark-good small">
                      <CircleCheck size={15} aria-hidden />
                      {t('open.documents.verified')}
                    </span>
                  ) : (
                    <span className="row quiet small">
                      <FileCheck size={15} aria-hidden />
                      {t(proven ? 'open.documents.intact' : 'open.documents.unproven')}
                    </span>
                  )}
                </Cell>
                <Cell className="lined-cell">
                  <Button
                    kind="icon"
                    aria-label={t('open.documents.details', { name: visible(document.name) })}
                    onPress={() => {
                      setDetail(document);
                    }}
                  >
                    <Fingerprint size={17} aria-hidden />
                  </Button>
                </Cell>
              </Row>
            )}
          </TableBody>
        </Table>
      </Virtualizer>
      <p className="small quiet number">
        {t('open.documents.total', {
          documents: t('common.documents', { count: opened.documents }),
          size: formatSize(opened.bytes, language),
        })}
      </p>
      {detail === null ? null : (
        <ChecksumDialog
          document={detail}
          onClose={() => {
            setDetail(null);
          }}
        />
      )}
    </>
  );
}

function ChecksumDialog({
  document,
  onClose,
}: {
  readonly document: DocumentRecord;
  readonly onClose: () => void;
}): ReactNode {
  const { t, language } = useWords();
  return (
    <Dialog
      title={visible(document.name)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <CopyButton text={document.sha256} label={t('open.documents.copy')} />
          <Button kind="primary" onPress={onClose}>
            {t('common.actions.close')}
          </Button>
        </>
      }
    >
      <dl className="facts">
        <dt>{t('open.documents.size')}</dt>
        <dd className="number">{formatSize(document.bytes, language)}</dd>
        <dt>{t('open.documents.sha256')}</dt>
        <dd className="mono">{document.sha256}</dd>
      </dl>
      <p className="small quiet">{t('open.documents.compare')}</p>
    </Dialog>
  );
}
