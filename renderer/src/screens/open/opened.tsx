import { FolderDown, FolderOpen, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { BundleView, OpenedView } from '../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { isRunning, lastJob } from '../../state/jobs.ts';
import { useAction } from '../../state/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { JobProgress } from '../../ui/progress.tsx';
import { useWords } from '../../words/use-words.ts';
import { visible, visibleLines } from '../../words/visible.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { DocumentsTable } from './documents-table.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { Terms } from './terms.tsx';
import { useSave, type Save } from './use-save.ts';
import { verdictOf } from './verdict.ts';

/** A bundle that is open: what may be said of it, what is in it, where it goes. */
export function Opened({
  bundle,
  opened,
}: {
  readonly bundle: BundleView;
  readonly opened: OpenedView;
}): ReactNode {
  const { t } = useWords();
  const { tone, title, documents, sealedBy } = verdictOf(opened);
  const start = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The field that had the focus is gone.
    start.current?.focus();
  }, []);
  return (
    <>
      <div ref={start} tabIndex={-1} className="verdict stack-s">
        {opened.warnings.map((warning) => (
          <Notice key={warning} tone="warn" title={t(`open.warnings.${warning}.title`)}>
            <p>{t(`open.warnings.${warning}.meaning`)}</p>
          </Notice>
        ))}
        <Notice tone={tone} title={t(`open.verdict.${title}`)}>
          <p>
            {t(`open.verdict.${documents}`)} {t(`open.verdict.${sealedBy}`)}
          </p>
        </Notice>
      </div>
      {opened.note === undefined ? null : (
        <figure className="note">
          <figcaption className="small quiet">{t('open.note')}</figcaption>
          <blockquote dir="auto">{visibleLines(opened.note).trim()}</blockquote>
        </figure>
      )}
      <DocumentsTable bundle={bundle} opened={opened} />
      <Terms bundle={bundle} />
      {/* Within reach however long the list is. */}
      <div className="save-bar stack">
        <SaveSection bundle={bundle} opened={opened} />
      </div>
    </>
  );
}

function SaveSection({
  bundle,
  opened,
}: {
  readonly bundle: BundleView;
  readonly opened: OpenedView;
}): ReactNode {
  const { t } = useWords();
  const save = useSave(bundle);
  const { running, saved } = save;
  if (running !== undefined) return <JobProgress job={running} onCancel={save.cancel} />;
  return (
    <>
      <ErrorNotice error={save.error} />
      {saved === undefined ? null : <Saved saved={saved} />}
      <div className="row row-wrap">
        <Button
          kind={saved === undefined ? 'primary' : 'normal'}
          large={saved === undefined}
          isDisabled={save.busy || opened.documents === 0}
          onPress={() => {
            void save.chooseAndSave();
          }}
        >
          <FolderDown size={18} aria-hidden />
          {saved === undefined
            ? t('open.save.action', { count: opened.documents })
            : t('open.save.again')}
        </Button>
        {bundle.entry === undefined ? null : (
          <RemoveFromInbox bundle={bundle} entry={bundle.entry} saved={saved !== undefined} />
        )}
        {saved === undefined ? <p className="small quiet">{t('open.save.hint')}</p> : null}
      </div>
      {save.conflict === null ? null : (
        <ConflictDialog
          path={save.conflict}
          onResolve={(how) => {
            void save.resolve(how);
          }}
          onClose={() => {
            void save.resolve(null);
          }}
        />
      )}
    </>
  );
}

function Saved({ saved }: { readonly saved: NonNullable<Save['saved']> }): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const action = useAction();
  const { placed, skipped } = saved;
  return (
    <>
      <Outcome
        tone={placed === 0 ? 'info' : 'good'}
        title={placed === 0 ? t('open.save.allSkipped') : t('open.save.saved', { count: placed })}
        actions={
          <Button
            onPress={() => {
              void action.act(() => run('showInFolder', { job: saved.job }));
            }}
          >
            <FolderOpen size={16} aria-hidden />
            {t('open.save.openFolder')}
          </Button>
        }
      >
        <p>{visible(saved.folder)}</p>
        {skipped === 0 ? null : <p>{t('open.save.skipped', { count: skipped })}</p>}
      </Outcome>
      <ErrorNotice error={action.error} />
    </>
  );
}

/** Deletes the bundle where it was fetched from, once that was confirmed. */
function RemoveFromInbox({
  bundle,
  entry,
  saved,
}: {
  readonly bundle: BundleView;
  readonly entry: string;
  readonly saved: boolean;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { jobs } = useSnapshot();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const job = lastJob(jobs, 'remove', { id: entry, name: bundle.name });
  const error = action.error ?? (job?.state === 'failed' ? job.error : undefined);
  if (job?.state === 'done')
    return (
      <span className="row mark-good" role="status">
        <Trash2 size={16} aria-hidden />
        {t('open.remove.removed')}
      </span>
    );
  return (
    <>
      <Button
        isDisabled={action.busy || isRunning(job)}
        onPress={() => {
          setAsking(true);
        }}
      >
        <Trash2 size={16} aria-hidden />
        {t('open.remove.action')}
      </Button>
      {error === undefined ? null : (
        <div className="whole-row">
          <ErrorNotice error={error} />
        </div>
      )}
      {asking ? (
        <RemoveDialog
          bundle={bundle}
          saved={saved}
          onClose={() => {
            setAsking(false);
          }}
          onRemove={() => {
            setAsking(false);
            if (job !== undefined) void run('dismissJob', { job: job.id });
            void action.act(() => run('removeEntries', { entries: [entry] }));
          }}
        />
      ) : null}
    </>
  );
}
