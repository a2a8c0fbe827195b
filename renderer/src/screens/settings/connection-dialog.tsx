import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { ConnectionView } from '../../../../app/contract/views.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { AccessStep } from './access-step.tsx';
import { STEPS, type Step } from './connection-form.ts';
import { SignInStep } from './sign-in-step.tsx';
import { useConnectionForm } from './use-connection-form.ts';
import { WhereStep } from './where-step.tsx';

/** Adds a connection, or changes one, in three steps of which the last says what it is good for. */
export function ConnectionDialog({
  connection,
  start,
  onClose,
}: {
  readonly connection: ConnectionView | null;
  readonly start: Step;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const guided = useConnectionForm(connection, start);
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
        connection === null
          ? t('settings.form.add')
          : t('settings.form.edit', { name: visible(connection.name) })
      }
      isOpen
      form
      onClose={onClose}
      actions={
        step === 'access' ? (
          <>
            <Button onPress={guided.back} isDisabled={checking.busy}>
              {t('common.actions.back')}
            </Button>
            <Button onPress={() => void guided.check()} isDisabled={checking.busy}>
              {t('settings.connections.checkAgain')}
            </Button>
            <Button kind="primary" onPress={onClose}>
              {t('common.actions.done')}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>{t('common.actions.cancel')}</Button>
            {step === 'where' ? null : (
              <Button onPress={guided.back}>{t('common.actions.back')}</Button>
            )}
            <Button kind="primary" type="submit" form={id} isDisabled={saving.busy}>
              {step === 'where' ? t('settings.form.next') : t('settings.form.saveAndCheck')}
            </Button>
          </>
        )
      }
    >
      <ol className="steps" aria-label={t('settings.form.steps')}>
        {STEPS.map((name, index) => (
          <li
            key={name}
            className={index < STEPS.indexOf(step) ? 'step step-done' : 'step'}
            aria-current={name === step ? 'step' : undefined}
          >
            <span className="step-number" aria-hidden>
              {index + 1}
            </span>
            {t(`settings.form.${name}`)}
          </li>
        ))}
      </ol>
      {step === 'access' ? (
        <AccessStep guided={guided} />
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
          {step === 'where' ? <WhereStep guided={guided} /> : <SignInStep guided={guided} />}
          <ErrorNotice error={saving.error} />
        </form>
      )}
    </Dialog>
  );
}
