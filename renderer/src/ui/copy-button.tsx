import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useCopy } from '../state/use-copy.ts';
import { useWords } from '../words/use-words.ts';
import { Button } from './button.tsx';

/** How long it says that it is done, in milliseconds. */
const SAYS_SO = 2_000;

/** Copies a text that is no secret. */
export function CopyButton({
  text,
  label,
}: {
  readonly text: string;
  readonly label: string;
}): ReactNode {
  const { t } = useWords();
  const copy = useCopy();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => {
      setCopied(false);
    }, SAYS_SO);
    return () => {
      window.clearTimeout(timer);
    };
  }, [copied]);
  return (
    <Button
      onPress={() => {
        void copy(text, false).then((error) => {
          setCopied(error === null);
        });
      }}
    >
      {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      <span aria-live="polite">{copied ? t('common.actions.copied') : label}</span>
    </Button>
  );
}
