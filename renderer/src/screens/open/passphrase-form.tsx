import { Eye, EyeOff } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { replaceWord } from './replace-word.ts';
import { useWordCheck } from './use-word-check.ts';
import { WordHints } from './word-hints.tsx';

/** Takes a passphrase however it is typed: in any case, with any separators, over several lines. */
export function PassphraseForm({
  typed,
  onTyped,
  wrong,
  busy,
  onUnlock,
}: {
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  /** Whether what was tried last was not it. */
  readonly wrong: boolean;
  readonly busy: boolean;
  readonly onUnlock: () => void;
}): ReactNode {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const check = useWordCheck(typed);
  const form = useRef<HTMLDivElement>(null);
  const ready = typed.trim() !== '' && !busy;

  useEffect(() => {
    if (wrong) form.current?.querySelector('textarea')?.focus();
  }, [wrong]);

  return (
    <div ref={form} className="stack">
      <div className={shown ? undefined : 'masked'}>
        <Field
          label={t('open.passphrase.label')}
          hint={t('open.passphrase.hint')}
          placeholder={t('open.passphrase.placeholder')}
          lines={2}
          mono
          autoFocus
          autoComplete="off"
          autoCorrect="off"
          spellCheck="false"
          value={typed}
          onChange={onTyped}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) {
              event.continuePropagation();
              return;
            }
            event.preventDefault();
            if (ready) onUnlock();
          }}
          after={
            <Button
              kind="icon"
              aria-label={shown ? t('common.actions.hide') : t('common.actions.show')}
              onPress={() => {
                setShown(!shown);
              }}
            >
              {shown ? <EyeOff size={18} aria-hidden /> : <Eye size={18} aria-hidden />}
            </Button>
          }
        />
      </div>
      <WordHints
        check={check}
        onReplace={(word, by) => {
          onTyped(replaceWord(typed, word, by));
          form.current?.querySelector('textarea')?.focus();
        }}
      />
      <div>
        <Button kind="primary" large isDisabled={!ready} onPress={onUnlock}>
          {t('open.passphrase.unlock')}
        </Button>
      </div>
    </div>
  );
}
