import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';

/** What can be done about names that are taken. */
export type Resolution = 'keep' | 'replace' | 'skip';

/** Asks what should happen to documents whose names are taken in the chosen folder. */
export function ConflictDialog({
  path,
  onResolve,
  onClose,
}: {
  /** The first that is in the way. */
  readonly path: string;
  readonly onResolve: (how: Resolution) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <Dialog
      title={t('open.conflict.title')}
      isOpen
      alert
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.actions.cancel')}</Button>
          <Button
            kind="danger"
            onPress={() => {
              onResolve('replace');
            }}
          >
            {t('open.conflict.replace')}
          </Button>
          <Button
            onPress={() => {
              onResolve('skip');
            }}
          >
            {t('open.conflict.skip')}
          </Button>
          <Button
            kind="primary"
            autoFocus
            onPress={() => {
              onResolve('keep');
            }}
          >
            {t('open.conflict.keep')}
          </Button>
        </>
      }
    >
      <p className="wrap-anywhere">{t('open.conflict.meaning', { path: visible(path) })}</p>
      <p>{t('open.conflict.question')}</p>
      <dl className="facts small">
        <dt>{t('open.conflict.keep')}</dt>
        <dd>{t('open.conflict.keepHint')}</dd>
        <dt>{t('open.conflict.skip')}</dt>
        <dd>{t('open.conflict.skipHint')}</dd>
        <dt>{t('open.conflict.replace')}</dt>
        <dd>{t('open.conflict.replaceHint')}</dd>
      </dl>
    </Dialog>
  );
}
