import type { ReactNode } from 'react';
import type { ErrorRecord } from '../../../app/contract/errors.ts';
import { errorText } from '../words/error-text.ts';
import { useWords } from '../words/use-words.ts';
import { Notice } from './notice.tsx';

/** An error in its place: what happened, what it means for the documents, what to do, and a code to quote. */
export function ErrorNotice({
  error,
  meaning: instead,
  actions,
}: {
  readonly error: ErrorRecord | null | undefined;
  /** What it means here, where that is another thing than usual. */
  readonly meaning?: string;
  readonly actions?: ReactNode;
}): ReactNode {
  const { t, language } = useWords();
  if (error === null || error === undefined) return null;
  const { title, meaning, next } = errorText(error, t, language);
  return (
    <Notice tone="bad" title={title} actions={actions}>
      <p>{instead ?? meaning}</p>
      <p>{next}</p>
      <p className="small quiet">{t('common.errorCode', { code: error.code })}</p>
    </Notice>
  );
}
