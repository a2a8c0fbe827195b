import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { SettingsPart } from '../../shell/places.ts';
import { useSnapshot } from '../../state/core.tsx';
import { useWords } from '../../words/use-words.ts';
import { About } from './about.tsx';
import { Connections } from './connections.tsx';
import { Defaults } from './defaults.tsx';
import { Email } from './email/email.tsx';
import './settings.css';

/** What a person sets once, and what Signet is. */
export function SettingsScreen({ part }: { readonly part: SettingsPart }): ReactNode {
  const { t } = useWords();
  const { outbox } = useSnapshot();
  return (
    <Tabs className="page" defaultSelectedKey={part}>
      <TabList aria-label={t('settings.sections.label')} className="tabs">
        <Tab id="connections" className="tab">
          {t('settings.sections.connections')}
        </Tab>
        <Tab id="email" className="tab">
          {t('settings.sections.email')}
          {outbox === 0 ? null : (
            <>
              {' '}
              <span className="tag tag-warn">{t('mail.outbox.waiting', { count: outbox })}</span>
            </>
          )}
        </Tab>
        <Tab id="defaults" className="tab">
          {t('settings.sections.defaults')}
        </Tab>
        <Tab id="about" className="tab">
          {t('settings.sections.about')}
        </Tab>
      </TabList>
      <TabPanel id="connections" className="tab-panel">
        <h2 className="unseen">{t('settings.sections.connections')}</h2>
        <Connections />
      </TabPanel>
      <TabPanel id="email" className="tab-panel">
        <h2 className="unseen">{t('settings.sections.email')}</h2>
        <Email />
      </TabPanel>
      <TabPanel id="defaults" className="tab-panel">
        <h2 className="unseen">{t('settings.sections.defaults')}</h2>
        <Defaults />
      </TabPanel>
      <TabPanel id="about" className="tab-panel">
        <h2 className="unseen">{t('settings.sections.about')}</h2>
        <About />
      </TabPanel>
    </Tabs>
  );
}
