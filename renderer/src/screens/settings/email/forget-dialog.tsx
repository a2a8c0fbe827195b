import type { ReactNode } from 'react';
import type { Result } from '../../../../../app/contract/result.ts';
import { useAction } from '../../../state/use-action.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { useWords } from '../../../words/use-words.ts';

/** Asks before something is removed, and names it. */
export function ForgetDialog({
  title,
  meaning,
  what,
  kept,
  action,
  onRemove,
  onClose,
}: {
  readonly title: string;
  readonly meaning: string;
  /** The name of it. */
  readonly what: string;
  /** What stays. */
  readonly kept: string;
  readonly action: string;
  readonly onRemove: () => Promise<Result<null>>;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const { busy, error, act } = useAction();
  const remove = async (): Promise<void> => {
    const done = await act(onRemove);
    if (done !== undefined) onClose();
  };
  return (
    <Dialog
      title={title}
      isOpen
      alert
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {t('common.actions.cancel')}
          </Button>
          <Button kind="danger" onPress={() => void remove()} isDisabled={busy}>
            {action}
          </Button>
        </>
      }
    >
      <div className="stack-s">
        <p>{meaning}</p>
        <p className="wrap-anywhere">
          <strong>{what}</strong>
        </p>
        <p>{kept}</p>
      </div>
      <ErrorNotice error={error} />
    </Dialog>
  );
}
