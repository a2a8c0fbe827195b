import { useState } from 'react';
import type { ConnectionView, RightsReport } from '../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { useAction, type Action } from '../../state/use-action.ts';
import { useSecret } from '../../state/use-secret.ts';
import {
  formFor,
  inputFor,
  problemsIn,
  problemOf,
  type ConnectionForm,
  type Problems,
  type Step,
} from './connection-form.ts';

/** The guided form, and what it has come to. */
export interface GuidedForm {
  readonly step: Step;
  readonly form: ConnectionForm;
  readonly secret: string;
  readonly problems: Problems;
  /** The connection as it is kept, once it is. */
  readonly kept: ConnectionView | null;
  readonly saving: Pick<Action, 'busy' | 'error'>;
  readonly checking: Pick<Action, 'busy' | 'error'>;
  readonly report: RightsReport | null;
  readonly change: (part: Partial<ConnectionForm>) => void;
  readonly setSecret: (secret: string) => void;
  readonly back: () => void;
  /** Goes on to the next step; from the sign-in by saving. */
  readonly next: () => Promise<void>;
  readonly check: () => Promise<void>;
}

/**
 * Leads through a connection's settings.
 *
 * @param initial - the connection to be changed, or `null` for a new one
 * @param start - the step to begin with
 */
export function useConnectionForm(initial: ConnectionView | null, start: Step): GuidedForm {
  const run = useRun();
  const { connections } = useSnapshot();
  const [step, setStep] = useState(start);
  const [form, setForm] = useState(() => formFor(initial));
  const [secret, setSecret] = useSecret();
  const [problems, setProblems] = useState<Problems>({});
  const [saved, setSaved] = useState(initial);
  const [report, setReport] = useState<RightsReport | null>(null);
  const saving = useAction();
  const checking = useAction();
  const kept = connections.find(({ id }) => id === saved?.id) ?? saved;

  const checkAccess = async (connection: string): Promise<void> => {
    setReport(null);
    const found = await checking.act(() => run('checkConnection', { connection }));
    if (found !== undefined) setReport(found);
  };

  const save = async (): Promise<void> => {
    const connection = await saving.act(async () => {
      const answer = await run('saveConnection', inputFor(form, secret, kept?.id));
      const problem = answer.ok ? null : problemOf(answer.error, form);
      if (problem !== null) {
        setStep(problem.step);
        setProblems(problem.problems);
      }
      return answer;
    });
    if (connection === undefined) return;
    setSecret('');
    setSaved(connection);
    setStep('access');
    await checkAccess(connection.id);
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
      error: saving.error === null || problemOf(saving.error, form) !== null ? null : saving.error,
    },
    checking,
    report,
    change: (part) => {
      setForm((before) => ({ ...before, ...part }));
    },
    setSecret,
    back: () => {
      setProblems({});
      saving.clear();
      setStep(step === 'access' ? 'signIn' : 'where');
    },
    next: async () => {
      const missing = problemsIn(step, form, secret, kept);
      setProblems(missing);
      if (Object.keys(missing).length > 0) return;
      if (step === 'where') setStep('signIn');
      else await save();
    },
    check: async () => {
      if (kept !== null) await checkAccess(kept.id);
    },
  };
}
