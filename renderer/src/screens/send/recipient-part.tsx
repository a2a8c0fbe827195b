import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AdviceNotice, FormatAdvice, Verdict } from '../../../../app/contract/advice.ts';
import { useSnapshot } from '../../state/core.tsx';
import { Segments } from '../../ui/choices.tsx';
import { Fold } from '../../ui/disclosure.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { noticeText } from '../../words/advice-text.ts';
import { useWords } from '../../words/use-words.ts';
import { adviceOn, sortNotices } from './format-choice.ts';
import { FormatFold } from './format-fold.tsx';
import type { Advised } from './use-advice.ts';
import type { SendForm } from './use-send-form.ts';

const ANSWERS = ['signet', 'archiver', 'browser', 'unknown'] as const;

/** How a verdict looks. The words beside it say the same. */
const TONES: Readonly<Record<Verdict, 'good' | 'info' | 'warn' | 'bad'>> = {
  opens: 'good',
  'opens-with': 'info',
  'maybe-blocked': 'info',
  'likely-blocked': 'warn',
  'does-not-open': 'bad',
};
const ICONS = { good: CircleCheck, info: Info, warn: TriangleAlert, bad: CircleAlert };

/** The question what the recipient has, and what follows from the answer. */
export function RecipientPart({
  form,
  advised,
}: {
  readonly form: SendForm;
  readonly advised: Advised;
}): ReactNode {
  const { t } = useWords();
  const { wish, error } = advised;
  return (
    <div className="recipient stack-s">
      <h3 className="recipient-question">{t('advice.title')}</h3>
      <div>
        <Segments
          label={t('advice.title')}
          choices={ANSWERS.map((key) => ({ key, name: t(`advice.has.${key}`) }))}
          value={wish.has}
          onChange={(has) => {
            form.setWish({ has, byName: null });
          }}
        />
      </div>
      <Answer advised={advised} />
      <ErrorNotice error={error} />
      <FormatFold advised={advised} />
    </div>
  );
}

/** One line why, and the honest limits below it. The line is spoken when it changes. */
function Answer({ advised: { advice, wish } }: { readonly advised: Advised }): ReactNode {
  const { t } = useWords();
  const { draft } = useSnapshot();
  const on = advice === null ? null : adviceOn(advice, draft.format);
  const isAsked = wish.has === null && wish.byName === null;
  const byAnswer = wish.byName === null && advice?.format === draft.format;
  const why =
    on === null
      ? ''
      : isAsked
        ? t('send.format.unanswered')
        : t('send.format.chosen', {
            format: t(`advice.formats.${draft.format}`),
            why: byAnswer ? t(`advice.choices.${advice.choice}`) : t(`advice.reasons.${on.reason}`),
          });
  const tone = isAsked || on === null ? 'info' : TONES[on.verdict];
  const Icon = ICONS[tone];
  return (
    <div className="answer">
      <p className={isAsked ? 'answer-line quiet' : `answer-line answer-${tone}`} role="status">
        {why === '' ? null : <Icon size={17} aria-hidden />}
        <span>{why}</span>
      </p>
      {on === null ? null : <Limits on={on} />}
    </div>
  );
}

function Limits({ on }: { readonly on: FormatAdvice }): ReactNode {
  const { t } = useWords();
  const { first, more } = sortNotices(on.notices);
  return (
    <>
      <Lines notices={first} />
      {more.length === 0 ? null : (
        <Fold key={on.format} title={t('send.format.more', { count: more.length })}>
          <Lines notices={more} />
        </Fold>
      )}
    </>
  );
}

function Lines({ notices }: { readonly notices: readonly AdviceNotice[] }): ReactNode {
  const { t, language } = useWords();
  if (notices.length === 0) return null;
  return (
    <ul className="answer-limits small" aria-label={t('advice.watch')}>
      {notices.map((notice) => (
        <li key={notice.code}>{noticeText(notice, t, language)}</li>
      ))}
    </ul>
  );
}
