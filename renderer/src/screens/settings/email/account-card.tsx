import { CircleCheck, Pencil, Trash2 } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import type { AccountView } from '../../../../../app/contract/views.ts';
import { useRun } from '../../../state/core.tsx';
import { useAction } from '../../../state/use-action.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { useWords } from '../../../words/use-words.ts';
import { visible } from '../../../words/visible.ts';

/** One account: its server, who signs in, and whether that works. */
export function AccountCard({
  account,
  onChange,
  onRemove,
}: {
  readonly account: AccountView;
  readonly onChange: (start: 'server' | 'signIn') => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { busy, error, act } = useAction();
  const [good, setGood] = useState(false);
  const id = useId();
  const name = visible(account.name);
  const missing = account.secret === 'missing';
  const check = async (): Promise<void> => {
    setGood(false);
    const done = await act(() => run('checkAccount', { account: account.id }));
    setGood(done !== undefined);
  };
  return (
    <article className="card connection" aria-labelledby={id}>
      <div className="row row-wrap">
        <div className="grow connection-name">
          <h4 id={id} className="wrap-anywhere account-name">
            {name}
          </h4>
          <p className="small quiet wrap-anywhere">{visible(account.from)}</p>
        </div>
        {missing ? (
          <Button
            kind="primary"
            onPress={() => {
              onChange('signIn');
            }}
          >
            {t('mail.accounts.enterSecret')}
          </Button>
        ) : (
          <Button
            aria-label={t('mail.accounts.checkNamed', { name })}
            isDisabled={busy}
            onPress={() => void check()}
          >
            {busy ? t('mail.accounts.checking') : t('mail.accounts.check')}
          </Button>
        )}
        <Button
          kind="icon"
          aria-label={t('mail.accounts.changeNamed', { name })}
          onPress={() => {
            onChange('server');
          }}
        >
          <Pencil size={16} aria-hidden />
        </Button>
        <Button
          kind="icon"
          aria-label={t('mail.accounts.removeNamed', { name })}
          onPress={onRemove}
        >
          <Trash2 size={16} aria-hidden />
        </Button>
      </div>
      <dl className="facts small">
        <dt>{t('mail.accounts.facts.server')}</dt>
        <dd>
          {t('mail.accounts.server', {
            host: visible(account.host),
            port: account.port,
            security: t(`mail.accounts.securities.${account.security}`),
          })}
        </dd>
        <dt>{t('mail.accounts.facts.user')}</dt>
        <dd>{visible(account.user)}</dd>
        <dt>{t(`mail.accounts.facts.${account.method === 'token' ? 'token' : 'secret'}`)}</dt>
        <dd className={missing ? 'secret-missing' : undefined}>
          {t(`mail.accounts.secret.${account.secret}`)}
        </dd>
      </dl>
      <p className="account-good" role="status">
        {good ? (
          <>
            <CircleCheck size={16} aria-hidden />
            {t('mail.accounts.good')}
          </>
        ) : null}
      </p>
      <ErrorNotice error={error} meaning={t('mail.accounts.checkFailed')} />
    </article>
  );
}
