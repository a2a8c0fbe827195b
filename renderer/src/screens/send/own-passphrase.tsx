import { useEffect, useState, type ReactNode } from 'react';
import { Eye, EyeOff } from 'lucide-react';
import type { StrengthView } from '../../../../app/contract/answers.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { useSecret } from '../../state/use-secret.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { useWords } from '../../words/use-words.ts';

/** Measured when nothing was typed for so long, in milliseconds. */
const PAUSE = 250;

/** A passphrase of one's own: measured while it is typed, taken as soon as it is strong enough. */
export function OwnPassphrase({
  inUse,
  onSettled,
}: {
  readonly inUse: boolean;
  /** Hears whether what stands in the field is what is in use. */
  readonly onSettled: (settled: boolean) => void;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { format } = useSnapshot().draft;
  const { act, error } = useAction();
  const [text, setText] = useSecret();
  const [strength, setStrength] = useState<StrengthView | null>(null);
  const [taken, setTaken] = useSecret();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (text === '') return;
    // What is enough depends on the kind of bundle.
    let current = true;
    const timer = setTimeout(() => {
      void run('measurePassphrase', { passphrase: text }).then((answer) => {
        if (!current || !answer.ok) return;
        setStrength(answer.value);
        if (answer.value.enough)
          void act(() => run('setPassphrase', { passphrase: text })).then((lock) => {
            if (lock !== undefined) setTaken(text);
          });
      });
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, format, run, act, setTaken]);
  // An empty field after one was taken: the screen was left in between.
  const settled = text === '' || text === taken;
  useEffect(() => {
    onSettled(settled);
    return () => {
      onSettled(true);
    };
  }, [onSettled, settled]);
  const known = text === '' ? null : strength;
  const share = known === null ? 0 : Math.min(1, known.bits / (known.floor * 1.6));
  return (
    <div className="stack-s">
      <Field
        label={t('send.passphrase.ownLabel')}
        hint={t('send.passphrase.ownHint')}
        value={text}
        onChange={setText}
        type={shown ? 'text' : 'password'}
        autoComplete="off"
        spellCheck="false"
        mono
        after={
          <Button
            kind="icon"
            aria-label={t(shown ? 'send.passphrase.hide' : 'send.passphrase.show')}
            onPress={() => {
              setShown(!shown);
            }}
          >
            {shown ? <EyeOff size={17} aria-hidden /> : <Eye size={17} aria-hidden />}
          </Button>
        }
      />
      {known === null ? (
        inUse && text === '' ? (
          <p className="small quiet">{t('send.passphrase.inUse')}</p>
        ) : null
      ) : (
        <div className="row">
          <div className="bar meter" aria-hidden>
            <div
              className={known.enough ? 'bar-fill meter-good' : 'bar-fill meter-weak'}
              style={{ width: `${String(share * 100)}%` }}
            />
          </div>
          <p className="small grow" role="status">
            {t(`send.passphrase.strength.${known.enough ? 'good' : 'weak'}`, {
              bits: Math.floor(known.bits),
              floor: known.floor,
            })}
            {inUse && settled ? ` · ${t('send.passphrase.inUse')}` : ''}
          </p>
        </div>
      )}
      <ErrorNotice error={error} />
    </div>
  );
}
