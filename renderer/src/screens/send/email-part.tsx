import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FormatAdvice } from '../../../../app/contract/advice.ts';
import { useSnapshot } from '../../state/core.tsx';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/choices.tsx';
import { Fold } from '../../ui/disclosure.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { MailSize } from './mail-size.tsx';
import type { SendForm } from './use-send-form.ts';

const SERVICES = ['gmail', 'outlook', 'company', 'unknown'] as const;
const LANGUAGES = ['en', 'de'] as const;
/** The choice of no account. */
const DRAFT = 'draft';

/** To whom the email goes, by which way, and whether it fits. All of it may be left as it is. */
export function EmailPart({
  form,
  on,
  onOther,
  onAddAccount,
}: {
  readonly form: SendForm;
  /** What is known of the kind of bundle in the draft. */
  readonly on: FormatAdvice | null;
  /** Chooses another way than email. */
  readonly onOther: (kind: 's3' | 'folder') => void;
  readonly onAddAccount: () => void;
}): ReactNode {
  const { t, language } = useWords();
  const { accounts } = useSnapshot();
  const { email, setEmail } = form;
  const account = accounts.find(({ id }) => id === email.account);
  return (
    <div className="email" role="group" aria-label={t('mail.form.label')}>
      <div className="email-pair">
        <Field
          label={t('mail.form.to')}
          hint={t(account === undefined ? 'mail.form.toHint' : 'mail.form.toHintAccount')}
          value={email.recipients}
          onChange={(recipients) => {
            setEmail({ recipients });
          }}
          maxLength={8192}
          autoComplete="off"
          spellCheck="false"
        />
        <div className="field">
          <span className="field-label">{t('mail.form.how')}</span>
          {accounts.length === 0 ? (
            <p className="email-how">{t('mail.form.draft')}</p>
          ) : (
            <Select
              label={t('mail.form.how')}
              options={[
                { key: DRAFT, name: t('mail.form.draft') },
                ...accounts.map(({ id, name }) => ({
                  key: id,
                  name: t('mail.form.account', { account: visible(name) }),
                })),
              ]}
              value={account?.id ?? DRAFT}
              onChange={(key) => {
                setEmail({ account: key === DRAFT ? null : key });
              }}
            />
          )}
          <span className="field-hint">
            {account === undefined
              ? t('mail.form.draftHint')
              : account.secret === 'missing'
                ? t('mail.form.secretMissing')
                : t('mail.form.accountHint', {
                    host: visible(account.host),
                    from: visible(account.from),
                  })}
          </span>
        </div>
        <div className="field">
          <span className="field-label">{t('advice.service')}</span>
          <Select
            label={t('advice.service')}
            options={SERVICES.map((key) => ({ key, name: t(`advice.services.${key}`) }))}
            value={email.service}
            onChange={(service) => {
              setEmail({ service, whole: false });
            }}
          />
        </div>
        <div className="field">
          <span className="field-label">{t('mail.form.language')}</span>
          <div>
            <Segments
              label={t('mail.form.language')}
              choices={LANGUAGES.map((key) => ({ key, name: t(`mail.form.languages.${key}`) }))}
              value={email.language ?? (language.startsWith('de') ? 'de' : 'en')}
              onChange={(chosen) => {
                setEmail({ language: chosen });
              }}
            />
          </div>
        </div>
      </div>
      <MailSize form={form} on={on} onOther={onOther} />
      <div className="row row-wrap email-more">
        <Fold title={t('mail.form.greeting')} startsOpen={email.greeting !== ''}>
          <Field
            label={t('mail.form.greetingLabel')}
            hint={t('mail.form.greetingHint')}
            lines={3}
            value={email.greeting}
            onChange={(greeting) => {
              setEmail({ greeting });
            }}
            maxLength={2000}
          />
        </Fold>
        {accounts.length === 0 ? (
          <Button kind="plain" onPress={onAddAccount}>
            <Plus size={16} aria-hidden />
            {t('mail.form.addAccount')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
