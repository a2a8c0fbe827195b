import { useState } from 'react';
import type { AccountView } from '../../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../../state/core.tsx';
import { useGuided, type Guided } from '../use-guided.ts';
import {
  formFor,
  inputFor,
  problemOf,
  problemsIn,
  STEPS,
  type AccountForm,
  type Problems,
  type Step,
} from './account-form.ts';

/** The guided form of an account, and whether the server accepted the sign-in. */
export interface GuidedAccount extends Guided<AccountForm, AccountView, Step, Problems> {
  readonly good: boolean;
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
  const [good, setGood] = useState(false);
  const guided = useGuided<AccountForm, AccountView, Step, Problems>(
    {
      steps: STEPS,
      noProblems: {},
      all: accounts,
      formFor,
      problemsIn,
      problemOf,
      save: (form, secret, id) => run('saveAccount', inputFor(form, secret, id)),
      check: async (account, checking) => {
        setGood(false);
        const done = await checking.act(() => run('checkAccount', { account }));
        setGood(done !== undefined);
      },
    },
    initial,
    start,
  );
  return { ...guided, good };
}
