import { CircleCheck } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import type { AccountView } from '../../../../../app/contract/views.ts';
import { useRun } from '../../../state/core.tsx';
import { useAction } from '../../../state/use-action.ts';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { useWords } from '../../../words/use-words.ts';
import { visible } from '../../../words/visible.ts';
import { KeptHead } from '../kept-head.tsx';

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
      <KeptHead
        heading={
          <h4 id={id} className="wrap-anywhere account-name">
            {name}
          </h4>
        }
        under={<p className="small quiet wrap-anywhere">{visible(account.from)}</p>}
        labels={{
          enterSecret: t('mail.accounts.enterSecret'),
          check: t('mail.accounts.check'),
          checkNamed: t('mail.accounts.checkNamed', { name }),
          checking: t('mail.accounts.checking'),
          changeNamed: t('mail.accounts.changeNamed', { name }),
          removeNamed: t('mail.accounts.removeNamed', { name }),
        }}
        secretMissing={missing}
        checking={busy}
        onEnterSecret={() => {
          onChange('signIn');
        }}
        onCheck={() => void check()}
        onChange={() => {
          onChange('server');
        }}
        onRemove={onRemove}
      />
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
