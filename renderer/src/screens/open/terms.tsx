import type { ReactNode } from 'react';
import type { BundleView } from '../../../../app/contract/views.ts';
import { Fold } from '../../ui/disclosure.tsx';
import { useWords } from '../../words/use-words.ts';

/** How a bundle is locked, in the terms of those who check. */
export function Terms({ bundle }: { readonly bundle: BundleView }): ReactNode {
  const { t } = useWords();
  return (
    <Fold title={t('open.terms.title')}>
      <dl className="facts small">
        <dt>{t('open.terms.format')}</dt>
        <dd>{t('open.terms.age')}</dd>
        <dt>{t('open.terms.key')}</dt>
        <dd>
          {bundle.logN === undefined
            ? t('open.terms.recipients')
            : t('open.terms.scrypt', { logN: bundle.logN })}
        </dd>
        <dt>{t('open.terms.cipher')}</dt>
        <dd>{t('open.terms.chacha')}</dd>
      </dl>
    </Fold>
  );
}
