import { FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { JobView } from '../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { useRound } from './round.ts';

/** What came of the jobs of the inbox, until it is dismissed. A round and the Open screen tell of their own. */
export function JobResults(): ReactNode {
  const { jobs, bundle } = useSnapshot();
  const round = useRound();
  const elsewhere = (job: JobView): boolean =>
    job.id === round?.job ||
    (job.kind === 'remove' &&
      bundle?.entry !== undefined &&
      job.about?.length === 1 &&
      job.about[0] === bundle.entry);
  return jobs
    .filter((job) => !elsewhere(job) && hasNews(job))
    .toReversed()
    .map((job) => <JobResult key={job.id} job={job} />);
}

function hasNews({ kind, state }: JobView): boolean {
  if (kind === 'fetch') return state === 'failed';
  return (kind === 'download' || kind === 'remove') && (state === 'done' || state === 'failed');
}

function JobResult({ job }: { readonly job: JobView }): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const action = useAction();
  const { outcome } = job;
  const dismiss = (
    <Button
      onPress={() => {
        void run('dismissJob', { job: job.id });
      }}
    >
      {t('common.actions.dismiss')}
    </Button>
  );
  if (job.state === 'failed')
    return (
      <section aria-label={t('inbox.results.failed', { subject: visible(job.subject) })}>
        <ErrorNotice error={job.error} actions={dismiss} />
      </section>
    );
  if (outcome?.kind === 'removed')
    return (
      <Outcome
        tone="good"
        title={t('inbox.results.removed', { count: outcome.entries })}
        actions={dismiss}
      />
    );
  if (outcome?.kind !== 'downloaded') return null;
  return (
    <Outcome
      tone="good"
      title={t('inbox.results.downloaded', { count: outcome.entries })}
      actions={
        <>
          <Button
            onPress={() => {
              void action.act(() => run('showInFolder', { job: job.id }));
            }}
          >
            <FolderOpen size={16} aria-hidden />
            {t('inbox.results.openFolder')}
          </Button>
          {dismiss}
        </>
      }
    >
      <p>{visible(outcome.folder)}</p>
      <ErrorNotice error={action.error} />
    </Outcome>
  );
}
