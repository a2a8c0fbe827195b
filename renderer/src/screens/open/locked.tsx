import { KeyRound } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { CommandInput } from '../../../../app/contract/commands.ts';
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

/** What a bundle is opened with. */
type With = CommandInput<'unlock'>['with'];

/** A bundle that waits for its passphrase or its key, or for nothing but a word. */
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

  const [identity, setIdentity] = useState<string | null>(null);

  const unlock = async (withWhat: With, unlimited = false): Promise<void> => {
    if (job !== undefined && !isRunning(job)) void run('dismissJob', { job: job.id });
    await action.act(() =>
      run('unlock', {
        bundle: bundle.id,
        with: withWhat,
        ...(unlimited ? { unlimited: true } : {}),
      }),
    );
  };
  /** With what it was tried last, as far as that is still known. */
  const again: With | null =
    bundle.lockedWith === 'nothing'
      ? { nothing: true }
      : bundle.lockedWith === 'keys'
        ? identity === null
          ? null
          : { identity }
        : typed.trim() === ''
          ? null
          : { passphrase: typed };
  const chooseKey = async (): Promise<void> => {
    const chosen = await choosing.act(async () => {
      const { grants, error } = await choose.files('identity');
      return error === null ? { ok: true, value: grants } : { ok: false, error };
    });
    const [file] = chosen ?? [];
    if (file === undefined) return;
    setIdentity(file.id);
    await unlock({ identity: file.id });
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
        <ErrorNotice
          error={failed}
          actions={
            failed?.code === 'expands-too-much' && again !== null ? (
              <Button onPress={() => void unlock(again, true)}>{t('open.anyway')}</Button>
            ) : undefined
          }
        />
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
        ) : bundle.lockedWith === 'nothing' ? (
          <div className="stack">
            <Notice tone="warn" title={t('open.nothing.title')}>
              <p>{t('open.nothing.meaning')}</p>
            </Notice>
            <div>
              <Button
                kind="primary"
                large
                isDisabled={action.busy || isRunning(job)}
                onPress={() => {
                  void unlock({ nothing: true });
                }}
              >
                {t('open.nothing.open')}
              </Button>
            </div>
          </div>
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
