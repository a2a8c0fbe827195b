import type { ReactNode } from 'react';
import { formatAgo, formatExactMoment, formatMoment } from '../words/format.ts';
import { useWords } from '../words/use-words.ts';

/** A moment: local date and time, or how long ago; the exact one on hover. */
export function Moment({ at, ago }: { readonly at: string; readonly ago?: Date }): ReactNode {
  const { language } = useWords();
  const date = new Date(at);
  return (
    <time dateTime={at} title={formatExactMoment(date, language)} className="number">
      {ago === undefined ? formatMoment(date, language) : formatAgo(date, ago, language)}
    </time>
  );
}
