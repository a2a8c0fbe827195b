import { Pencil, Trash2 } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { ConnectionView } from '../../../../app/contract/views.ts';
import { useRun } from '../../state/core.tsx';
import { useAction } from '../../state/use-action.ts';
import { useNow } from '../../state/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Moment } from '../../ui/moment.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { placeOf } from './connection-form.ts';
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
      <div className="row row-wrap">
        <div className="grow connection-name">
          <h3 id={id} className="wrap-anywhere">
            {name}
          </h3>
          <p className="small quiet mono wrap-anywhere">{visible(placeOf(connection))}</p>
        </div>
        {missing ? (
          <Button
            kind="primary"
            onPress={() => {
              onChange('signIn');
            }}
          >
            {t('settings.connections.enterSecret')}
          </Button>
        ) : (
          <Button
            aria-label={t('settings.connections.checkNamed', { name })}
            isDisabled={busy}
            onPress={() => void act(() => run('checkConnection', { connection: connection.id }))}
          >
            {busy ? t('settings.connections.checking') : t('settings.connections.check')}
          </Button>
        )}
        <Button
          kind="icon"
          aria-label={t('settings.connections.changeNamed', { name })}
          onPress={() => {
            onChange('where');
          }}
        >
          <Pencil size={16} aria-hidden />
        </Button>
        <Button
          kind="icon"
          aria-label={t('settings.connections.removeNamed', { name })}
          onPress={onRemove}
        >
          <Trash2 size={16} aria-hidden />
        </Button>
      </div>
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
