import type { ReactNode } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../words/use-words.ts';

/** Says that secrets are not kept here, and why. */
export function ThisRunNotice(): ReactNode {
  const { t } = useWords();
  return (
    <Notice tone="warn" title={t('settings.connections.thisRun.title')}>
      <p>{t('settings.connections.thisRun.meaning')}</p>
    </Notice>
  );
}
