import { CircleCheck } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useSnapshot } from '../../../state/core.tsx';
import { Segments } from '../../../ui/choices.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Field } from '../../../ui/field.tsx';
import { useWords } from '../../../words/use-words.ts';
import { visible } from '../../../words/visible.ts';
import { hasSecret, withSecurity, withSender, type FormField } from './account-form.ts';
import { PasswordsThisRun } from './passwords-this-run.tsx';
import type { GuidedAccount } from './use-account-form.ts';

interface StepProps {
  readonly guided: GuidedAccount;
}

function useSaid({ problems }: GuidedAccount): (field: FormField) => string | undefined {
  const { t } = useWords();
  return (field) =>
    problems[field] === true ? t(`mail.accountForm.problems.${field}`) : undefined;
}

/** The server that takes outgoing email. */
export function ServerStep({ guided }: StepProps): ReactNode {
  const { t } = useWords();
  const { form, change } = guided;
  const said = useSaid(guided);
  return (
    <>
      <Field
        label={t('mail.accountForm.name')}
        hint={t('mail.accountForm.nameHint')}
        problem={said('name')}
        value={form.name}
        onChange={(name) => {
          change((before) => ({ ...before, name }));
        }}
        maxLength={200}
        autoFocus
      />
      <Field
        label={t('mail.accountForm.host')}
        hint={t('mail.accountForm.hostHint')}
        problem={said('host')}
        value={form.host}
        onChange={(host) => {
          change((before) => ({ ...before, host }));
        }}
        maxLength={255}
        autoComplete="off"
        spellCheck="false"
      />
      <div className="form-pair">
        <div className="field">
          <span className="field-label">{t('mail.accountForm.security')}</span>
          <div>
            <Segments
              label={t('mail.accountForm.security')}
              choices={[
                { key: 'tls', name: t('mail.accountForm.securities.tls') },
                { key: 'starttls', name: t('mail.accountForm.securities.starttls') },
              ]}
              value={form.security}
              onChange={(security) => {
                change((before) => withSecurity(before, security));
              }}
            />
          </div>
        </div>
        <Field
          label={t('mail.accountForm.port')}
          problem={said('port')}
          value={form.port}
          onChange={(port) => {
            change((before) => ({ ...before, port }));
          }}
          maxLength={5}
          inputMode="numeric"
          autoComplete="off"
        />
      </div>
      <p className="field-hint">{t('mail.accountForm.securityHint')}</p>
    </>
  );
}

/** Who sends, and how the server knows. A secret that is kept is never shown. */
export function SignInStep({ guided }: StepProps): ReactNode {
  const { t } = useWords();
  const { host } = useSnapshot();
  const { form, secret, kept, change, setSecret } = guided;
  const said = useSaid(guided);
  const password = form.method === 'password';
  return (
    <>
      <Field
        label={t('mail.accountForm.from')}
        hint={t('mail.accountForm.fromHint')}
        problem={said('from')}
        value={form.from}
        onChange={(from) => {
          change((before) => withSender(before, from));
        }}
        maxLength={320}
        autoComplete="off"
        spellCheck="false"
        autoFocus
      />
      <Field
        label={t('mail.accountForm.user')}
        hint={t('mail.accountForm.userHint')}
        problem={said('user')}
        value={form.user}
        onChange={(user) => {
          change((before) => ({ ...before, user }));
        }}
        maxLength={320}
        autoComplete="off"
        spellCheck="false"
      />
      <Segments
        label={t('mail.accountForm.method')}
        choices={[
          { key: 'password', name: t('mail.accountForm.methods.password') },
          { key: 'token', name: t('mail.accountForm.methods.token') },
        ]}
        value={form.method}
        onChange={(method) => {
          change((before) => ({ ...before, method }));
        }}
      />
      <Field
        key={form.method}
        label={t(password ? 'mail.accountForm.password' : 'mail.accountForm.token')}
        hint={
          hasSecret(form, kept)
            ? t('mail.accountForm.keptHint')
            : !password
              ? t('mail.accountForm.tokenHint')
              : host.keepsSecrets
                ? t('mail.accountForm.passwordHint')
                : t('mail.accountForm.passwordHintThisRun')
        }
        problem={said('secret')}
        type="password"
        value={secret}
        onChange={setSecret}
        mono
        maxLength={8192}
        autoComplete="off"
        spellCheck="false"
      />
      {host.keepsSecrets ? null : <PasswordsThisRun />}
    </>
  );
}

/** Whether the server accepts the sign-in. */
export function CheckStep({ guided }: StepProps): ReactNode {
  const { t } = useWords();
  const { kept, checking, good } = guided;
  const start = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone with its step.
  useEffect(() => {
    start.current?.focus();
  }, []);
  return (
    <div ref={start} tabIndex={-1} className="stack access-step">
      {kept === null ? null : <p>{t('mail.accountForm.savedAs', { name: visible(kept.name) })}</p>}
      {checking.busy && kept !== null ? (
        <>
          <p className="quiet wrap-anywhere" role="status">
            {t('mail.accountForm.asking', { host: visible(kept.host) })}
          </p>
          <div className="bar" aria-hidden>
            <div className="bar-fill bar-unknown" />
          </div>
        </>
      ) : null}
      {checking.error === null ? null : (
        <>
          <ErrorNotice error={checking.error} meaning={t('mail.accounts.checkFailed')} />
          <p className="small quiet">{t('mail.accountForm.failedHint')}</p>
        </>
      )}
      {good ? (
        <p className="ability ability-yes" role="status">
          <CircleCheck size={18} aria-hidden />
          {t('mail.accounts.good')}
        </p>
      ) : null}
    </div>
  );
}
