import type { ReactNode } from 'react';
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import type { AdviceSource, FormatAdvice, Verdict } from '../../../../app/contract/advice.ts';
import type { FormatId } from '../../../../app/contract/formats.ts';
import { useSnapshot } from '../../state/core.tsx';
import { Fold } from '../../ui/disclosure.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useWords } from '../../words/use-words.ts';
import { adviceOn } from './format-choice.ts';
import type { Advised } from './use-advice.ts';

/** The one that protects best first. */
const FORMATS = ['age', 'zip', '7z', 'html'] as const satisfies readonly FormatId[];

const TAGS: Readonly<Record<Verdict, string>> = {
  opens: 'tag tag-good',
  'opens-with': 'tag',
  'maybe-blocked': 'tag',
  'likely-blocked': 'tag tag-warn',
  'does-not-open': 'tag tag-bad',
};

/** The kinds of bundle by their names, each with what is to be said of it. */
export function FormatFold({ advised }: { readonly advised: Advised }): ReactNode {
  const { t } = useWords();
  const { draft } = useSnapshot();
  const { advice, wish, choose } = advised;
  const { format } = draft;
  // A 7z can be what came of the wish to hide the names: it has to be possible to take that back.
  const hides = format === 'zip' || (format === '7z' && wish.hideNames && wish.byName === null);
  return (
    <Fold title={t('advice.byName')}>
      <RadioGroup
        aria-label={t('send.format.choices')}
        value={format}
        onChange={(key) => {
          choose(key as FormatId);
        }}
        className="formats"
      >
        {FORMATS.map((key) => (
          <RadioField key={key} value={key}>
            <RadioButton className="format">
              <span className="format-mark" aria-hidden />
              <FormatLine
                format={key}
                on={advice === null ? null : adviceOn(advice, key)}
                withVerdict={wish.has !== null}
              />
            </RadioButton>
          </RadioField>
        ))}
      </RadioGroup>
      {hides ? (
        <Switch
          label={t('advice.hideNames')}
          hint={format === '7z' ? t('send.format.hideNamesBy7z') : t('send.format.hideNamesHint')}
          isOn={wish.hideNames}
          onChange={(hideNames) => {
            advised.setHideNames(hideNames);
          }}
        />
      ) : null}
      {advice === null ? null : <Sources sources={advice.sources} />}
    </Fold>
  );
}

function FormatLine({
  format,
  on,
  withVerdict,
}: {
  readonly format: FormatId;
  readonly on: FormatAdvice | null;
  /** Nothing can be said of a recipient of whom nothing is known. */
  readonly withVerdict: boolean;
}): ReactNode {
  const { t } = useWords();
  return (
    <>
      <span className="grow">
        <strong className="choice-name">{t(`advice.formats.${format}`)}</strong>
        {on === null ? null : (
          <>
            <br />
            <span className="small quiet">{t(`advice.reasons.${on.reason}`)}</span>
          </>
        )}
      </span>
      {on === null || !withVerdict ? null : (
        <span className={TAGS[on.verdict]}>{t(`advice.verdicts.${on.verdict}`)}</span>
      )}
    </>
  );
}

/** For those who check. */
function Sources({ sources }: { readonly sources: readonly AdviceSource[] }): ReactNode {
  const { t } = useWords();
  return (
    <Fold title={t('advice.sources')}>
      <ul className="sources small quiet">
        {sources.map((source) => (
          <li key={source.id}>
            {t(`advice.sourceKinds.${source.kind}`)}: {source.title}
            {source.kind === 'published' ? (
              <>
                <br />
                <span className="wrap-anywhere">{source.url}</span>
              </>
            ) : null}
            {source.kind === 'tried' ? (
              <>
                <br />
                <code className="mono wrap-anywhere">{source.command}</code>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
