import {
  CircleCheck,
  Copy,
  Download,
  MessageSquareText,
  Printer,
  QrCode,
  Type,
  type LucideIcon,
} from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { ReceiptView } from '../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useWords } from '../../words/use-words.ts';
import type { T } from '../../words/words.ts';
import { mailProgress } from './mail-progress.ts';
import { ReceiptFacts } from './receipt-facts.tsx';
import { ReceiptMessages } from './receipt-messages.tsx';
import { startDownload } from './start-download.ts';
import { TwoPaths, type PathsState } from './two-paths.tsx';
import { useTell } from './use-tell.ts';

const TellDialog = lazy(async () => ({ default: (await import('./tell-dialog.tsx')).TellDialog }));

/** What proves that the bundle was sealed, and the ways to tell its passphrase. */
export function Receipt({
  receipt,
  onOutbox,
  onClose,
}: {
  readonly receipt: ReceiptView;
  /** Goes to where messages wait that could not be sent. */
  readonly onOutbox: () => void;
  readonly onClose: () => Promise<void>;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { connections } = useSnapshot();
  const [leaving, setLeaving] = useState(false);
  const { act, error } = useAction();
  const download = async (): Promise<void> => {
    const answer = await act(() => run('downloadBundle', { receipt: receipt.id }));
    if (answer !== undefined) startDownload(answer.path, receipt.bundle);
  };
  const toTell = receipt.lock.kind !== 'keys' && receipt.shared === undefined;
  const progress = receipt.to.kind === 'email' ? mailProgress(receipt.to.messages) : 'sent';
  const place = placeOf(receipt, connections, t);
  return (
    <div className="page receipt">
      <div className="row receipt-title">
        <CircleCheck size={28} aria-hidden />
        <h2 className="receipt-heading grow">
          {receipt.to.kind === 'email'
            ? t(`send.receipt.titleEmail.${progress}`)
            : t(`send.receipt.title.${receipt.to.kind}`)}
        </h2>
        {receipt.to.kind === 'download' ? (
          <Button kind="primary" onPress={() => void download()}>
            <Download size={16} aria-hidden />
            {t('send.receipt.download')}
          </Button>
        ) : null}
        <Button
          onPress={() => {
            if (toTell) setLeaving(true);
            else void onClose();
          }}
        >
          {t('send.receipt.again')}
        </Button>
      </div>
      <ErrorNotice error={error} />
      <div className="card">
        <TwoPaths
          state={{
            documents: 'done',
            bundle: 'done',
            destination: progress === 'sent' ? 'done' : 'ready',
            place:
              progress === 'sent' || progress === 'rejected'
                ? place
                : { ...place, detail: t(`send.paths.states.${progress}`) },
            share: 1,
            lock: receipt.lock.kind === 'keys' ? 'keys' : 'passphrase',
            passphrase: 'done',
            told: receipt.shared === undefined ? 'open' : 'done',
          }}
        />
      </div>
      {receipt.to.kind === 'email' ? (
        <ReceiptMessages receipt={receipt} messages={receipt.to.messages} onOutbox={onOutbox} />
      ) : null}
      {receipt.lock.kind === 'keys' ? (
        <p className="quiet">{t('send.receipt.keys')}</p>
      ) : (
        <Tell receipt={receipt} />
      )}
      <ReceiptFacts receipt={receipt} />
      <Dialog
        alert
        title={t('send.receipt.leaveTitle')}
        isOpen={leaving}
        onClose={() => {
          setLeaving(false);
        }}
        actions={
          <>
            <Button
              autoFocus
              onPress={() => {
                setLeaving(false);
              }}
            >
              {t('send.receipt.stay')}
            </Button>
            <Button kind="danger" onPress={() => void onClose()}>
              {t('send.receipt.leaveAnyway')}
            </Button>
          </>
        }
      >
        <p>{t('send.receipt.leave', { bundle: receipt.bundle })}</p>
      </Dialog>
    </div>
  );
}

/** The lower path: five ways to tell, and the word that it was done. */
function Tell({ receipt }: { readonly receipt: ReceiptView }): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { host } = useSnapshot();
  const tell = useTell(receipt.id);
  const ways: readonly { key: Parameters<typeof tell.start>[0]; icon: LucideIcon }[] = [
    { key: 'showLarge', icon: Type },
    { key: 'copy', icon: Copy },
    { key: 'qr', icon: QrCode },
    { key: 'message', icon: MessageSquareText },
    { key: 'print', icon: Printer },
  ];
  return (
    <section className="card card-body stack" aria-labelledby="tell">
      <div>
        <h2 id="tell">{t('send.receipt.tell')}</h2>
        <p className="quiet small">{t('send.receipt.tellHint')}</p>
      </div>
      {receipt.held ? (
        <div className="tell-ways">
          {ways.map(({ key, icon: Icon }) => (
            <AriaButton key={key} className="tell-way" onPress={() => void tell.start(key)}>
              <Icon size={20} aria-hidden />
              <strong>{t(`send.receipt.${key}`)}</strong>
              <span className="small quiet">{t(`send.receipt.${key}Hint`)}</span>
            </AriaButton>
          ))}
        </div>
      ) : null}
      <ErrorNotice error={tell.error} />
      <p className="small quiet" role="status">
        {tell.copied
          ? t(host.kind === 'electron' ? 'send.receipt.copiedClears' : 'send.receipt.copiedStays')
          : receipt.held
            ? t('send.receipt.notKept')
            : t('send.receipt.forgotten')}
      </p>
      {receipt.shared === undefined ? (
        <div>
          <Button kind="primary" onPress={() => void run('markShared', { receipt: receipt.id })}>
            {t('send.receipt.shared')}
          </Button>
        </div>
      ) : (
        <p className="row">
          <span className="tag tag-good">
            <CircleCheck size={13} aria-hidden />
            {t('send.receipt.sharedAt')}
          </span>
        </p>
      )}
      {tell.open === null || tell.revealed === null ? null : (
        <Suspense fallback={null}>
          <TellDialog
            way={tell.open}
            bundle={receipt.bundle}
            format={receipt.format}
            revealed={tell.revealed}
            onCopy={tell.copyText}
            onClose={tell.close}
          />
        </Suspense>
      )}
    </section>
  );
}

function placeOf(
  { to, location }: ReceiptView,
  connections: readonly { readonly id: string; readonly name: string }[],
  t: T,
): PathsState['place'] {
  switch (to.kind) {
    case 's3':
      return {
        kind: 's3',
        name: connections.find(({ id }) => id === to.connection)?.name ?? 'S3',
      };
    case 'folder': {
      const folders = location.split(/[\\/]/);
      return { kind: 'folder', name: folders.at(-2) ?? t('send.paths.folder') };
    }
    case 'email':
    case 'download':
      return { kind: to.kind, name: t(`send.paths.${to.kind}`) };
  }
}
