import type { ReactNode } from 'react';
import { useSnapshot } from '../../state/core.tsx';
import { Segments } from '../../ui/choices.tsx';
import { Field } from '../../ui/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { hasSecret } from './connection-form.ts';
import { ThisRunNotice } from './this-run-notice.tsx';
import type { GuidedConnection } from './use-connection-form.ts';

/** How the connection signs in. A secret that is kept is never shown. */
export function SignInStep({ guided }: { readonly guided: GuidedConnection }): ReactNode {
  const { t } = useWords();
  const { host } = useSnapshot();
  const { form, secret, problems, kept, change, setSecret } = guided;
  const said = (field: 'profile' | 'accessKeyId' | 'secret'): string | undefined => {
    const problem = problems[field];
    return problem === undefined ? undefined : t(`settings.form.problems.${problem}`);
  };
  return (
    <>
      <Segments
        label={t('settings.form.how')}
        choices={[
          { key: 'keys', name: t('settings.form.keys') },
          { key: 'profile', name: t('settings.form.profile') },
        ]}
        value={form.how}
        onChange={(how) => {
          change((before) => ({ ...before, how }));
        }}
      />
      {form.how === 'profile' ? (
        <Field
          label={t('settings.form.profileName')}
          hint={t('settings.form.profileHint')}
          problem={said('profile')}
          value={form.profile}
          onChange={(profile) => {
            change((before) => ({ ...before, profile }));
          }}
          maxLength={200}
          autoComplete="off"
          spellCheck="false"
        />
      ) : (
        <>
          <Field
            label={t('settings.form.accessKeyId')}
            problem={said('accessKeyId')}
            value={form.accessKeyId}
            onChange={(accessKeyId) => {
              change((before) => ({ ...before, accessKeyId }));
            }}
            mono
            maxLength={256}
            autoComplete="off"
            spellCheck="false"
          />
          <Field
            label={t('settings.form.secret')}
            hint={
              hasSecret(form, kept)
                ? t('settings.form.secretKeptHint')
                : host.keepsSecrets
                  ? t('settings.form.secretHint')
                  : t('settings.form.secretHintThisRun')
            }
            problem={said('secret')}
            type="password"
            value={secret}
            onChange={setSecret}
            mono
            maxLength={256}
            autoComplete="off"
            spellCheck="false"
          />
          {host.keepsSecrets ? null : <ThisRunNotice />}
        </>
      )}
    </>
  );
}
