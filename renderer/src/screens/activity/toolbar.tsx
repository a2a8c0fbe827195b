import { ChevronDown, FileUp, Search, X } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Input,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
  SearchField,
} from 'react-aria-components';
import { Select } from '../../ui/select.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Wanted } from './arrange.ts';

const KINDS = ['all', 'send', 'mail', 'share', 'open', 'save', 'download', 'delete'] as const;
const RESULTS = ['all', 'done', 'failed', 'cancelled'] as const;

/** What is shown of the list, and the way to take it along. */
export function Toolbar({
  wanted,
  onWanted,
  exporting,
  onExport,
}: {
  readonly wanted: Wanted;
  readonly onWanted: (wanted: Wanted) => void;
  readonly exporting: boolean;
  readonly onExport: (format: 'csv' | 'jsonl') => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <div className="row row-wrap">
      <SearchField
        aria-label={t('activity.search')}
        className="activity-search grow"
        value={wanted.search}
        onChange={(search) => {
          onWanted({ ...wanted, search });
        }}
      >
        <Search size={16} aria-hidden />
        <Input className="input" placeholder={t('activity.search')} />
        <AriaButton className="button button-icon" aria-label={t('activity.clearSearch')}>
          <X size={16} aria-hidden />
        </AriaButton>
      </SearchField>
      <Select
        label={t('activity.kind.label')}
        value={wanted.kind}
        options={KINDS.map((key) => ({ key, name: t(`activity.kind.${key}`) }))}
        onChange={(kind) => {
          onWanted({ ...wanted, kind });
        }}
      />
      <Select
        label={t('activity.result.label')}
        value={wanted.result}
        options={RESULTS.map((key) => ({ key, name: t(`activity.result.${key}`) }))}
        onChange={(result) => {
          onWanted({ ...wanted, result });
        }}
      />
      <MenuTrigger>
        <AriaButton className="button" isDisabled={exporting}>
          <FileUp size={16} aria-hidden />
          {t('activity.export.button')}
          <ChevronDown size={15} aria-hidden className="quiet" />
        </AriaButton>
        <Popover className="popover" placement="bottom end">
          <Menu
            aria-label={t('activity.export.label')}
            onAction={(format) => {
              onExport(format as 'csv' | 'jsonl');
            }}
          >
            <MenuItem id="csv" className="option">
              {t('activity.export.csv')}
            </MenuItem>
            <MenuItem id="jsonl" className="option">
              {t('activity.export.jsonl')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}
