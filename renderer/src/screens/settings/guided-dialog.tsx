import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Guided } from './use-guided.ts';

/** What a guided dialog calls its parts. */
export interface GuidedLabels<Step extends string> {
  readonly title: string;
  /** The list of steps. */
  readonly steps: string;
  readonly step: Readonly<Record<Step, string>>;
  readonly next: string;
  readonly save: string;
  readonly checkAgain: string;
}

/** Adds or changes something that one signs in to, in three steps of which the last says whether it works. */
export function GuidedDialog<Form, Kept, Step extends string, Problems>({
  guided,
  labels,
  content,
  onClose,
}: {
  readonly guided: Guided<Form, Kept, Step, Problems>;
  readonly labels: GuidedLabels<Step>;
  /** What stands in each step. */
  readonly content: Readonly<Record<Step, ReactNode>>;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const { steps, step, problems, saving, checking } = guided;
  const [first, , last] = steps;
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  // Whoever cannot see the message is taken to it.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems, step]);

  return (
    <Dialog
      title={labels.title}
      isOpen
      form
      onClose={onClose}
      actions={
        step === last ? (
          <>
            <Button onPress={guided.back} isDisabled={checking.busy}>
              {t('common.actions.back')}
            </Button>
            <Button onPress={() => void guided.check()} isDisabled={checking.busy}>
              {labels.checkAgain}
            </Button>
            <Button kind="primary" onPress={onClose}>
              {t('common.actions.done')}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>{t('common.actions.cancel')}</Button>
            {step === first ? null : (
              <Button onPress={guided.back}>{t('common.actions.back')}</Button>
            )}
            <Button kind="primary" type="submit" form={id} isDisabled={saving.busy}>
              {step === first ? labels.next : labels.save}
            </Button>
          </>
        )
      }
    >
      <ol className="steps" aria-label={labels.steps}>
        {steps.map((name, index) => (
          <li
            key={name}
            className={index < steps.indexOf(step) ? 'step step-done' : 'step'}
            aria-current={name === step ? 'step' : undefined}
          >
            <span className="step-number" aria-hidden>
              {index + 1}
            </span>
            {labels.step[name]}
          </li>
        ))}
      </ol>
      {step === last ? (
        content[last]
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
          {content[step]}
          <ErrorNotice error={saving.error} />
        </form>
      )}
    </Dialog>
  );
}
