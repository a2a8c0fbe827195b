import type { ReactNode } from 'react';
import type { AccountView } from '../../../../../app/contract/views.ts';
import { useWords } from '../../../words/use-words.ts';
import { visible } from '../../../words/visible.ts';
import { GuidedDialog } from '../guided-dialog.tsx';
import type { Step } from './account-form.ts';
import { CheckStep, ServerStep, SignInStep } from './account-steps.tsx';
import { useAccountForm } from './use-account-form.ts';

/** Adds an email account, or changes one, in three steps of which the last says whether the server accepts it. */
export function AccountDialog({
  account,
  start,
  onClose,
}: {
  readonly account: AccountView | null;
  readonly start: Step;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const guided = useAccountForm(account, start);
  return (
    <GuidedDialog
      guided={guided}
      labels={{
        title:
          account === null
            ? t('mail.accountForm.add')
            : t('mail.accountForm.edit', { name: visible(account.name) }),
        steps: t('mail.accountForm.steps'),
        step: {
          server: t('mail.accountForm.server'),
          signIn: t('mail.accountForm.signIn'),
          check: t('mail.accountForm.check'),
        },
        next: t('mail.accountForm.next'),
        save: t('mail.accountForm.saveAndCheck'),
        checkAgain: t('mail.accountForm.checkAgain'),
      }}
      content={{
        server: <ServerStep guided={guided} />,
        signIn: <SignInStep guided={guided} />,
        check: <CheckStep guided={guided} />,
      }}
      onClose={onClose}
    />
  );
}
