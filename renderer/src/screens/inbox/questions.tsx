import type { ReactNode } from 'react';
import type { ConnectionView, InboxEntry } from '../../../../app/contract/views.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';

/** How many bundles are named; more are counted. */
const NAMED = 6;

interface QuestionProps {
  readonly entries: readonly InboxEntry[];
  readonly connection: ConnectionView;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

/** Asks before bundles are deleted, and names them and their place. */
export function RemoveQuestion({ entries, connection, onYes, onClose }: QuestionProps): ReactNode {
  const { t } = useWords();
  const unopened = entries.filter(({ status }) => status !== 'opened').length;
  return (
    <Dialog
      title={t('inbox.remove.title', { count: entries.length })}
      isOpen
      alert
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {t('common.actions.cancel')}
          </Button>
          <Button kind="danger" onPress={onYes}>
            {t('inbox.actions.remove')}
          </Button>
        </>
      }
    >
      <p>{t('inbox.remove.place', { place: placeOf(connection) })}</p>
      <Names entries={entries} />
      {unopened === 0 ? null : <p>{t('inbox.remove.unopened', { count: unopened })}</p>}
      <p>{t('inbox.remove.warning')}</p>
    </Dialog>
  );
}

/** Says what a round will do, before it begins. */
export function RoundQuestion({ entries, connection, onYes, onClose }: QuestionProps): ReactNode {
  const { t } = useWords();
  return (
    <Dialog
      title={t('inbox.round.title', { count: entries.length })}
      isOpen
      alert
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.actions.cancel')}</Button>
          <Button kind="primary" onPress={onYes}>
            {t('inbox.round.start')}
          </Button>
        </>
      }
    >
      <p>{t('inbox.round.meaning')}</p>
      <p>{t('inbox.round.removal', { place: placeOf(connection) })}</p>
      <Names entries={entries} />
    </Dialog>
  );
}

function Names({ entries }: { readonly entries: readonly InboxEntry[] }): ReactNode {
  const { t } = useWords();
  const more = entries.length - NAMED;
  return (
    <ul className="names">
      {entries.slice(0, NAMED).map(({ id, sender, name }) => (
        <li key={id} className="wrap-anywhere">
          {sender === '' ? visible(name) : `${visible(sender)}/${visible(name)}`}
        </li>
      ))}
      {more > 0 ? <li className="quiet">{t('inbox.remove.more', { count: more })}</li> : null}
    </ul>
  );
}

/**
 * Where a connection leads, to show.
 *
 * @param connection - the connection
 */
export function placeOf({ bucket, prefix }: ConnectionView): string {
  return `s3://${bucket}/${prefix}`;
}
