import { FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReceiptView } from '../../../../app/contract/views.ts';
import { useRun } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Moment } from '../../ui/moment.tsx';
import { formatSize, formatSpan } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';

/** Bundle, size, place, time and SHA-256, for whoever keeps records. */
export function ReceiptFacts({ receipt }: { readonly receipt: ReceiptView }): ReactNode {
  const { t, language } = useWords();
  const run = useRun();
  const { act, error } = useAction();
  return (
    <section className="card card-body stack" aria-label={t('send.receipt.details')}>
      <dl className="facts">
        <dt>{t('send.receipt.bundle')}</dt>
        <dd>{receipt.bundle}</dd>
        <dt>{t('send.receipt.kind')}</dt>
        <dd>{t(`advice.formats.${receipt.format}`)}</dd>
        <dt>{t('send.receipt.size')}</dt>
        <dd className="number">
          {formatSize(receipt.bytes, language)},{' '}
          {t('send.receipt.took', {
            documents: t('common.documents', { count: receipt.documents }),
            time: formatSpan(receipt.took / 1000, t),
          })}
        </dd>
        {receipt.to.kind === 'download' ? null : (
          <>
            <dt>{t('send.receipt.where')}</dt>
            <dd>{receipt.location}</dd>
          </>
        )}
        <dt>{t('send.receipt.when')}</dt>
        <dd>
          <Moment at={receipt.at} />
        </dd>
        <dt>{t('send.receipt.verified')}</dt>
        <dd>{receipt.verifiedBy.map((one) => t(`send.receipt.evidence.${one}`)).join('. ')}</dd>
        <dt>{t('send.receipt.sha256')}</dt>
        <dd className="mono small">{receipt.sha256}</dd>
      </dl>
      <div className="row row-wrap">
        {receipt.to.kind === 'folder' ? (
          <Button onPress={() => void act(() => run('showInFolder', { receipt: receipt.id }))}>
            <FolderOpen size={16} aria-hidden />
            {t('send.receipt.showInFolder')}
          </Button>
        ) : null}
        {receipt.to.kind === 'download' ? null : (
          <CopyButton text={receipt.location} label={t('send.receipt.copyLocation')} />
        )}
      </div>
      <ErrorNotice error={error} />
    </section>
  );
}
