import { Unplug } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { useWords } from '../words/use-words.ts';

/** The page without its program, or without its session. */
export function Lost({
  onReopen,
}: {
  /** Asks the host for a new page; tells whether it will come. Where there is none to ask, the person starts the program again. */
  readonly onReopen?: () => Promise<boolean>;
}): ReactNode {
  const { t } = useWords();
  const [answer, setAnswer] = useState<boolean | null>(null);
  return (
    <main className="lost">
      <Empty
        icon={Unplug}
        title={t(onReopen === undefined ? 'common.lost.title' : 'common.lost.closed')}
        actions={
          onReopen === undefined ? undefined : (
            <Button
              kind="primary"
              onPress={() => {
                void onReopen().then(setAnswer);
              }}
            >
              {t('common.lost.reopen')}
            </Button>
          )
        }
      >
        {onReopen === undefined ? <p>{t('common.lost.meaning')}</p> : null}
        <p role="status">
          {answer === null
            ? t(onReopen === undefined ? 'common.lost.next' : 'common.lost.why')
            : t(answer ? 'common.lost.opening' : 'common.lost.next')}
        </p>
      </Empty>
    </main>
  );
}
