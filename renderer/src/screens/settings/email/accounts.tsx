import { Mail, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { AccountView } from '../../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../../state/core.tsx';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { useWords } from '../../../words/use-words.ts';
import { visible } from '../../../words/visible.ts';
import { AccountCard } from './account-card.tsx';
import { AccountDialog } from './account-dialog.tsx';
import type { Step } from './account-form.ts';
import { ForgetDialog } from './forget-dialog.tsx';
import { PasswordsThisRun } from './passwords-this-run.tsx';

type Layer =
  | { readonly kind: 'form'; readonly account: AccountView | null; readonly start: Step }
  | { readonly kind: 'remove'; readonly account: AccountView };

/** The accounts that Signet can send from by itself. */
export function Accounts(): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { accounts, host } = useSnapshot();
  const [layer, setLayer] = useState<Layer | null>(null);
  const close = (): void => {
    setLayer(null);
  };
  const add = (
    <Button
      kind={accounts.length === 0 ? 'primary' : 'normal'}
      onPress={() => {
        setLayer({ kind: 'form', account: null, start: 'server' });
      }}
    >
      <Plus size={16} aria-hidden />
      {t('mail.accounts.add')}
    </Button>
  );
  return (
    <>
      {accounts.length === 0 ? (
        <div className="card">
          <Empty icon={Mail} title={t('mail.accounts.empty.title')} actions={add}>
            <p className="empty-meaning">{t('mail.accounts.empty.meaning')}</p>
          </Empty>
        </div>
      ) : (
        <section className="stack" aria-labelledby="accounts">
          <div className="row row-wrap">
            <div className="grow settings-hint">
              <h3 id="accounts">{t('mail.accounts.title')}</h3>
              <p className="quiet small">{t('mail.accounts.hint')}</p>
            </div>
            {add}
          </div>
          {host.keepsSecrets ? null : <PasswordsThisRun />}
          <ul className="stack" aria-label={t('mail.accounts.list')}>
            {accounts.map((account) => (
              <li key={account.id}>
                <AccountCard
                  account={account}
                  onChange={(start) => {
                    setLayer({ kind: 'form', account, start });
                  }}
                  onRemove={() => {
                    setLayer({ kind: 'remove', account });
                  }}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {layer === null ? null : layer.kind === 'form' ? (
        <AccountDialog account={layer.account} start={layer.start} onClose={close} />
      ) : (
        <ForgetDialog
          title={t('mail.removeAccount.title', { name: visible(layer.account.name) })}
          meaning={t('mail.removeAccount.meaning')}
          what={visible(layer.account.from)}
          kept={t('mail.removeAccount.kept')}
          action={t('mail.removeAccount.action')}
          onRemove={() => run('removeAccount', { account: layer.account.id })}
          onClose={close}
        />
      )}
    </>
  );
}
