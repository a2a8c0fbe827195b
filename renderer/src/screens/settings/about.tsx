import { ExternalLink } from 'lucide-react';
import { useCallback, type ReactNode } from 'react';
import type { About as AboutView } from '../../../../app/contract/views.ts';
import { Mark } from '../../shell/mark.tsx';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { useList } from '../../state/use-list.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatSize } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { Licences } from './licences.tsx';

/** In Electron the same address is a constant of the main process. */
const AGE = 'https://age-encryption.org/v1';

/** What Signet is made of, where its data lies, and whom to tell. */
export function About(): ReactNode {
  const { t, language } = useWords();
  const run = useRun();
  const { host } = useSnapshot();
  const fetch = useCallback(async () => {
    const answer = await run('getAbout', {});
    return answer.ok ? { ok: true as const, value: [answer.value] } : answer;
  }, [run]);
  const { items, error, reload } = useList<AboutView>(fetch, '');
  const about = items?.[0];
  if (about === undefined)
    return (
      <div aria-busy={error === null}>
        {error === null ? <p className="quiet">{t('settings.about.loading')}</p> : null}
        <ErrorNotice
          error={error}
          actions={<Button onPress={reload}>{t('common.actions.tryAgain')}</Button>}
        />
      </div>
    );
  return (
    <div className="stack">
      <div className="row about-head">
        <Mark size={40} />
        <div>
          <h3>{t('settings.about.version', { version: about.version })}</h3>
          <p className="quiet">{t('settings.about.what')}</p>
        </div>
      </div>
      <div className="card settings-rows">
        <Part title={t('settings.about.runtime')}>
          <p className="number">
            {about.runtime.map(({ name, version }) => `${name} ${version}`).join(' · ')}
          </p>
        </Part>
        <Part title={t('settings.about.data')}>
          <p className="mono wrap-anywhere">{about.dataFolder}</p>
          <p className="small quiet">
            {t('settings.about.dataHint')}
            {host.kind === 'web' ? ` ${t('settings.about.dataHintWeb')}` : null}
          </p>
          <div>
            <CopyButton text={about.dataFolder} label={t('settings.about.copyPath')} />
          </div>
        </Part>
        <Part title={t('settings.about.age')}>
          <p>{t('settings.about.ageText')}</p>
          <AgeLink />
        </Part>
        <Part title={t('settings.about.page')}>
          {about.page === null ? (
            <p>{t('settings.about.pageNone')}</p>
          ) : (
            <>
              <p>{t('settings.about.pageText')}</p>
              <p className="mono small wrap-anywhere">{about.page.sha256}</p>
              <p className="small quiet number">{formatSize(about.page.bytes, language)}</p>
              <div>
                <CopyButton text={about.page.sha256} label={t('settings.about.copySha256')} />
              </div>
            </>
          )}
        </Part>
        <Part title={t('settings.about.report')}>
          <p>{t('settings.about.reportText')}</p>
        </Part>
        <Part title={t('settings.about.licences')}>
          <Licences licences={about.licences} />
        </Part>
      </div>
    </div>
  );
}

function Part({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="settings-row">
      <h3>{title}</h3>
      <div className="stack-s settings-value">{children}</div>
    </section>
  );
}

/** Electron's window opens nothing itself: its main process does, from a list of its own. */
function AgeLink(): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { host } = useSnapshot();
  const { error, act } = useAction();
  const label = (
    <>
      {t('settings.about.agePage')}
      <ExternalLink size={14} aria-hidden />
    </>
  );
  if (host.kind === 'web')
    return (
      <p>
        <a href={AGE} target="_blank" rel="noreferrer" className="about-link">
          {label}
        </a>
      </p>
    );
  return (
    <>
      <div>
        <Button onPress={() => void act(() => run('openPage', { page: 'age' }))}>{label}</Button>
      </div>
      <ErrorNotice error={error} />
    </>
  );
}
