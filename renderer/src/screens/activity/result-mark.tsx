import { CircleAlert, CircleCheck, CircleSlash } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ActivityRecord } from '../../../../app/contract/views.ts';
import { useWords } from '../../words/use-words.ts';

const ICONS = { done: CircleCheck, failed: CircleAlert, cancelled: CircleSlash };

/** How something ended, by sign and word. */
export function ResultMark({ result }: { readonly result: ActivityRecord['result'] }): ReactNode {
  const { t } = useWords();
  const Icon = ICONS[result];
  return (
    <span className={`result-mark result-${result}`}>
      <Icon size={15} aria-hidden />
      {t(`activity.result.${result}`)}
    </span>
  );
}
