import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { looksGenerated, type WordCheck } from './use-word-check.ts';

/** Says how many words were recognised, or what those that were not may have been. */
export function WordHints({
  check,
  onReplace,
}: {
  readonly check: WordCheck | null;
  readonly onReplace: (word: string, by: string) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <div className="word-hints small" aria-live="polite">
      {check === null ? null : check.unknown.length === 0 ? (
        <p className="word-good">
          <Check size={15} aria-hidden />
          {t('open.passphrase.recognised', { count: check.words })}
        </p>
      ) : !looksGenerated(check) ? (
        <p className="quiet">{t('open.passphrase.own')}</p>
      ) : (
        <ul className="stack-s">
          {check.unknown.map(({ typed, nearest }, index) => (
            <li key={`${String(index)} ${typed}`} className="row row-wrap word-unknown">
              <span>{t('open.passphrase.unknown', { word: visible(typed) })}</span>
              {nearest.length === 0 ? null : (
                <>
                  <span className="quiet">{t('open.passphrase.meant')}</span>
                  {nearest.map((word) => (
                    <Button
                      key={word}
                      aria-label={t('open.passphrase.replace', { word: visible(typed), by: word })}
                      onPress={() => {
                        onReplace(typed, word);
                      }}
                    >
                      {word}
                    </Button>
                  ))}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
