import type { ReactNode } from 'react';
import type { ActivityRecord } from '../../../../app/contract/views.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatExactMoment, formatSize } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { ResultMark } from './result-mark.tsx';
import { formatTook } from './took.ts';
import { whyOf } from './why.ts';

/** Everything that was noted about one thing that happened. */
export function DetailsDialog({
  record,
  onClose,
}: {
  readonly record: ActivityRecord;
  readonly onClose: () => void;
}): ReactNode {
  const { t, language } = useWords();
  const { kind, result, location, documents, bytes, sha256, took, error } = record;
  const number = new Intl.NumberFormat(language);
  return (
    <Dialog
      title={t(`activity.said.${kind}.${result}`)}
      isOpen
      wide
      onClose={onClose}
      actions={
        <>
          {sha256 === undefined ? null : (
            <CopyButton text={sha256} label={t('activity.details.copy')} />
          )}
          <Button kind="primary" onPress={onClose} autoFocus>
            {t('common.actions.close')}
          </Button>
        </>
      }
    >
      <dl className="facts">
        <dt>{t('activity.details.result')}</dt>
        <dd>
          <ResultMark result={result} />
        </dd>
        {error === undefined ? null : (
          <>
            <dt>{t('activity.details.why')}</dt>
            <dd>{t(`activity.why.${whyOf(error)}`)}</dd>
            <dt>{t('activity.details.code')}</dt>
            <dd className="mono">{visible(error)}</dd>
          </>
        )}
        <dt>{t('activity.details.bundle')}</dt>
        <dd>{visible(record.bundle)}</dd>
        {location === undefined ? null : (
          <>
            <dt>{t('activity.details.where')}</dt>
            <dd>{visible(location)}</dd>
          </>
        )}
        <dt>{t('activity.details.when')}</dt>
        <dd className="number">
          <time dateTime={record.at}>{formatExactMoment(new Date(record.at), language)}</time>
        </dd>
        {documents === undefined ? null : (
          <>
            <dt>{t('activity.details.documents')}</dt>
            <dd className="number">{number.format(documents)}</dd>
          </>
        )}
        {bytes === undefined ? null : (
          <>
            <dt>{t('activity.details.size')}</dt>
            <dd className="number">
              {t('activity.details.exactSize', {
                size: formatSize(bytes, language),
                bytes: number.format(bytes),
              })}
            </dd>
          </>
        )}
        {took === undefined ? null : (
          <>
            <dt>{t('activity.details.took')}</dt>
            <dd className="number">{formatTook(took, t, language)}</dd>
          </>
        )}
        {sha256 === undefined ? null : (
          <>
            <dt>{t('activity.details.sha256')}</dt>
            <dd className="mono">{sha256}</dd>
          </>
        )}
      </dl>
    </Dialog>
  );
}
