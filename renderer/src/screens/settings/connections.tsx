import { Plus, Server } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ConnectionView } from '../../../../app/contract/views.ts';
import { useSnapshot } from '../../state/core.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useWords } from '../../words/use-words.ts';
import { ConnectionCard } from './connection-card.tsx';
import { ConnectionDialog } from './connection-dialog.tsx';
import type { Step } from './connection-form.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { ThisRunNotice } from './this-run-notice.tsx';

type Layer =
  | { readonly kind: 'form'; readonly connection: ConnectionView | null; readonly start: Step }
  | { readonly kind: 'remove'; readonly connection: ConnectionView };

/** The ways to S3 that Signet knows. */
export function Connections(): ReactNode {
  const { t } = useWords();
  const { connections, host } = useSnapshot();
  const [layer, setLayer] = useState<Layer | null>(null);
  const add = (
    <Button
      kind="primary"
      onPress={() => {
        setLayer({ kind: 'form', connection: null, start: 'where' });
      }}
    >
      <Plus size={16} aria-hidden />
      {t('settings.connections.add')}
    </Button>
  );
  const signsInWithKeys = connections.some(({ credentials }) => credentials.kind === 'keys');
  const close = (): void => {
    setLayer(null);
  };
  return (
    <>
      {connections.length === 0 ? (
        <Empty icon={Server} title={t('settings.connections.empty.title')} actions={add}>
          <p className="empty-meaning">{t('settings.connections.empty.meaning')}</p>
        </Empty>
      ) : (
        <div className="stack">
          <div className="row row-wrap">
            <p className="quiet grow settings-hint">{t('settings.connections.hint')}</p>
            {add}
          </div>
          {signsInWithKeys && !host.keepsSecrets ? <ThisRunNotice /> : null}
          <ul className="stack" aria-label={t('settings.connections.list')}>
            {connections.map((connection) => (
              <li key={connection.id}>
                <ConnectionCard
                  connection={connection}
                  onChange={(start) => {
                    setLayer({ kind: 'form', connection, start });
                  }}
                  onRemove={() => {
                    setLayer({ kind: 'remove', connection });
                  }}
                />
              </li>
            ))}
          </ul>
        </div>
      )}
      {layer === null ? null : layer.kind === 'form' ? (
        <ConnectionDialog connection={layer.connection} start={layer.start} onClose={close} />
      ) : (
        <RemoveDialog connection={layer.connection} onClose={close} />
      )}
    </>
  );
}
