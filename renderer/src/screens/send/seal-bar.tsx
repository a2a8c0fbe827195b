import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CommandInput } from '../../../../app/contract/commands.ts';
import type { JobView } from '../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { isRunning } from '../../state/jobs.ts';
import { useAction } from '../../state/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { JobProgress } from '../../ui/progress.tsx';
import { useWords } from '../../words/use-words.ts';
import {
  countMessages,
  countPeople,
  emailNeed,
  emailTarget,
  type EmailNeed,
} from './email-plan.ts';
import { adviceOn } from './format-choice.ts';
import type { Advised } from './use-advice.ts';
import type { SendForm, Target } from './use-send-form.ts';

type Need = 'documents' | 'blocked' | 'destination' | 'passphrase' | EmailNeed;
type SealTo = CommandInput<'seal'>['to'];

/** The one button that says what it will do, and the work that it starts. Always in sight. */
export function SealBar({
  form,
  advised,
  settled,
  job,
}: {
  readonly form: SendForm;
  readonly advised: Advised;
  /** Whether the passphrase that is shown is the one in use. */
  readonly settled: boolean;
  readonly job: JobView | undefined;
}): ReactNode {
  const { t, language } = useWords();
  const run = useRun();
  const { accounts, draft } = useSnapshot();
  const { act, error, busy } = useAction();
  const { target, email } = form;
  const { advice, wish } = advised;
  const fit = advice === null ? undefined : adviceOn(advice, draft.format).mail;
  const account = accounts.find(({ id }) => id === email.account);
  const need: Need | null =
    draft.documents === 0
      ? 'documents'
      : draft.blocked > 0
        ? 'blocked'
        : target === null
          ? 'destination'
          : settled
            ? target.kind === 'email'
              ? emailNeed(email, account, fit)
              : null
            : 'passphrase';
  // The answer to a question that was changed a moment ago, or the size of an email, is not there yet.
  const waits =
    (wish.has !== null && !advised.settled) || (target?.kind === 'email' && fit === undefined);
  const start = async (to: Target): Promise<void> => {
    if (job !== undefined) await run('dismissJob', { job: job.id });
    const sealTo: SealTo =
      to.kind === 's3'
        ? { kind: 's3', connection: to.connection.id }
        : to.kind === 'folder'
          ? { kind: 'folder', folder: to.folder.id }
          : to.kind === 'email'
            ? emailTarget(email, fit, language.startsWith('de') ? 'de' : 'en')
            : { kind: 'download' };
    await act(() =>
      run('seal', {
        to: sealTo,
        ...(form.name.trim() === '' ? {} : { name: form.name.trim() }),
        ...(form.note.trim() === '' ? {} : { note: form.note }),
      }),
    );
  };
  const label = (): string => {
    const count = draft.documents;
    if (target === null || count === 0) return t('send.seal.seal');
    switch (target.kind) {
      case 's3':
        return t('send.seal.toS3', { count, place: target.connection.name });
      case 'folder':
        return t('send.seal.toFolder', { count, place: target.folder.name });
      case 'download':
        return t('send.seal.toDownload', { count });
      case 'email': {
        const people = countPeople(email.recipients);
        if (account !== undefined && people > 0)
          return t('send.seal.toPeople', {
            count,
            people: t('send.seal.people', { count: people }),
          });
        const volumes = countMessages(email, fit);
        return t('send.seal.toEmail', {
          count,
          emails: volumes === 1 ? t('send.seal.theEmail') : t('send.seal.emails', { volumes }),
        });
      }
    }
  };
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
                isDisabled={need !== null || waits || busy}
                onPress={() => {
                  if (target !== null) void start(target);
                }}
              >
                <Lock size={17} aria-hidden />
                {label()}
              </Button>
            </div>
          </>
        )}
      </div>
    </div>
  );
}
