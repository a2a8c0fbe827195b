import { CircleCheck, CircleHelp, CircleMinus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RightsReport } from '../../../../app/contract/views.ts';
import { Fold } from '../../ui/disclosure.tsx';
import { useWords } from '../../words/use-words.ts';
import { abilitiesOf, RIGHT_NAMES, type Ability } from './rights.ts';

const ICONS = { yes: CircleCheck, no: CircleMinus, perhaps: CircleHelp };

/** What a connection can be used for, and which rights are missing for the rest. */
export function AbilityList({ report }: { readonly report: RightsReport }): ReactNode {
  const { t } = useWords();
  const { send, inbox, tidy } = abilitiesOf(report);
  return (
    <div className="stack-s">
      <ul className="stack-s" aria-label={t('settings.abilities.label')}>
        <Line name="send" ability={send} />
        <Line name="inbox" ability={inbox} />
        {inbox.answer === 'no' ? null : <Line name="tidy" ability={tidy} />}
      </ul>
      {send.answer === 'no' && inbox.answer === 'no' ? (
        <p className="small quiet">{t('settings.abilities.nothing')}</p>
      ) : send.answer !== 'no' && inbox.answer === 'no' ? (
        <p className="small quiet">{t('settings.abilities.noneHarm')}</p>
      ) : null}
      <Fold title={t('settings.abilities.exact')}>
        <p className="small quiet">{t('settings.abilities.exactText')}</p>
      </Fold>
    </div>
  );
}

function Line({
  name,
  ability: { answer, rights },
}: {
  readonly name: 'send' | 'inbox' | 'tidy';
  readonly ability: Ability;
}): ReactNode {
  const { t, language } = useWords();
  const Icon = ICONS[answer];
  const names = new Intl.ListFormat(language).format(rights.map((right) => RIGHT_NAMES[right]));
  return (
    <li className={`ability ability-${answer}`}>
      <Icon size={18} aria-hidden />
      <div>
        <p className="ability-name">{t(`settings.abilities.${name}.${answer}`)}</p>
        {answer === 'yes' ? null : (
          <p className="small quiet">
            {answer === 'no'
              ? t('settings.abilities.missing', { rights: names, count: rights.length })
              : t('settings.abilities.unclear', { rights: names })}
          </p>
        )}
      </div>
    </li>
  );
}
