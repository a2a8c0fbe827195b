import type { ReactNode } from 'react';
import type { ConnectionView } from '../../../../app/contract/views.ts';
import { useRun } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { placeOf } from './connection-form.ts';

/** Asks before a connection is forgotten. */
export function RemoveDialog({
  connection,
  onClose,
}: {
  readonly connection: ConnectionView;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { busy, error, act } = useAction();
  const remove = async (): Promise<void> => {
    const done = await act(() => run('removeConnection', { connection: connection.id }));
    if (done !== undefined) onClose();
  };
  return (
    <Dialog
      title={t('settings.remove.title', { name: visible(connection.name) })}
      isOpen
      alert
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {t('common.actions.cancel')}
          </Button>
          <Button kind="danger" onPress={() => void remove()} isDisabled={busy}>
            {t('settings.remove.action')}
          </Button>
        </>
      }
    >
      <div className="stack-s">
        <p>{t('settings.remove.meaning')}</p>
        <p className="mono wrap-anywhere">{visible(placeOf(connection))}</p>
        <p>{t('settings.remove.kept')}</p>
      </div>
      <ErrorNotice error={error} />
    </Dialog>
  );
}
