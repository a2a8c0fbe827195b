import { Eye, KeyRound, LockKeyhole, LockKeyholeOpen, Package, PackageOpen, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BundleView } from '../../../../app/contract/views.ts';
import type { Place } from '../../shell/places.ts';
import type { BundleChooser } from '../../shell/use-bundle-chooser.ts';
import type { Intake } from '../../shell/use-intake.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { isRunning, lastJob } from '../../state/jobs.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { JobProgress } from '../../ui/progress.tsx';
import { formatSize } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { visible } from '../../words/visible.ts';
import { RoundBanner } from '../inbox/round-banner.tsx';
import { Locked } from './locked.tsx';
import { Opened } from './opened.tsx';
import { Terms } from './terms.tsx';
import '../../ui/lined-table.css';
import './open.css';

/** The place where a bundle is opened. */
export function OpenScreen({
  intake,
  chooser,
  onGo,
}: {
  readonly intake: Intake;
  readonly chooser: BundleChooser;
  readonly onGo: (place: Place) => void;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { bundle, jobs } = useSnapshot();
  const fetching = jobs.findLast((job) => job.kind === 'fetch' && isRunning(job));
  const taking = intake.taking !== null || chooser.busy;
  return (
    <div className="page">
      <RoundBanner onGo={onGo} />
      <ErrorNotice error={chooser.error ?? intake.error} />
      {taking ? (
        <p className="quiet" role="status">
          {t('open.taking')}
        </p>
      ) : null}
      {bundle !== null ? (
        <BundlePanel key={bundle.id} bundle={bundle} onChoose={chooser.choose} />
      ) : fetching !== undefined ? (
        <section className="card card-body stack">
          <h2 className="wrap-anywhere">
            {t('open.fetching', { name: visible(fetching.subject) })}
          </h2>
          <JobProgress
            job={fetching}
            onCancel={() => {
              void run('cancelJob', { job: fetching.id });
            }}
          />
        </section>
      ) : (
        <NoBundle isDisabled={taking} onChoose={chooser.choose} />
      )}
    </div>
  );
}

function NoBundle({
  isDisabled,
  onChoose,
}: {
  readonly isDisabled: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  const { t } = useWords();
  const { host } = useSnapshot();
  const keys = host.platform === 'darwin' ? '⌘O' : 'Ctrl+O';
  return (
    <section className="card drop-here">
      <Empty
        icon={PackageOpen}
        title={t('open.empty.title')}
        actions={
          <Button kind="primary" large isDisabled={isDisabled} onPress={onChoose}>
            {t('open.empty.choose')}
          </Button>
        }
      >
        <p>{t('open.empty.meaning')}</p>
      </Empty>
      <p className="small quiet">
        {host.kind === 'web' ? `${t('open.empty.parts')} ` : null}
        {t('open.empty.shortcut', { keys })}
      </p>
    </section>
  );
}

const LOCKS = { passphrase: LockKeyhole, keys: KeyRound, nothing: LockKeyholeOpen };

function BundlePanel({
  bundle,
  onChoose,
}: {
  readonly bundle: BundleView;
  readonly onChoose: () => void;
}): ReactNode {
  const { t, language } = useWords();
  const run = useRun();
  const { jobs } = useSnapshot();
  const { opened, lockedWith, entry } = bundle;
  const job = lastJob(jobs, 'unlock', bundle);
  const Icon = opened === undefined ? Package : PackageOpen;
  const Lock = opened === undefined ? LOCKS[lockedWith] : LockKeyholeOpen;
  return (
    <section className="card card-body stack" aria-label={visible(bundle.name)}>
      <div className="row bundle-head">
        <Icon size={28} strokeWidth={1.5} aria-hidden />
        <div className="grow">
          <h2 className="wrap-anywhere">{visible(bundle.name)}</h2>
          <p className="row row-wrap small quiet">
            <span className="number">
              {t('open.bundle.kind', {
                size: formatSize(bundle.bytes, language),
                kind: t(`open.kinds.${bundle.format}`),
              })}
            </span>
            <span className="row bundle-lock">
              <Lock size={14} aria-hidden />
              {t(`open.bundle.${opened === undefined ? lockedWith : 'opened'}`)}
            </span>
            {bundle.names === 'visible' && lockedWith !== 'nothing' ? (
              <span className="row bundle-lock">
                <Eye size={14} aria-hidden />
                {t('open.bundle.namesVisible')}
              </span>
            ) : null}
          </p>
        </div>
        {isRunning(job) ? null : (
          <>
            <Button kind="plain" onPress={onChoose}>
              {t('open.bundle.another')}
            </Button>
            <Button
              kind="icon"
              aria-label={t('open.bundle.close')}
              onPress={() => {
                void run('closeBundle', { bundle: bundle.id });
                const told = lastJob(jobs, 'remove', { id: entry ?? '', name: bundle.name });
                if (told?.state === 'done') void run('dismissJob', { job: told.id });
              }}
            >
              <X size={18} aria-hidden />
            </Button>
          </>
        )}
      </div>
      {opened === undefined ? (
        <>
          <Locked bundle={bundle} job={job} />
          <Terms bundle={bundle} />
        </>
      ) : (
        <Opened bundle={bundle} opened={opened} />
      )}
    </section>
  );
}
