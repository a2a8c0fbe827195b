import { useState } from 'react';
import type { ConnectionView, RightsReport } from '../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import {
  formFor,
  inputFor,
  problemOf,
  problemsIn,
  STEPS,
  type ConnectionForm,
  type Problems,
  type Step,
} from './connection-form.ts';
import { useGuided, type Guided } from './use-guided.ts';

/** The guided form of a connection, and what it may do, once that was looked at. */
export interface GuidedConnection extends Guided<ConnectionForm, ConnectionView, Step, Problems> {
  readonly report: RightsReport | null;
}

/**
 * Leads through a connection's settings.
 *
 * @param initial - the connection to be changed, or `null` for a new one
 * @param start - the step to begin with
 */
export function useConnectionForm(initial: ConnectionView | null, start: Step): GuidedConnection {
  const run = useRun();
  const { connections } = useSnapshot();
  const [report, setReport] = useState<RightsReport | null>(null);
  const guided = useGuided<ConnectionForm, ConnectionView, Step, Problems>(
    {
      steps: STEPS,
      noProblems: {},
      all: connections,
      formFor,
      problemsIn,
      problemOf,
      save: (form, secret, id) => run('saveConnection', inputFor(form, secret, id)),
      check: async (connection, checking) => {
        setReport(null);
        const found = await checking.act(() => run('checkConnection', { connection }));
        if (found !== undefined) setReport(found);
      },
    },
    initial,
    start,
  );
  return { ...guided, report };
}
