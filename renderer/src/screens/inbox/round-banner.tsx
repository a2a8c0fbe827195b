import { ListChecks } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Place } from '../../shell/places.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { moveOn, setRound, trouble, type Round } from './round.ts';
import { useRoundRunner } from './use-round-runner.ts';
import './round-banner.css';

/** Shows where the round through several bundles stands, and keeps it going. Nothing while there is none. */
export function RoundBanner({ onGo }: { readonly onGo: (place: Place) => void }): ReactNode {
  const { t } = useWords();
  const round = useRoundRunner();
  const finished = useRef<HTMLDivElement>(null);
  const isFinished = round !== null && round.at >= round.entries.length;
  useEffect(() => {
    if (isFinished) finished.current?.scrollIntoView({ block: 'nearest' });
  }, [isFinished]);
  if (round === null) return null;
  if (!isFinished) return <UnderWay round={round} />;
  return (
    <div ref={finished} className="round-finished">
      <Outcome
        tone="good"
        title={t('inbox.round.finished')}
        actions={
          <Button
            onPress={() => {
              setRound(null);
              onGo('inbox');
            }}
          >
            {t('inbox.round.finish')}
          </Button>
        }
      >
        <p>{t('inbox.round.finishedMeaning', { count: round.removed })}</p>
      </Outcome>
    </div>
  );
}

function UnderWay({ round }: { readonly round: Round }): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const snapshot = useSnapshot();
  const { entries, at, phase, before } = round;
  const entry = entries[at];
  const { bundle } = snapshot;
  const what = trouble(round, snapshot);
  const failed = snapshot.jobs.find(({ id }) => id === round.job);
  const name = visible(entry?.name ?? '');

  const next = async (): Promise<void> => {
    if (bundle !== null && bundle.entry === entry?.id)
      await run('closeBundle', { bundle: bundle.id });
    setRound(moveOn(round));
  };
  return (
    <section className="round" aria-live="polite">
      <div className="row row-wrap">
        <ListChecks size={18} aria-hidden />
        <div className="grow round-words">
          <p>
            <strong>{t('inbox.round.step', { at: at + 1, of: entries.length })}</strong>
          </p>
          <p className="small quiet wrap-anywhere">
            {phase === 'fetch'
              ? t('inbox.round.fetching', { name })
              : phase === 'remove'
                ? t('inbox.round.removing', { name })
                : what === 'kept'
                  ? t('inbox.round.kept')
                  : t('inbox.round.rule')}
          </p>
        </div>
        {phase === 'fetch' && what === null ? null : (
          <Button onPress={() => void next()}>
            {what === 'kept'
              ? t('inbox.round.next')
              : at + 1 === entries.length
                ? t('inbox.round.skipLast')
                : t('inbox.round.skip')}
          </Button>
        )}
        {what === null || what === 'kept' ? null : (
          <Button
            kind="primary"
            onPress={() => {
              // What failed last is tried again; a bundle that was closed is fetched again.
              const again = phase === 'remove' ? 'open' : 'fetch';
              setRound({ ...round, phase: again, job: null, error: null });
            }}
          >
            {t('common.actions.tryAgain')}
          </Button>
        )}
        <Button
          kind="plain"
          onPress={() => {
            setRound(null);
          }}
        >
          {t('inbox.round.stop')}
        </Button>
      </div>
      <ErrorNotice error={what === 'failed' ? (round.error ?? failed?.error) : null} />
      {before === null || phase === 'remove' ? null : (
        <p className="small round-before wrap-anywhere">
          {t('inbox.round.before', { name: visible(before.name) })}
          <Button
            kind="plain"
            onPress={() => {
              void run('showInFolder', { job: before.save });
            }}
          >
            {t('inbox.results.openFolder')}
          </Button>
        </p>
      )}
    </section>
  );
}
