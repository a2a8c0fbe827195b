import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BundleView, JobView } from '../../../../app/contract/views.ts';
import { useChoose } from '../../choose/choose.tsx';
import { useRun } from '../../state/core.tsx';
import { isRunning } from '../../state/jobs.ts';
import { useAction } from '../../state/use-action.ts';
import { useSecret } from '../../state/use-secret.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { JobProgress } from '../../ui/progress.tsx';
import { useWords } from '../../words/use-words.ts';
import { PassphraseForm } from './passphrase-form.tsx';

/** A bundle that waits for its passphrase or its key. */
export function Locked({
  bundle,
  job,
}: {
  readonly bundle: BundleView;
  /** The last attempt to open it. */
  readonly job: JobView | undefined;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const choose = useChoose();
  const action = useAction();
  const choosing = useAction();
  const [typed, setTyped] = useSecret();

  const unlock = async (
    withWhat: { readonly passphrase: string } | { readonly identity: string },
  ): Promise<void> => {
    if (job !== undefined && !isRunning(job)) void run('dismissJob', { job: job.id });
    await action.act(() => run('unlock', { bundle: bundle.id, with: withWhat }));
  };
  const chooseKey = async (): Promise<void> => {
    const chosen = await choosing.act(async () => {
      const { grants, error } = await choose.files('identity');
      return error === null ? { ok: true, value: grants } : { ok: false, error };
    });
    const [file] = chosen ?? [];
    if (file !== undefined) await unlock({ identity: file.id });
  };

  const failed = job?.state === 'failed' ? job.error : undefined;
  const wrong = failed?.code === 'wrong-passphrase';
  return (
    <>
      {isRunning(job) ? (
        <JobProgress
          job={job}
          onCancel={() => {
            void run('cancelJob', { job: job.id });
          }}
        />
      ) : null}
      {wrong ? (
        <Notice tone="bad" title={t('open.passphrase.wrong')}>
          <p>{t('open.passphrase.wrongMeaning')}</p>
          <p>{t('open.passphrase.wrongNext')}</p>
        </Notice>
      ) : (
        <ErrorNotice error={failed} />
      )}
      <ErrorNotice error={action.error ?? choosing.error} />
      {/* While it is tried the form is only hidden: what was typed must not get lost. */}
      <div hidden={isRunning(job)}>
        {bundle.lockedWith === 'passphrase' ? (
          <PassphraseForm
            typed={typed}
            onTyped={setTyped}
            wrong={wrong}
            busy={action.busy || isRunning(job)}
            onUnlock={() => {
              void unlock({ passphrase: typed });
            }}
          />
        ) : (
          <div className="stack">
            <p>{t('open.key.meaning')}</p>
            <div>
              <Button
                kind="primary"
                large
                isDisabled={choosing.busy || action.busy}
                onPress={() => {
                  void chooseKey();
                }}
              >
                <KeyRound size={18} aria-hidden />
                {failed === undefined ? t('open.key.choose') : t('open.key.another')}
              </Button>
            </div>
          </div>
        )}
      </div>
    </>
  );
}
