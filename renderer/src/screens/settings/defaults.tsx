import type { ReactNode } from 'react';
import type { CommandInput } from '../../../../app/contract/commands.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { Segments } from '../../ui/choices.tsx';
import { Fold } from '../../ui/disclosure.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useWords } from '../../words/use-words.ts';
import { BITS_PER_WORD, strengthOf, WORD_COUNTS } from './strength.ts';

const THEMES = ['system', 'light', 'dark'] as const;
const LANGUAGES = ['system', 'en', 'de'] as const;

/** What holds until somebody says otherwise. Every choice counts at once. */
export function Defaults(): ReactNode {
  const { t, language } = useWords();
  const run = useRun();
  const { settings } = useSnapshot();
  const { error, act } = useAction();
  const save = (part: CommandInput<'saveSettings'>): void => {
    void act(() => run('saveSettings', part));
  };
  const { bits, means } = strengthOf(settings.words);
  const number = (value: number, digits: number): string =>
    new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  const words = number(settings.words, 0);
  return (
    <div className="card settings-rows">
      <Row title={t('settings.defaults.theme')}>
        <Segments
          label={t('settings.defaults.theme')}
          choices={THEMES.map((key) => ({ key, name: t(`settings.defaults.themes.${key}`) }))}
          value={settings.theme}
          onChange={(theme) => {
            save({ theme });
          }}
        />
      </Row>
      <Row title={t('settings.defaults.language')}>
        <Segments
          label={t('settings.defaults.language')}
          choices={LANGUAGES.map((key) => ({ key, name: t(`settings.defaults.languages.${key}`) }))}
          value={settings.language}
          onChange={(chosen) => {
            save({ language: chosen });
          }}
        />
      </Row>
      <Row title={t('settings.defaults.words')} hint={t('settings.defaults.wordsHint')}>
        <Segments
          label={t('settings.defaults.words')}
          choices={WORD_COUNTS.map((count) => ({ key: String(count), name: number(count, 0) }))}
          value={String(settings.words)}
          onChange={(key) => {
            save({ words: Number(key) });
          }}
        />
        <div aria-live="polite">
          <p>{t('settings.defaults.bits', { words, bits: number(bits, 1) })}</p>
          <p className="quiet">{t(`settings.defaults.means.${means}`)}</p>
        </div>
        <Fold title={t('settings.defaults.exact')}>
          <p className="small quiet">
            {t('settings.defaults.exactText', {
              words,
              perWord: number(BITS_PER_WORD, 3),
              bits: number(bits, 1),
            })}
          </p>
        </Fold>
      </Row>
      {error === null ? null : (
        <div className="settings-row">
          <ErrorNotice error={error} />
        </div>
      )}
    </div>
  );
}

function Row({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="settings-row">
      <div>
        <h3>{title}</h3>
        {hint === undefined ? null : <p className="small quiet">{hint}</p>}
      </div>
      <div className="stack-s settings-value">{children}</div>
    </section>
  );
}
