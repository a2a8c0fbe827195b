import { useEffect, useRef, type ReactNode } from 'react';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { AbilityList } from './ability-list.tsx';
import { placeOf } from './connection-form.ts';
import { RightTags } from './right-tags.tsx';
import type { GuidedConnection } from './use-connection-form.ts';

/** What the connection was found to be good for. */
export function AccessStep({ guided }: { readonly guided: GuidedConnection }): ReactNode {
  const { t } = useWords();
  const { kept, checking, report } = guided;
  const start = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone with its step.
  useEffect(() => {
    start.current?.focus();
  }, []);
  return (
    <div ref={start} tabIndex={-1} className="stack access-step">
      {kept === null ? null : <p>{t('settings.form.savedAs', { name: visible(kept.name) })}</p>}
      {checking.busy && kept !== null ? (
        <>
          <p className="quiet wrap-anywhere" role="status">
            {t('settings.form.asking', { place: visible(placeOf(kept)) })}
          </p>
          <div className="bar" aria-hidden>
            <div className="bar-fill bar-unknown" />
          </div>
        </>
      ) : null}
      {checking.error === null ? null : (
        <>
          <ErrorNotice error={checking.error} />
          <p className="small quiet">{t('settings.form.failedHint')}</p>
        </>
      )}
      {report === null ? null : (
        <div className="stack" role="status">
          <RightTags report={report} />
          <AbilityList report={report} />
        </div>
      )}
    </div>
  );
}
