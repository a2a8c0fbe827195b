import type { ReactNode } from 'react';
import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../words/use-words.ts';

/** Says that passwords are not kept here, and why. */
export function PasswordsThisRun(): ReactNode {
  const { t } = useWords();
  return (
    <Notice tone="warn" title={t('mail.accounts.thisRun.title')}>
      <p>{t('mail.accounts.thisRun.meaning')}</p>
    </Notice>
  );
}
