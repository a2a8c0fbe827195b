import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useRun, useSnapshot } from '../state/core.tsx';
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
  const run = useRun();
  const { host } = useSnapshot();
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
  const copy = async (): Promise<void> => {
    if (host.kind === 'electron') setCopied((await run('copyText', { text, secret: false })).ok);
    else
      setCopied(
        await navigator.clipboard.writeText(text).then(
          () => true,
          () => false,
        ),
      );
  };
  return (
    <Button onPress={() => void copy()}>
      {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      <span aria-live="polite">{copied ? t('common.actions.copied') : label}</span>
    </Button>
  );
}
