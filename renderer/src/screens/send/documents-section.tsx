import { FilePlus, FolderPlus, Files } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { ErrorRecord } from '../../../../app/contract/errors.ts';
import type { Grant } from '../../../../app/contract/views.ts';
import { useChoose, type Chosen } from '../../choose/choose.tsx';
import type { Intake } from '../../shell/use-intake.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { formatSize } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { Section } from './section.tsx';

const DocumentsList = lazy(async () => ({
  default: (await import('./documents-list.tsx')).DocumentsList,
}));

/** What goes into the bundle. */
export function DocumentsSection({
  intake,
  addDocuments,
  frozen,
}: {
  readonly intake: Intake;
  readonly addDocuments: (grants: readonly Grant[]) => Promise<ErrorRecord | null>;
  /** While the documents are being sealed they stay as they are. */
  readonly frozen: boolean;
}): ReactNode {
  const { t, language } = useWords();
  const run = useRun();
  const choose = useChoose();
  const { draft } = useSnapshot();
  const [choosing, setChoosing] = useState<{ done: number; of: number } | null>(null);
  const [error, setError] = useState<ErrorRecord | null>(null);
  const empty = draft.documents === 0;

  const add = async (ask: (onProgress: (done: number, of: number) => void) => Promise<Chosen>) => {
    setError(null);
    intake.clearError();
    const chosen = await ask((done, of) => {
      setChoosing({ done, of });
    });
    const failed = chosen.grants.length === 0 ? null : await addDocuments(chosen.grants);
    setChoosing(null);
    setError(chosen.error ?? failed);
  };
  const addFiles = (): void => void add((onProgress) => choose.files('documents', onProgress));
  const addFolder = (): void => void add((onProgress) => choose.documentFolder(onProgress));
  const taking = choosing ?? intake.taking;
  const buttons = (
    <>
      <Button kind={empty ? 'primary' : 'normal'} onPress={addFiles} isDisabled={frozen}>
        <FilePlus size={16} aria-hidden />
        {t('send.documents.addFiles')}
      </Button>
      <Button onPress={addFolder} isDisabled={frozen}>
        <FolderPlus size={16} aria-hidden />
        {t('send.documents.addFolder')}
      </Button>
    </>
  );

  return (
    <Section
      number={1}
      title={t('send.documents.title')}
      ready={!empty && draft.blocked === 0}
      summary={
        empty
          ? undefined
          : t('send.documents.summary', {
              count: draft.documents,
              size: formatSize(draft.bytes, language),
            })
      }
      actions={empty ? undefined : <div className="row">{buttons}</div>}
    >
      {empty ? (
        <div className="intake">
          <Files size={34} strokeWidth={1.4} aria-hidden />
          <p className="intake-title">{t('send.documents.drop')}</p>
          <p className="small quiet">{t('send.documents.dropHint')}</p>
          <div className="row row-wrap">{buttons}</div>
        </div>
      ) : (
        <Suspense fallback={<div className="documents-list" />}>
          <DocumentsList frozen={frozen} />
        </Suspense>
      )}
      {taking === null ? null : (
        <p className="small quiet" role="status">
          {t('send.documents.taking', { count: taking.of, done: taking.done })}
        </p>
      )}
      <ErrorNotice error={error ?? intake.error} />
      {draft.blocked > 0 ? (
        <Notice tone="warn" title={t('send.remarks.blocked', { count: draft.blocked })}>
          <p>{t('send.remarks.blockedHint')}</p>
        </Notice>
      ) : null}
      {empty ? null : (
        <div className="row small quiet">
          <span className="grow" role="status">
            {draft.checking
              ? t('send.documents.checking')
              : draft.leftOut > 0
                ? t('send.documents.leftOut', { count: draft.leftOut })
                : ''}
          </span>
          <Button
            kind="plain"
            isDisabled={frozen}
            onPress={() => {
              void run('clearDraft', {});
            }}
          >
            {t('send.documents.clear')}
          </Button>
        </div>
      )}
    </Section>
  );
}
