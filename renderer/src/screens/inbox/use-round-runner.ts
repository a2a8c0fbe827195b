import { useEffect } from 'react';
import type { Result } from '../../../../app/contract/result.ts';
import { useRun, useSnapshot, type Run } from '../../state/core.tsx';
import { getRound, moveOn, nextStep, setRound, useRound, type Round, type Step } from './round.ts';

/** Keeps the round going while a screen that shows it is there. */
export function useRoundRunner(): Round | null {
  const run = useRun();
  const snapshot = useSnapshot();
  const round = useRound();
  useEffect(() => {
    const step = round === null ? null : nextStep(round, snapshot);
    if (round !== null && step !== null && getRound() === round) perform(round, step, run);
  }, [round, snapshot, run]);
  return round;
}

function perform(round: Round, step: Step, run: Run): void {
  if (step.kind === 'opened') setRound({ ...round, phase: 'open', job: null });
  else if (step.kind === 'next') {
    if (step.close !== null) {
      void run('closeBundle', { bundle: step.close });
      if (round.job !== null) void run('dismissJob', { job: round.job });
    }
    setRound({ ...moveOn(round), removed: round.removed + 1 });
  } else if (step.kind === 'fetch')
    start({ ...round, job: '' }, () => run('fetchEntry', { entry: step.entry.id }));
  else
    start(
      {
        ...round,
        phase: 'remove',
        job: '',
        before: { name: step.entry.name, save: step.save },
      },
      () => run('removeEntries', { entries: [step.entry.id] }),
    );
}

/** Notes that a job is being started before it is, so that it is not started twice; then which one it became. */
function start(starting: Round, work: () => Promise<Result<{ readonly job: string }>>): void {
  setRound(starting);
  void work().then((answer) => {
    if (getRound() !== starting) return;
    setRound(
      answer.ok
        ? { ...starting, job: answer.value.job }
        : { ...starting, job: null, error: answer.error },
    );
  });
}
