import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { JobView } from '../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { isRunning } from '../../state/jobs.ts';
import { useAction } from '../../state/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { JobProgress } from '../../ui/progress.tsx';
import { useWords } from '../../words/use-words.ts';
import type { SendForm, Target } from './use-send-form.ts';

type Need = 'documents' | 'blocked' | 'destination' | 'passphrase';

/** The one button that says what it will do, and the work that it starts. Always in sight. */
export function SealBar({
  form,
  settled,
  job,
}: {
  readonly form: SendForm;
  /** Whether the passphrase that is shown is the one in use. */
  readonly settled: boolean;
  readonly job: JobView | undefined;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { draft } = useSnapshot();
  const { act, error, busy } = useAction();
  const { target } = form;
  const need: Need | null =
    draft.documents === 0
      ? 'documents'
      : draft.blocked > 0
        ? 'blocked'
        : target === null
          ? 'destination'
          : settled
            ? null
            : 'passphrase';
  const start = async (to: Target): Promise<void> => {
    if (job !== undefined) await run('dismissJob', { job: job.id });
    await act(() =>
      run('seal', {
        to:
          to.kind === 's3'
            ? { kind: 's3', connection: to.connection.id }
            : to.kind === 'folder'
              ? { kind: 'folder', folder: to.folder.id }
              : { kind: 'download' },
        ...(form.name.trim() === '' ? {} : { name: form.name.trim() }),
        ...(form.note.trim() === '' ? {} : { note: form.note }),
      }),
    );
  };
  const label =
    target === null || draft.documents === 0
      ? t('send.seal.seal')
      : target.kind === 's3'
        ? t('send.seal.toS3', { count: draft.documents, place: target.connection.name })
        : target.kind === 'folder'
          ? t('send.seal.toFolder', { count: draft.documents, place: target.folder.name })
          : t('send.seal.toDownload', { count: draft.documents });
  const working = isRunning(job);
  return (
    <div className="seal-bar" role="region" aria-label={t('send.seal.seal')}>
      <div className="seal-bar-inner stack-s">
        {working ? (
          <JobProgress job={job} onCancel={() => void run('cancelJob', { job: job.id })} />
        ) : (
          <>
            {job?.state === 'failed' ? (
              <ErrorNotice
                error={job.error}
                actions={
                  <Button onPress={() => void run('dismissJob', { job: job.id })}>
                    {t('common.actions.dismiss')}
                  </Button>
                }
              />
            ) : null}
            {job?.state === 'cancelled' ? (
              <Notice tone="info">
                <p>{t('send.seal.cancelled')}</p>
              </Notice>
            ) : null}
            <ErrorNotice error={error} />
            <div className="row">
              <p className="small quiet grow" role="status">
                {need === null ? '' : t(`send.seal.needs.${need}`)}
              </p>
              <Button
                kind="primary"
                large
                isDisabled={need !== null || busy}
                onPress={() => {
                  if (target !== null) void start(target);
                }}
              >
                <Lock size={17} aria-hidden />
                {label}
              </Button>
            </div>
          </>
        )}
      </div>
    </div>
  );
}
