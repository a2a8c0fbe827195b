import type { ReactNode } from 'react';
import type { JobView } from '../../../app/contract/views.ts';
import { useSnapshot } from '../state/core.tsx';
import { isRunning } from '../state/jobs.ts';
import { shareDone } from '../ui/progress.tsx';
import { useWords } from '../words/use-words.ts';
import { Mark } from './mark.tsx';
import { placesOf, type Place } from './places.ts';

/** Which place a job belongs to. */
const PLACE_OF: Record<JobView['kind'], Place> = {
  seal: 'send',
  unlock: 'open',
  save: 'open',
  fetch: 'inbox',
  download: 'inbox',
  remove: 'inbox',
  mail: 'settings',
};

/** The way between the places. Work that goes on elsewhere shows here. */
export function Rail({
  place,
  onGo,
}: {
  readonly place: Place;
  readonly onGo: (place: Place) => void;
}): ReactNode {
  const { t } = useWords();
  const snapshot = useSnapshot();
  const running = snapshot.jobs.filter(isRunning);
  return (
    <nav className="rail" aria-label={t('common.app')}>
      <div className="rail-brand">
        <Mark />
        <span>{t('common.app')}</span>
      </div>
      <ul>
        {placesOf(snapshot).map(({ place: one, icon: Icon }) => {
          const busy = running.some(({ kind }) => PLACE_OF[kind] === one);
          return (
            <li key={one}>
              <button
                type="button"
                className="rail-place"
                aria-current={one === place ? 'page' : undefined}
                onClick={() => {
                  onGo(one);
                }}
              >
                <Icon size={18} aria-hidden />
                <span className="grow">{t(`common.places.${one}`)}</span>
                {busy ? <span className="rail-busy" aria-hidden /> : null}
              </button>
            </li>
          );
        })}
      </ul>
      <ul className="rail-jobs" aria-label={t('common.jobs.label')}>
        {running
          .filter(({ kind }) => PLACE_OF[kind] !== place)
          .map((job) => (
            <li key={job.id} className="small">
              <span className="cut">{t(`common.jobs.${job.kind}`, { subject: job.subject })}</span>
              <div className="bar" aria-hidden>
                <div
                  className={shareDone(job) === undefined ? 'bar-fill bar-unknown' : 'bar-fill'}
                  style={
                    shareDone(job) === undefined
                      ? undefined
                      : { width: `${String((shareDone(job) ?? 0) * 100)}%` }
                  }
                />
              </div>
            </li>
          ))}
      </ul>
    </nav>
  );
}
