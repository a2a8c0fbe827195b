import { useId, type ReactNode } from 'react';
import type { ConnectionView } from '../../../../app/contract/views.ts';
import { useRun } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { useNow } from '../../state/use-now.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Moment } from '../../ui/moment.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { placeOf } from './connection-form.ts';
import { KeptHead } from './kept-head.tsx';
import { RightTags } from './right-tags.tsx';

const MINUTE = 60_000;

/** One connection: where it leads, how it signs in, what it may do. */
export function ConnectionCard({
  connection,
  onChange,
  onRemove,
}: {
  readonly connection: ConnectionView;
  readonly onChange: (start: 'where' | 'signIn') => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { busy, error, act } = useAction();
  const now = useNow(MINUTE);
  const id = useId();
  const { credentials, region, endpoint, rights } = connection;
  const name = visible(connection.name);
  const missing = credentials.kind === 'keys' && credentials.secret === 'missing';
  const service = [
    endpoint === undefined ? t('settings.connections.amazon') : visible(endpoint),
    region ??
      (credentials.kind === 'profile' ? t('settings.connections.defaultRegion') : undefined),
  ].filter((part) => part !== undefined);
  return (
    <article className="card connection" aria-labelledby={id}>
      <KeptHead
        heading={
          <h3 id={id} className="wrap-anywhere">
            {name}
          </h3>
        }
        under={<p className="small quiet mono wrap-anywhere">{visible(placeOf(connection))}</p>}
        labels={{
          enterSecret: t('settings.connections.enterSecret'),
          check: t('settings.connections.check'),
          checkNamed: t('settings.connections.checkNamed', { name }),
          checking: t('settings.connections.checking'),
          changeNamed: t('settings.connections.changeNamed', { name }),
          removeNamed: t('settings.connections.removeNamed', { name }),
        }}
        secretMissing={missing}
        checking={busy}
        onEnterSecret={() => {
          onChange('signIn');
        }}
        onCheck={() => void act(() => run('checkConnection', { connection: connection.id }))}
        onChange={() => {
          onChange('where');
        }}
        onRemove={onRemove}
      />
      <dl className="facts small">
        <dt>{t('settings.connections.facts.service')}</dt>
        <dd>{service.join(' · ')}</dd>
        <dt>{t('settings.connections.facts.signIn')}</dt>
        <dd>
          {credentials.kind === 'profile'
            ? credentials.profile === ''
              ? t('settings.connections.profileDefault')
              : t('settings.connections.profile', { profile: visible(credentials.profile) })
            : t('settings.connections.key', { key: visible(credentials.accessKeyId) })}
        </dd>
        {credentials.kind === 'profile' ? null : (
          <>
            <dt>{t('settings.connections.facts.secret')}</dt>
            <dd className={missing ? 'secret-missing' : undefined}>
              {t(`settings.connections.secret.${credentials.secret}`)}
            </dd>
          </>
        )}
        <dt>{t('settings.connections.facts.access')}</dt>
        <dd>
          {rights === undefined ? (
            t('settings.connections.notChecked')
          ) : (
            <div className="stack-s">
              <RightTags report={rights} />
              <span className="quiet">
                {t('settings.connections.checked')} <Moment at={rights.checked} ago={now} />
              </span>
            </div>
          )}
        </dd>
      </dl>
      <ErrorNotice error={error} />
    </article>
  );
}
