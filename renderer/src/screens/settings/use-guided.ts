import { useState } from 'react';
import type { ErrorRecord } from '../../../../app/contract/errors.ts';
import type { Result } from '../../../../app/contract/result.ts';
import { useAction, type Action } from '../../state/use-action.ts';
import { useSecret } from '../../state/use-secret.ts';

/** What a guided form is about. */
export interface GuidedSubject<Form, Kept, Step, Problems> {
  /** The three steps: what it is, how to sign in, and whether that works. */
  readonly steps: readonly [Step, Step, Step];
  readonly noProblems: Problems;
  /** All that are kept. */
  readonly all: readonly Kept[];
  readonly formFor: (kept: Kept | null) => Form;
  readonly problemsIn: (step: Step, form: Form, secret: string, kept: Kept | null) => Problems;
  /** Where the core's refusal belongs to an input: which, and on which step. */
  readonly problemOf: (
    error: ErrorRecord,
    form: Form,
  ) => { readonly step: Step; readonly problems: Problems } | null;
  readonly save: (form: Form, secret: string, id: string | undefined) => Promise<Result<Kept>>;
  /** Tries what was kept. */
  readonly check: (id: string, checking: Action) => Promise<void>;
}

/** A guided form, and what it has come to. */
export interface Guided<Form, Kept, Step, Problems> {
  readonly steps: readonly [Step, Step, Step];
  readonly step: Step;
  readonly form: Form;
  readonly secret: string;
  readonly problems: Problems;
  /** As it is kept, once it is. */
  readonly kept: Kept | null;
  readonly saving: Pick<Action, 'busy' | 'error'>;
  readonly checking: Pick<Action, 'busy' | 'error'>;
  readonly change: (how: (before: Form) => Form) => void;
  readonly setSecret: (secret: string) => void;
  readonly back: () => void;
  /** Goes on to the next step; from the sign-in by saving. */
  readonly next: () => Promise<void>;
  readonly check: () => Promise<void>;
}

/**
 * Leads through the settings of something that one signs in to, in three steps.
 *
 * @param subject - what it is about
 * @param initial - the one to be changed, or `null` for a new one
 * @param start - the step to begin with
 */
export function useGuided<
  Form,
  Kept extends { readonly id: string },
  Step,
  Problems extends object,
>(
  subject: GuidedSubject<Form, Kept, Step, Problems>,
  initial: Kept | null,
  start: Step,
): Guided<Form, Kept, Step, Problems> {
  const { steps, all, formFor, problemsIn, problemOf } = subject;
  const [first, signIn, last] = steps;
  const [step, setStep] = useState(start);
  const [form, setForm] = useState(() => formFor(initial));
  const [secret, setSecret] = useSecret();
  const [problems, setProblems] = useState(subject.noProblems);
  const [saved, setSaved] = useState(initial);
  const saving = useAction();
  const checking = useAction();
  const kept = all.find(({ id }) => id === saved?.id) ?? saved;

  const save = async (): Promise<void> => {
    const answered = await saving.act(async () => {
      const answer = await subject.save(form, secret, kept?.id);
      const problem = answer.ok ? null : problemOf(answer.error, form);
      if (problem !== null) {
        setStep(problem.step);
        setProblems(problem.problems);
      }
      return answer;
    });
    if (answered === undefined) return;
    setSecret('');
    setSaved(answered);
    setStep(last);
    await subject.check(answered.id, checking);
  };

  return {
    steps,
    step,
    form,
    secret,
    problems,
    kept,
    saving: {
      busy: saving.busy,
      // What belongs to an input is said there and not twice.
      error: saving.error === null || problemOf(saving.error, form) !== null ? null : saving.error,
    },
    checking,
    change: setForm,
    setSecret,
    back: () => {
      setProblems(subject.noProblems);
      saving.clear();
      setStep(step === last ? signIn : first);
    },
    next: async () => {
      const missing = problemsIn(step, form, secret, kept);
      setProblems(missing);
      if (Object.keys(missing).length > 0) return;
      if (step === first) setStep(signIn);
      else await save();
    },
    check: async () => {
      if (kept !== null) await subject.check(kept.id, checking);
    },
  };
}
