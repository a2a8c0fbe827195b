import { Send, Trash2 } from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import type { JobView, OutboxEntry } from '../../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../../state/core.tsx';
import { isRunning } from '../../../state/jobs.ts';
import { useAction } from '../../../state/use-action.ts';
import { useList } from '../../../state/use-list.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Outcome } from '../../../ui/outcome.tsx';
import { JobProgress } from '../../../ui/progress.tsx';
import { mailSize } from '../../../words/advice-text.ts';
import { useWords } from '../../../words/use-words.ts';
import { visible } from '../../../words/visible.ts';
import { whyOf } from '../../activity/why.ts';
import { ForgetDialog } from './forget-dialog.tsx';

/** Messages that could not be sent, with why, and what can be done about it. */
export function Outbox(): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { outbox, jobs } = useSnapshot();
  const fetch = useCallback(() => run('listOutbox', {}), [run]);
  const mailJobs = jobs.filter(({ kind }) => kind === 'mail');
  // Why a message was not sent can change while their number stays the same.
  const ended = mailJobs.filter((job) => !isRunning(job)).map(({ id }) => id);
  const { items, error, reload } = useList(fetch, `${String(outbox)} ${ended.join(' ')}`);
  const [deleting, setDeleting] = useState<OutboxEntry | null>(null);
  const sent = mailJobs.findLast(({ state, outcome }) => state === 'done' && outcome !== undefined);
  return (
    <section className="card card-body stack" aria-labelledby="outbox">
      <div>
        <h3 id="outbox">{t('mail.outbox.title')}</h3>
        <p className="small quiet">{t('mail.outbox.hint')}</p>
      </div>
      {sent === undefined ? null : <Sent job={sent} />}
      <ErrorNotice
        error={error}
        actions={<Button onPress={reload}>{t('common.actions.tryAgain')}</Button>}
      />
      {items === null ? null : items.length === 0 ? (
        <p className="quiet">{t('mail.outbox.none')}</p>
      ) : (
        <ul className="messages" aria-label={t('mail.outbox.list')}>
          {items.map((entry) => (
            <li key={entry.id}>
              <Waiting
                entry={entry}
                job={mailJobs.findLast(({ about }) => about?.includes(entry.id) === true)}
                onDelete={() => {
                  setDeleting(entry);
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {deleting === null ? null : (
        <ForgetDialog
          title={t('mail.deleteMessage.title')}
          meaning={t('mail.deleteMessage.meaning')}
          what={visible(deleting.subject)}
          kept={t('mail.deleteMessage.kept')}
          action={t('mail.deleteMessage.action')}
          onRemove={() => run('deleteMessage', { message: deleting.id })}
          onClose={() => {
            setDeleting(null);
          }}
        />
      )}
    </section>
  );
}

function Sent({ job }: { readonly job: JobView }): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const count = job.outcome?.kind === 'mailed' ? job.outcome.messages : 1;
  return (
    <Outcome
      tone="good"
      title={t('mail.outbox.sent', { count })}
      actions={
        <Button onPress={() => void run('dismissJob', { job: job.id })}>
          {t('common.actions.dismiss')}
        </Button>
      }
    />
  );
}

function Waiting({
  entry,
  job,
  onDelete,
}: {
  readonly entry: OutboxEntry;
  /** The last attempt to send it again. */
  readonly job: JobView | undefined;
  readonly onDelete: () => void;
}): ReactNode {
  const { t, language } = useWords();
  const run = useRun();
  const { act, error, busy } = useAction();
  const subject = visible(entry.subject);
  const failed = job?.state === 'failed' ? job.error : undefined;
  const again = async (): Promise<void> => {
    if (job !== undefined) await run('dismissJob', { job: job.id });
    await act(() => run('sendAgain', { message: entry.id }));
  };
  return (
    <article className="waiting stack-s" aria-label={subject}>
      <div className="row row-wrap">
        <div className="message-facts">
          <p>
            <strong className="wrap-anywhere">{subject}</strong>
          </p>
          <p className="small wrap-anywhere">
            {t('mail.outbox.to', { to: entry.to.map(visible).join(', ') })}
          </p>
          <p className="small quiet">
            {mailSize(entry.bytes, language)} · {t('mail.outbox.since')}{' '}
            <Moment at={entry.created} />
          </p>
          {entry.account === null ? (
            <p className="small secret-missing">{t('mail.outbox.noAccount')}</p>
          ) : null}
          {entry.error === undefined || failed !== undefined ? null : (
            <p className="small secret-missing">{t(`activity.why.${whyOf(entry.error)}`)}</p>
          )}
          {entry.mayHaveArrived === undefined ? null : (
            <p className="small secret-missing">{t('mail.outbox.mayHaveArrived')}</p>
          )}
        </div>
        {isRunning(job) ? null : (
          <div className="row">
            <Button
              aria-label={t('mail.outbox.againNamed', { subject })}
              isDisabled={busy || entry.account === null}
              onPress={() => void again()}
            >
              <Send size={15} aria-hidden />
              {t('mail.outbox.again')}
            </Button>
            <Button
              kind="icon"
              aria-label={t('mail.outbox.deleteNamed', { subject })}
              onPress={onDelete}
            >
              <Trash2 size={16} aria-hidden />
            </Button>
          </div>
        )}
      </div>
      {isRunning(job) ? (
        <JobProgress job={job} onCancel={() => void run('cancelJob', { job: job.id })} />
      ) : null}
      <ErrorNotice error={failed ?? error} />
    </article>
  );
}
