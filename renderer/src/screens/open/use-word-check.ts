import { useEffect, useState } from 'react';
import type { UnknownWordView } from '../../../../app/contract/answers.ts';
import { useRun } from '../../state/core.tsx';

/** How long the keys have to rest before words are looked up, in milliseconds. */
const PAUSE = 450;

/** What the word list says about what was typed. */
export interface WordCheck {
  readonly unknown: readonly UnknownWordView[];
  readonly words: number;
}

/**
 * Looks up the words of a passphrase while it is typed. What was found last stays until there is something newer.
 *
 * @param typed - so far
 * @returns `null` while there is nothing to say
 */
export function useWordCheck(typed: string): WordCheck | null {
  const run = useRun();
  const [found, setFound] = useState<WordCheck | null>(null);
  useEffect(() => {
    let current = true;
    const empty = typed.trim() === '';
    const look = async (): Promise<void> => {
      const answer = empty ? null : await run('checkWords', { typed });
      if (current) setFound(answer?.ok === true ? answer.value : null);
    };
    const timer = window.setTimeout(() => void look(), empty ? 0 : PAUSE);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [run, typed]);
  return typed.trim() === '' ? null : found;
}

/**
 * Whether it looks like the words that Signet makes. If most words are others, somebody made the passphrase up, and there is nothing
 * to correct in it.
 *
 * @param check - what the list said
 */
export function looksGenerated({ unknown, words }: WordCheck): boolean {
  return unknown.length * 2 <= words;
}
