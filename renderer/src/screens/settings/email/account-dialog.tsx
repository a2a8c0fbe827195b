import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { AccountView } from '../../../../../app/contract/views.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { useWords } from '../../../words/use-words.ts';
import { visible } from '../../../words/visible.ts';
import { STEPS, type Step } from './account-form.ts';
import { CheckStep, ServerStep, SignInStep } from './account-steps.tsx';
import { useAccountForm } from './use-account-form.ts';

/** Adds an email account, or changes one, in three steps of which the last says whether the server accepts it. */
export function AccountDialog({
  account,
  start,
  onClose,
}: {
  readonly account: AccountView | null;
  readonly start: Step;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const guided = useAccountForm(account, start);
  const { step, problems, saving, checking } = guided;
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  // Whoever cannot see the message is taken to it.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems, step]);

  return (
    <Dialog
      title={
        account === null
          ? t('mail.accountForm.add')
          : t('mail.accountForm.edit', { name: visible(account.name) })
      }
      isOpen
      form
      onClose={onClose}
      actions={
        step === 'check' ? (
          <>
            <Button onPress={guided.back} isDisabled={checking.busy}>
              {t('common.actions.back')}
            </Button>
            <Button onPress={() => void guided.check()} isDisabled={checking.busy}>
              {t('mail.accountForm.checkAgain')}
            </Button>
            <Button kind="primary" onPress={onClose}>
              {t('common.actions.done')}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>{t('common.actions.cancel')}</Button>
            {step === 'server' ? null : (
              <Button onPress={guided.back}>{t('common.actions.back')}</Button>
            )}
            <Button kind="primary" type="submit" form={id} isDisabled={saving.busy}>
              {step === 'server' ? t('mail.accountForm.next') : t('mail.accountForm.saveAndCheck')}
            </Button>
          </>
        )
      }
    >
      <ol className="steps" aria-label={t('mail.accountForm.steps')}>
        {STEPS.map((name, index) => (
          <li
            key={name}
            className={index < STEPS.indexOf(step) ? 'step step-done' : 'step'}
            aria-current={name === step ? 'step' : undefined}
          >
            <span className="step-number" aria-hidden>
              {index + 1}
            </span>
            {t(`mail.accountForm.${name}`)}
          </li>
        ))}
      </ol>
      {step === 'check' ? (
        <CheckStep guided={guided} />
      ) : (
        <form
          id={id}
          ref={form}
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!saving.busy) void guided.next();
          }}
        >
          {step === 'server' ? <ServerStep guided={guided} /> : <SignInStep guided={guided} />}
          <ErrorNotice error={saving.error} />
        </form>
      )}
    </Dialog>
  );
}
