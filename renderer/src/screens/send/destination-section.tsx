import { Cloud, Download, FolderOpen, Mail, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConnectionView } from '../../../../app/contract/views.ts';
import { useChoose } from '../../choose/choose.tsx';
import { sends } from '../../state/connections.ts';
import { useSnapshot } from '../../state/core.tsx';
import { Button } from '../../ui/button.tsx';
import { Choices, type Choice } from '../../ui/choices.tsx';
import { Fold } from '../../ui/disclosure.tsx';
import { Field } from '../../ui/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { EmailPart } from './email-part.tsx';
import { adviceOn } from './format-choice.ts';
import { RecipientPart } from './recipient-part.tsx';
import { Section } from './section.tsx';
import type { Advised } from './use-advice.ts';
import type { SendForm } from './use-send-form.ts';

/** Where the bundle goes, what the recipient can open, and how it is called. */
export function DestinationSection({
  form,
  advised,
  onAddConnection,
  onAddAccount,
}: {
  readonly form: SendForm;
  readonly advised: Advised;
  readonly onAddConnection: () => void;
  readonly onAddAccount: () => void;
}): ReactNode {
  const { t } = useWords();
  const choose = useChoose();
  const { connections, draft, host } = useSnapshot();
  const chooseFolder = async (): Promise<void> => {
    const folder = await choose.folder('destination');
    if (folder !== null) form.setTarget({ kind: 'folder', folder });
  };
  const chooseConnection = (connection: ConnectionView | undefined): void => {
    if (connection !== undefined) form.setTarget({ kind: 's3', connection });
  };
  const choices: Choice<string>[] = connections
    .filter(sends)
    .map(({ id, name, bucket, prefix }) => ({
      key: `s3:${id}`,
      name,
      hint: `s3://${bucket}/${prefix}`,
      icon: Cloud,
    }));
  const { target } = form;
  choices.push({
    key: 'email',
    name: t('send.destination.email'),
    hint: t('send.destination.emailHint'),
    icon: Mail,
  });
  choices.push({
    key: 'folder',
    name:
      target?.kind === 'folder'
        ? t('send.destination.folderChosen', { folder: target.folder.name })
        : t('send.destination.folder'),
    hint: t('send.destination.folderHint'),
    icon: FolderOpen,
  });
  if (host.kind === 'web')
    choices.push({
      key: 'download',
      name: t('send.destination.download'),
      hint: t('send.destination.downloadHint'),
      icon: Download,
    });
  const value =
    target === null ? null : target.kind === 's3' ? `s3:${target.connection.id}` : target.kind;
  return (
    <Section
      number={2}
      title={t('send.destination.title')}
      ready={target !== null}
      summary={target === null ? t('send.destination.none') : undefined}
      actions={
        <Button kind="plain" onPress={onAddConnection}>
          <Plus size={16} aria-hidden />
          {t('send.destination.addConnection')}
        </Button>
      }
    >
      <Choices
        label={t('send.destination.label')}
        choices={choices}
        value={value}
        onChange={(key) => {
          if (key === 'folder') void chooseFolder();
          else if (key === 'download' || key === 'email') form.setTarget({ kind: key });
          else chooseConnection(connections.find(({ id }) => key === `s3:${id}`));
        }}
      />
      {target?.kind === 'folder' ? (
        <div>
          <Button kind="plain" onPress={() => void chooseFolder()}>
            {t('send.destination.changeFolder')}
          </Button>
        </div>
      ) : null}
      <RecipientPart form={form} advised={advised} />
      {target?.kind === 'email' ? (
        <EmailPart
          form={form}
          on={advised.advice === null ? null : adviceOn(advised.advice, draft.format)}
          onOther={(kind) => {
            if (kind === 'folder') void chooseFolder();
            else chooseConnection(connections.find(sends));
          }}
          onAddAccount={onAddAccount}
        />
      ) : null}
      <div className="folds">
        <Fold title={t('send.destination.more')} startsOpen={form.name !== '' || form.note !== ''}>
          <Field
            label={t('send.destination.bundleName')}
            hint={t('send.destination.bundleNameHint')}
            placeholder="bundle-…"
            value={form.name}
            onChange={form.setName}
            maxLength={200}
          />
          <Field
            label={t('send.destination.note')}
            hint={t('send.destination.noteHint')}
            lines={3}
            value={form.note}
            onChange={form.setNote}
            maxLength={60_000}
          />
        </Fold>
      </div>
    </Section>
  );
}
