import type { ReactNode } from 'react';
import type { JobView } from '../../../app/contract/views.ts';
import { formatSize, formatSpan } from '../words/format.ts';
import { useWords } from '../words/use-words.ts';
import { Button } from './button.tsx';

/**
 * The share of a job that is done.
 *
 * @param job - the job
 * @returns 0 to 1, or `undefined` where it cannot be known
 */
export function shareDone({ bytes, total }: JobView): number | undefined {
  if (total === undefined || total === 0) return undefined;
  return Math.min(1, bytes / total);
}

/** A job under way: stage, bytes, speed, time left, Cancel. What a screen reader says changes only every tenth of the way. */
export function JobProgress({
  job,
  onCancel,
}: {
  readonly job: JobView;
  readonly onCancel: () => void;
}): ReactNode {
  const { t, language } = useWords();
  const share = shareDone(job);
  const stage = t(`common.stages.${job.stage}`);
  const cancelling = job.state === 'cancelling';
  const facts = [
    job.total === undefined
      ? undefined
      : t('common.progress.of', {
          done: formatSize(Math.min(job.bytes, job.total), language),
          total: formatSize(job.total, language),
        }),
    job.speed === undefined
      ? undefined
      : t('common.progress.speed', { speed: formatSize(job.speed, language) }),
    job.secondsLeft === undefined
      ? undefined
      : t('common.progress.left', { time: formatSpan(job.secondsLeft, t) }),
  ].filter((fact) => fact !== undefined);
  const tenth = share === undefined ? 0 : Math.floor(share * 10) * 10;
  return (
    <div className="job stack-s">
      <div className="row">
        <strong className="grow">{cancelling ? t('common.progress.cancelling') : stage}</strong>
        <Button onPress={onCancel} isDisabled={cancelling}>
          {t('common.actions.cancel')}
        </Button>
      </div>
      <div
        className="bar"
        role="progressbar"
        aria-label={t('common.progress.label')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      >
        <div
          className={share === undefined ? 'bar-fill bar-unknown' : 'bar-fill'}
          style={share === undefined ? undefined : { width: `${String(share * 100)}%` }}
        />
      </div>
      <p className="small quiet number job-facts">{facts.join(' · ')}</p>
      <p className="unseen" aria-live="polite">
        {t('common.progress.announce', { stage, percent: tenth })}
      </p>
    </div>
  );
}
