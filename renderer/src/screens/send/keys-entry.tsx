import { useEffect, useState, type ReactNode } from 'react';
import { useRun } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { useWords } from '../../words/use-words.ts';

/** Public keys instead of a passphrase. */
export function KeysEntry({
  inUse,
  onSettled,
}: {
  readonly inUse: readonly string[];
  /** Hears whether the keys in the field are those in use. */
  readonly onSettled: (settled: boolean) => void;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { act, error, busy } = useAction();
  const [text, setText] = useState(inUse.join('\n'));
  const recipients = text.split(/\s+/u).filter((key) => key !== '');
  const same = recipients.join('\n') === inUse.join('\n');
  useEffect(() => {
    onSettled(same);
    return () => {
      onSettled(true);
    };
  }, [onSettled, same]);
  return (
    <div className="stack-s">
      <Field
        label={t('send.passphrase.keysLabel')}
        hint={t('send.passphrase.keysHint')}
        lines={3}
        mono
        value={text}
        onChange={setText}
        spellCheck="false"
        autoComplete="off"
      />
      <div className="row">
        <Button
          isDisabled={busy || same || recipients.length === 0}
          onPress={() => void act(() => run('setRecipients', { recipients }))}
        >
          {t('send.passphrase.useKeys')}
        </Button>
        {inUse.length > 0 && same ? (
          <p className="small quiet">{t('send.passphrase.keysInUse', { count: inUse.length })}</p>
        ) : null}
      </div>
      <ErrorNotice error={error} />
    </div>
  );
}
