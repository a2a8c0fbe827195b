import { Download, FolderOpen, Mail, MailOpen } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { MessageView, ReceiptView } from '../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { mailSize } from '../../words/advice-text.ts';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { ByHand } from './by-hand.tsx';
import { mailProgress } from './mail-progress.ts';
import { startDownload } from './start-download.ts';

const TAGS = {
  draft: 'tag',
  accepted: 'tag tag-good',
  deferred: 'tag tag-warn',
  rejected: 'tag tag-bad',
  kept: 'tag tag-warn',
} as const;

/** The messages that carry the bundle: what became of each, and what is left to do. */
export function ReceiptMessages({
  receipt,
  messages,
  onOutbox,
}: {
  readonly receipt: ReceiptView;
  readonly messages: readonly MessageView[];
  readonly onOutbox: () => void;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { host } = useSnapshot();
  const { act, error } = useAction();
  const [stuck, setStuck] = useState(false);
  const [asked, setAsked] = useState(false);
  const progress = mailProgress(messages);
  const drafts = receipt.to.kind === 'email' && receipt.to.by === 'draft';
  const count = messages.length;
  const hint = drafts
    ? t('mail.receipt.draftHint', { count })
    : t(progress === 'kept' ? 'mail.receipt.keptHint' : 'mail.receipt.sentHint');
  const open = async (message: number): Promise<void> => {
    const done = await act(() => run('openMessage', { receipt: receipt.id, message }));
    setAsked(done !== undefined);
  };
  const download = async (name: string, message?: number): Promise<void> => {
    const of = message === undefined ? {} : { message };
    const answer = await act(() => run('downloadBundle', { receipt: receipt.id, ...of }));
    if (answer !== undefined) startDownload(answer.path, name);
  };
  return (
    <section className="card card-body stack" aria-labelledby="messages">
      <div>
        <h2 id="messages">{t('mail.receipt.title', { count })}</h2>
        <p className="quiet small">{hint}</p>
      </div>
      <ul className="messages" aria-label={t('mail.receipt.list')}>
        {messages.map((message, index) => (
          <li key={message.attachment} className="message">
            <Mail size={20} aria-hidden />
            <MessageFacts message={message} number={index + 1} count={count} />
            <div className="row row-wrap">
              {drafts ? (
                <Button
                  kind={index === 0 && !asked ? 'primary' : 'normal'}
                  onPress={() => void open(index)}
                >
                  <MailOpen size={16} aria-hidden />
                  {count === 1
                    ? t('mail.receipt.open')
                    : t('mail.receipt.openPart', { number: index + 1 })}
                </Button>
              ) : null}
              {host.kind === 'web' ? (
                <Button
                  kind="icon"
                  aria-label={
                    count === 1
                      ? t('mail.receipt.download')
                      : t('mail.receipt.downloadPart', { number: index + 1 })
                  }
                  onPress={() => void download(`${message.attachment}.eml`, index)}
                >
                  <Download size={16} aria-hidden />
                </Button>
              ) : null}
            </div>
            {message.error === undefined ? null : (
              <div className="message-error">
                <ErrorNotice
                  error={message.error}
                  actions={
                    message.recipients.some(({ state }) => state === 'kept') ? (
                      <Button onPress={onOutbox}>{t('mail.receipt.toOutbox')}</Button>
                    ) : undefined
                  }
                />
              </div>
            )}
          </li>
        ))}
      </ul>
      <ErrorNotice error={error} />
      <div className="row row-wrap">
        {drafts ? (
          <Button onPress={() => void act(() => run('showInFolder', { receipt: receipt.id }))}>
            <FolderOpen size={16} aria-hidden />
            {t('mail.receipt.show')}
          </Button>
        ) : null}
        {host.kind === 'web' ? (
          <Button onPress={() => void download(receipt.bundle)}>
            <Download size={16} aria-hidden />
            {t('mail.receipt.bundle')}
          </Button>
        ) : null}
        {drafts && !stuck ? (
          <Button
            kind="plain"
            onPress={() => {
              setStuck(true);
            }}
          >
            {t('mail.receipt.nothing')}
          </Button>
        ) : null}
        <p className="small quiet" role="status">
          {asked && !stuck ? t('mail.receipt.opened') : ''}
        </p>
      </div>
      {stuck ? <ByHand receipt={receipt.id} messages={messages} /> : null}
    </section>
  );
}

function MessageFacts({
  message,
  number,
  count,
}: {
  readonly message: MessageView;
  readonly number: number;
  readonly count: number;
}): ReactNode {
  const { t, language } = useWords();
  return (
    <div className="message-facts">
      <p>
        <strong className="wrap-anywhere">
          {count === 1 ? visible(message.subject) : t('mail.receipt.part', { number, count })}
        </strong>
      </p>
      <p className="small quiet wrap-anywhere">
        {t('mail.receipt.attached', {
          name: message.attachment,
          size: mailSize(message.bytes, language),
        })}
      </p>
      <ul className="message-people">
        {message.recipients.length === 0 ? (
          count === 1 ? (
            <li className="small quiet">{t('mail.receipt.nobody')}</li>
          ) : null
        ) : (
          message.recipients.map(({ address, state, status }) => (
            <li key={address} className="row row-wrap small">
              <span className="wrap-anywhere">{visible(address)}</span>
              <span className={TAGS[state]}>
                {status === undefined
                  ? t(`mail.receipt.states.${state}`)
                  : t('mail.receipt.status', { state: t(`mail.receipt.states.${state}`), status })}
              </span>
            </li>
          ))
        )}
      </ul>
    </div>
  );
}
