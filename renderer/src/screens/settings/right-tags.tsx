import { Check, CircleHelp, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RightsReport, RightState } from '../../../../app/contract/views.ts';
import { useWords } from '../../words/use-words.ts';
import { RIGHT_NAMES, toldRights } from './rights.ts';

const LOOKS = {
  granted: { icon: Check, className: 'tag tag-good' },
  denied: { icon: X, className: 'tag' },
  unknown: { icon: CircleHelp, className: 'tag' },
} as const satisfies Record<RightState, unknown>;

/** The rights that were found, in plain words; the exact name on hover. */
export function RightTags({ report }: { readonly report: RightsReport }): ReactNode {
  const { t } = useWords();
  return (
    <ul className="row row-wrap" aria-label={t('settings.rights.label')}>
      {toldRights(report).map((right) => {
        const { icon: Icon, className } = LOOKS[report[right]];
        return (
          <li key={right} className={className} title={RIGHT_NAMES[right]}>
            <Icon size={13} aria-hidden />
            {t(`settings.rights.${right}.${report[right]}`)}
          </li>
        );
      })}
    </ul>
  );
}
