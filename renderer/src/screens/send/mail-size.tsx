import type { ReactNode } from 'react';
import type { FormatAdvice, MailFit } from '../../../../app/contract/advice.ts';
import { sends } from '../../state/connections.ts';
import { useSnapshot } from '../../state/core.tsx';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/choices.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Switch } from '../../ui/switch.tsx';
import { mailSize } from '../../words/advice-text.ts';
import { useWords } from '../../words/use-words.ts';
import type { SendForm } from './use-send-form.ts';

/** The size after base64 against what the mail takes, and the ways out where it is too much. */
export function MailSize({
  form,
  on,
  onOther,
}: {
  readonly form: SendForm;
  readonly on: FormatAdvice | null;
  readonly onOther: (kind: 's3' | 'folder') => void;
}): ReactNode {
  const { t, language } = useWords();
  const { connections } = useSnapshot();
  const { email, setEmail } = form;
  const fit = on?.mail;
  const said =
    fit === undefined
      ? undefined
      : {
          size: mailSize(fit.attachedBytes, language),
          limit: mailSize(fit.limit, language),
          service: t(`advice.mail.${email.service}`),
        };
  const title =
    fit === undefined || said === undefined ? '' : t(`mail.size.${TITLES[fit.fit]}`, said);
  return (
    <div className="stack-s">
      {/* The same element whatever is said, so that a screen reader says the change. */}
      <p className={fit?.fit === 'fits' ? 'small quiet' : 'unseen'} role="status">
        {title}
      </p>
      {fit === undefined || said === undefined || fit.fit === 'fits' ? null : (
        <Notice tone={fit.fit === 'split' ? 'info' : 'warn'} title={title}>
          <div className="stack-s">
            <p>{t(`mail.size.${meaningOf(fit, on)}`, said)}</p>
            <HowItGoes
              volumes={fit.fit === 'split' ? fit.volumes : null}
              whole={email.whole}
              onWhole={(whole) => {
                setEmail({ whole });
              }}
            />
            <p className="small">{t('mail.size.others')}</p>
            <div className="row row-wrap">
              <Button
                onPress={() => {
                  onOther('folder');
                }}
              >
                {t('mail.size.byFolder')}
              </Button>
              {connections.some(sends) ? (
                <Button
                  onPress={() => {
                    onOther('s3');
                  }}
                >
                  {t('mail.size.byS3')}
                </Button>
              ) : null}
            </div>
          </div>
        </Notice>
      )}
    </div>
  );
}

const TITLES = { fits: 'fits', split: 'split', 'too-large': 'tooLarge' } as const;

function meaningOf(fit: MailFit, on: FormatAdvice | null) {
  if (fit.fit === 'split') return 'splitMeaning';
  return on?.format === 'html' ? 'pageMeaning' : 'tooLargeMeaning';
}

/** In parts or whole. */
function HowItGoes({
  volumes,
  whole,
  onWhole,
}: {
  /** `null` where it cannot be split. */
  readonly volumes: number | null;
  readonly whole: boolean;
  readonly onWhole: (whole: boolean) => void;
}): ReactNode {
  const { t } = useWords();
  if (volumes === null)
    return (
      <Switch
        label={t('mail.size.wholeAnyway')}
        hint={t('mail.size.wholeHint')}
        isOn={whole}
        onChange={onWhole}
      />
    );
  return (
    <>
      <div>
        <Segments
          label={t('mail.size.how')}
          choices={[
            { key: 'parts', name: t('mail.size.parts', { volumes }) },
            { key: 'whole', name: t('mail.size.whole') },
          ]}
          value={whole ? 'whole' : 'parts'}
          onChange={(key) => {
            onWhole(key === 'whole');
          }}
        />
      </div>
      {whole ? <p className="small">{t('mail.size.wholeHint')}</p> : null}
    </>
  );
}
