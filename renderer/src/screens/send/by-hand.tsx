import { useEffect, useRef, type ReactNode } from 'react';
import type { MessageView } from '../../../../app/contract/views.ts';
import { useRun } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../words/use-words.ts';

/** For mail programs that open no drafts: a message with the same words, to which the bundle is attached by hand. */
export function ByHand({
  receipt,
  messages,
}: {
  readonly receipt: string;
  readonly messages: readonly MessageView[];
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { act, error } = useAction();
  const start = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone.
  useEffect(() => {
    start.current?.focus();
  }, []);
  const [only, ...others] = messages;
  // The parts of a bundle are in the drafts and nowhere else.
  if (only === undefined || others.length > 0)
    return (
      <div ref={start} tabIndex={-1} className="by-hand">
        <Notice tone="info">
          <p>{t('mail.receipt.byHandParts')}</p>
        </Notice>
      </div>
    );
  return (
    <div ref={start} tabIndex={-1} className="by-hand">
      <Notice tone="info" title={t('mail.receipt.byHand')}>
        <div className="stack-s">
          <p>{t('mail.receipt.byHandMeaning')}</p>
          <p className="mono small wrap-anywhere">{only.attachment}</p>
          <div>
            <Button onPress={() => void act(() => run('openMailto', { receipt, message: 0 }))}>
              {t('mail.receipt.begin')}
            </Button>
          </div>
          <ErrorNotice error={error} />
        </div>
      </Notice>
    </div>
  );
}
