import type { ReactNode } from 'react';
import type { BundleView } from '../../../../app/contract/views.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';

/** Asks before a bundle is deleted from the inbox that it came from. */
export function RemoveDialog({
  bundle,
  saved,
  onRemove,
  onClose,
}: {
  readonly bundle: BundleView;
  /** Whether its documents are on this machine. */
  readonly saved: boolean;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <Dialog
      title={t('open.remove.title')}
      isOpen
      alert
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {t('common.actions.cancel')}
          </Button>
          <Button kind="danger" onPress={onRemove}>
            {t('open.remove.action')}
          </Button>
        </>
      }
    >
      <p className="wrap-anywhere">
        {bundle.location === undefined
          ? t('open.remove.meaning', {
              bundle: visible(bundle.name),
              place: t('open.remove.here'),
            })
          : visible(bundle.location)}
      </p>
      {saved ? null : <p>{t('open.remove.unsaved')}</p>}
      <p>{t('open.remove.warning')}</p>
    </Dialog>
  );
}
