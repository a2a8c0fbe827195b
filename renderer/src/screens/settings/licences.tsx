import type { ReactNode } from 'react';
import type { About } from '../../../../app/contract/views.ts';
import { Fold } from '../../ui/disclosure.tsx';
import { useWords } from '../../words/use-words.ts';

/** The packages inside, and under which terms. */
export function Licences({ licences }: { readonly licences: About['licences'] }): ReactNode {
  const { t } = useWords();
  if (licences.length === 0) return <p>{t('settings.about.licencesNone')}</p>;
  return (
    <Fold title={t('settings.about.licencesCount', { count: licences.length })}>
      {/* It scrolls, so it can be reached by keyboard. */}
      <div
        className="licences"
        role="region"
        aria-label={t('settings.about.licences')}
        tabIndex={0}
      >
        <table className="table small">
          <thead>
            <tr>
              <th scope="col" className="table-head">
                {t('settings.about.columns.name')}
              </th>
              <th scope="col" className="table-head">
                {t('settings.about.columns.version')}
              </th>
              <th scope="col" className="table-head">
                {t('settings.about.columns.licence')}
              </th>
            </tr>
          </thead>
          <tbody>
            {licences.map(({ name, version, licence }) => (
              <tr key={`${name}@${version}`}>
                <td className="wrap-anywhere">{name}</td>
                <td className="number">{version}</td>
                <td>{licence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Fold>
  );
}
