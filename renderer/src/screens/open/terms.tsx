import type { ReactNode } from 'react';
import type { Derivation } from '../../../../app/contract/formats.ts';
import type { BundleView } from '../../../../app/contract/views.ts';
import { Fold } from '../../ui/disclosure.tsx';
import { useWords } from '../../words/use-words.ts';
import type { T } from '../../words/words.ts';

/** How a bundle is locked, in the terms of those who check. */
export function Terms({ bundle }: { readonly bundle: BundleView }): ReactNode {
  const { t, language } = useWords();
  const { format, derivation, names, opensWith } = bundle;
  return (
    <Fold title={t('open.terms.title')}>
      <dl className="facts small">
        <dt>{t('open.terms.format')}</dt>
        <dd>{t(`open.terms.formats.${format}`)}</dd>
        <dt>{t('open.terms.key')}</dt>
        <dd>{keyText(derivation, t)}</dd>
        <dt>{t('open.terms.cipher')}</dt>
        <dd>{t(`open.terms.ciphers.${derivation.kind}`)}</dd>
        <dt>{t('open.terms.names')}</dt>
        <dd>{t(`open.terms.namesAre.${names}`)}</dd>
        {opensWith.length === 0 ? null : (
          <>
            <dt>{t('open.terms.opensWith')}</dt>
            <dd>
              {new Intl.ListFormat(language, { type: 'disjunction' }).format(
                opensWith.map((tool) => t(`advice.tools.${tool}`)),
              )}
            </dd>
          </>
        )}
      </dl>
    </Fold>
  );
}

function keyText(derivation: Derivation, t: T): string {
  switch (derivation.kind) {
    case 'scrypt':
      return t('open.terms.scrypt', { logN: derivation.logN });
    case 'pbkdf2-sha1':
      return t('open.terms.pbkdf2', { rounds: derivation.rounds });
    case 'sha256-rounds':
      return t('open.terms.sha256', { logRounds: derivation.logRounds });
    case 'zipcrypto':
      return t('open.terms.zipcrypto');
    case 'keys':
      return t('open.terms.recipients');
    case 'none':
      return t('open.terms.none');
  }
}
