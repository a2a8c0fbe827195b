import { useEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { encode } from 'uqr';
import type { RevealedPassphrase } from '../../../../app/contract/answers.ts';
import type { FormatId } from '../../../../app/contract/formats.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { useWords } from '../../words/use-words.ts';
import type { TellWay } from './use-tell.ts';

interface TellProps {
  readonly way: TellWay;
  readonly bundle: string;
  readonly format: FormatId;
  readonly revealed: RevealedPassphrase;
  readonly onCopy: (text: string) => Promise<void>;
  readonly onClose: () => void;
}

/** The passphrase, large, as a code, in a message or on paper. It is on the page only while this is open. */
export function TellDialog({
  way,
  bundle,
  format,
  revealed,
  onCopy,
  onClose,
}: TellProps): ReactNode {
  const { t } = useWords();
  if (way === 'print')
    return <Slip bundle={bundle} format={format} revealed={revealed} onDone={onClose} />;
  return (
    <Dialog
      isOpen
      wide={way === 'showLarge'}
      title={t(`send.receipt.${way}`)}
      onClose={onClose}
      actions={<Button onPress={onClose}>{t('common.actions.close')}</Button>}
    >
      {way === 'showLarge' ? <Large revealed={revealed} /> : null}
      {way === 'qr' ? <Code revealed={revealed} /> : null}
      {way === 'message' ? <Message revealed={revealed} onCopy={onCopy} /> : null}
    </Dialog>
  );
}

function Large({ revealed }: { readonly revealed: RevealedPassphrase }): ReactNode {
  const { t } = useWords();
  return (
    <>
      {revealed.words.length === 0 ? (
        <p className="large-own mono">{revealed.passphrase}</p>
      ) : (
        <ol className="large-words" aria-label={t('send.passphrase.shown')}>
          {revealed.words.map((word, index) => (
            <li key={`${String(index)}-${word}`}>{word}</li>
          ))}
        </ol>
      )}
      <p className="small quiet">{t('send.receipt.largeHint')}</p>
    </>
  );
}

function Code({ revealed }: { readonly revealed: RevealedPassphrase }): ReactNode {
  const { t } = useWords();
  const { data, size } = encode(revealed.passphrase, { ecc: 'M', border: 2 });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${String(x)} ${String(y)}h1v1h-1z` : '')))
    .join('');
  return (
    <>
      <svg
        className="qr"
        role="img"
        aria-label={t('send.receipt.qr')}
        viewBox={`0 0 ${String(size)} ${String(size)}`}
      >
        <path d={path} fill="#000" />
      </svg>
      <p className="small quiet">{t('send.receipt.qrText')}</p>
    </>
  );
}

function Message({ revealed, onCopy }: Pick<TellProps, 'revealed' | 'onCopy'>): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { host } = useSnapshot();
  const text = t('send.receipt.messageText', { passphrase: revealed.passphrase });
  return (
    <>
      <Field label={t('send.receipt.messageLabel')} value={text} lines={3} isReadOnly />
      <div className="row row-wrap">
        <Button kind="primary" onPress={() => void onCopy(text)}>
          {t('send.receipt.copyMessage')}
        </Button>
        {host.kind === 'electron' ? (
          <Button onPress={() => void run('openPage', { page: 'messages' })}>
            {t('send.receipt.openMessages')}
          </Button>
        ) : (
          // Without the text: an address ends up in other programs' arguments.
          <a className="button" href="sms:">
            {t('send.receipt.openMessages')}
          </a>
        )}
      </div>
    </>
  );
}

/** On paper only: nothing of it shows on the screen. */
function Slip({
  bundle,
  format,
  revealed,
  onDone,
}: Pick<TellProps, 'bundle' | 'format' | 'revealed'> & { readonly onDone: () => void }): ReactNode {
  const { t } = useWords();
  useEffect(() => {
    window.addEventListener('afterprint', onDone, { once: true });
    window.print();
    return () => {
      window.removeEventListener('afterprint', onDone);
    };
    // Printed once, when it is there.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return createPortal(
    <div className="slip">
      <h1>{t('send.receipt.slip.title')}</h1>
      <p className="slip-passphrase">
        {revealed.words.length === 0 ? revealed.passphrase : revealed.words.join(' ')}
      </p>
      <p>
        {t('send.receipt.slip.bundle')}: {bundle}
      </p>
      <p>
        {t(`send.receipt.slip.how.${format}`)} {t('send.receipt.slip.keep')}
      </p>
    </div>,
    document.body,
  );
}
