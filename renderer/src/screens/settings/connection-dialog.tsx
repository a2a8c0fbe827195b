import type { ReactNode } from 'react';
import type { ConnectionView } from '../../../../app/contract/views.ts';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { AccessStep } from './access-step.tsx';
import type { Step } from './connection-form.ts';
import { GuidedDialog } from './guided-dialog.tsx';
import { SignInStep } from './sign-in-step.tsx';
import { useConnectionForm } from './use-connection-form.ts';
import { WhereStep } from './where-step.tsx';

/** Adds a connection, or changes one, in three steps of which the last says what it is good for. */
export function ConnectionDialog({
  connection,
  start,
  onClose,
}: {
  readonly connection: ConnectionView | null;
  readonly start: Step;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const guided = useConnectionForm(connection, start);
  return (
    <GuidedDialog
      guided={guided}
      labels={{
        title:
          connection === null
            ? t('settings.form.add')
            : t('settings.form.edit', { name: visible(connection.name) }),
        steps: t('settings.form.steps'),
        step: {
          where: t('settings.form.where'),
          signIn: t('settings.form.signIn'),
          access: t('settings.form.access'),
        },
        next: t('settings.form.next'),
        save: t('settings.form.saveAndCheck'),
        checkAgain: t('settings.connections.checkAgain'),
      }}
      content={{
        where: <WhereStep guided={guided} />,
        signIn: <SignInStep guided={guided} />,
        access: <AccessStep guided={guided} />,
      }}
      onClose={onClose}
    />
  );
}
