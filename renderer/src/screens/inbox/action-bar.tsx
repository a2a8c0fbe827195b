import { Download, ListChecks, PackageOpen, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Toolbar } from 'react-aria-components';
import type { InboxEntry } from '../../../../app/contract/views.ts';
import { Button } from '../../ui/button.tsx';
import { formatSize } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';

/** What can be done with the chosen bundles. */
export function ActionBar({
  chosen,
  mayRemove,
  busy,
  onOpen,
  onDownload,
  onRemove,
  onRound,
}: {
  readonly chosen: readonly InboxEntry[];
  /** Whether the connection is not known to be refused deletion. */
  readonly mayRemove: boolean;
  readonly busy: boolean;
  readonly onOpen: () => void;
  readonly onDownload: () => void;
  readonly onRemove: () => void;
  readonly onRound: () => void;
}): ReactNode {
  const { t, language } = useWords();
  const count = chosen.length;
  const size = formatSize(
    chosen.reduce((sum, { bytes }) => sum + bytes, 0),
    language,
  ).replace(' ', '\u00a0');
  return (
    <div className="stack-s">
      <Toolbar className="row row-wrap inbox-actions" aria-label={t('inbox.actions.label')}>
        <p className="grow chosen number" role="status">
          {count === 0 ? (
            <span className="quiet">{t('inbox.chosenNone')}</span>
          ) : (
            t('inbox.chosen', { count, size })
          )}
        </p>
        <Button isDisabled={busy || count !== 1} onPress={onOpen}>
          <PackageOpen size={16} aria-hidden />
          {t('inbox.actions.open')}
        </Button>
        <Button isDisabled={busy || count === 0} onPress={onDownload}>
          <Download size={16} aria-hidden />
          {t('inbox.actions.download')}
        </Button>
        <Button isDisabled={busy || count === 0 || !mayRemove} onPress={onRemove}>
          <Trash2 size={16} aria-hidden />
          {t('inbox.actions.remove')}
        </Button>
        <Button kind="primary" isDisabled={busy || count === 0 || !mayRemove} onPress={onRound}>
          <ListChecks size={16} aria-hidden />
          {t('inbox.actions.round')}
        </Button>
      </Toolbar>
      {mayRemove ? null : <p className="small quiet">{t('inbox.actions.noRemove')}</p>}
    </div>
  );
}
