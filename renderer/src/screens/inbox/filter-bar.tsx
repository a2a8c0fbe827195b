import { RefreshCw, Search, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import type { Filter } from './arrange.ts';
import type { Inbox } from './use-inbox.ts';

const STATUSES = ['all', 'new', 'downloaded', 'opened'] as const satisfies Filter['status'][];
/** Stands for everyone; no sender can be called so, because a name in S3 has no slash here. */
const EVERYONE = '/';

/** Which inbox, and which of its bundles. */
export function FilterBar({ inbox }: { readonly inbox: Inbox }): ReactNode {
  const { t } = useWords();
  const { connections, connection, filter, setFilter, senders, list } = inbox;
  return (
    <div className="filters">
      {connections.length < 2 || connection === undefined ? null : (
        <Select
          label={t('inbox.connection')}
          options={connections.map(({ id, name }) => ({ key: id, name }))}
          value={connection.id}
          onChange={inbox.choose}
        />
      )}
      <SearchField
        aria-label={t('inbox.search')}
        className="search"
        value={filter.text}
        onChange={(text) => {
          setFilter({ ...filter, text });
        }}
      >
        <Search size={16} aria-hidden />
        <Input className="input" placeholder={t('inbox.search')} />
        <Button kind="icon" aria-label={t('inbox.clearSearch')}>
          <X size={16} aria-hidden />
        </Button>
      </SearchField>
      {senders.length < 2 ? null : (
        <Select
          label={t('inbox.user')}
          options={[
            { key: EVERYONE, name: t('inbox.everyone') },
            ...senders.map((sender) => ({
              key: sender,
              name: sender === '' ? t('inbox.topLevel') : visible(sender),
            })),
          ]}
          value={filter.sender ?? EVERYONE}
          onChange={(sender) => {
            setFilter({ ...filter, sender: sender === EVERYONE ? null : sender });
          }}
        />
      )}
      <Select
        label={t('inbox.status.label')}
        options={STATUSES.map((key) => ({ key, name: t(`inbox.status.${key}`) }))}
        value={filter.status}
        onChange={(status) => {
          setFilter({ ...filter, status });
        }}
      />
      <Button
        kind="icon"
        aria-label={t('inbox.refresh')}
        isDisabled={list.loading}
        onPress={list.reload}
      >
        <RefreshCw size={17} aria-hidden className={list.loading ? 'turning' : undefined} />
      </Button>
    </div>
  );
}
