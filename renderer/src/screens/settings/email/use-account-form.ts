import { useState } from 'react';
import type { AccountView } from '../../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../../state/core.tsx';
import { useAction, type Action } from '../../../state/use-action.ts';
import { useSecret } from '../../../state/use-secret.ts';
import {
  formFor,
  inputFor,
  problemOf,
  problemsIn,
  type AccountForm,
  type Problems,
  type Step,
} from './account-form.ts';

/** The guided form of an account, and what it has come to. */
export interface GuidedAccount {
  readonly step: Step;
  readonly form: AccountForm;
  readonly secret: string;
  readonly problems: Problems;
  /** The account as it is kept, once it is. */
  readonly kept: AccountView | null;
  readonly saving: Pick<Action, 'busy' | 'error'>;
  readonly checking: Pick<Action, 'busy' | 'error'>;
  /** Whether the server accepted the sign-in. */
  readonly good: boolean;
  readonly change: (how: (before: AccountForm) => AccountForm) => void;
  readonly setSecret: (secret: string) => void;
  readonly back: () => void;
  /** Goes on to the next step; from the sign-in by saving. */
  readonly next: () => Promise<void>;
  readonly check: () => Promise<void>;
}

/**
 * Leads through an account's settings.
 *
 * @param initial - the account to be changed, or `null` for a new one
 * @param start - the step to begin with
 */
export function useAccountForm(initial: AccountView | null, start: Step): GuidedAccount {
  const run = useRun();
  const { accounts } = useSnapshot();
  const [step, setStep] = useState(start);
  const [form, setForm] = useState(() => formFor(initial));
  const [secret, setSecret] = useSecret();
  const [problems, setProblems] = useState<Problems>({});
  const [saved, setSaved] = useState(initial);
  const [good, setGood] = useState(false);
  const saving = useAction();
  const checking = useAction();
  const kept = accounts.find(({ id }) => id === saved?.id) ?? saved;

  const signIn = async (account: string): Promise<void> => {
    setGood(false);
    const done = await checking.act(() => run('checkAccount', { account }));
    setGood(done !== undefined);
  };

  const save = async (): Promise<void> => {
    const account = await saving.act(async () => {
      const answer = await run('saveAccount', inputFor(form, secret, kept?.id));
      const problem = answer.ok ? null : problemOf(answer.error);
      if (problem !== null) {
        setStep(problem.step);
        setProblems(problem.problems);
      }
      return answer;
    });
    if (account === undefined) return;
    setSecret('');
    setSaved(account);
    setStep('check');
    await signIn(account.id);
  };

  return {
    step,
    form,
    secret,
    problems,
    kept,
    saving: {
      busy: saving.busy,
      // What belongs to an input is said there and not twice.
      error: saving.error === null || problemOf(saving.error) !== null ? null : saving.error,
    },
    checking,
    good,
    change: setForm,
    setSecret,
    back: () => {
      setProblems({});
      saving.clear();
      setStep(step === 'check' ? 'signIn' : 'server');
    },
    next: async () => {
      const missing = problemsIn(step, form, secret, kept);
      setProblems(missing);
      if (Object.keys(missing).length > 0) return;
      if (step === 'server') setStep('signIn');
      else await save();
    },
    check: async () => {
      if (kept !== null) await signIn(kept.id);
    },
  };
}
