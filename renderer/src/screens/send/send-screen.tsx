import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import type { ErrorRecord } from '../../../../app/contract/errors.ts';
import type { Grant, JobView, Snapshot } from '../../../../app/contract/views.ts';
import type { Place, SettingsPart } from '../../shell/places.ts';
import type { Intake } from '../../shell/use-intake.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { isRunning } from '../../state/jobs.ts';
import { shareDone } from '../../ui/progress.tsx';
import { useWords } from '../../words/use-words.ts';
import type { T } from '../../words/words.ts';
import { DocumentsSection } from './documents-section.tsx';
import { SealBar } from './seal-bar.tsx';
import { Section } from './section.tsx';
import './send.css';
import { TwoPaths, type PathsState } from './two-paths.tsx';
import { useAdvice } from './use-advice.ts';
import { useSendForm, type SendForm } from './use-send-form.ts';

// Nothing of this is needed before there are documents, and the first screen should be there at once.
const loadSections = async () => {
  const [{ DestinationSection }, { PassphraseSection }, { Receipt }] = await Promise.all([
    import('./destination-section.tsx'),
    import('./passphrase-section.tsx'),
    import('./receipt.tsx'),
    import('./documents-list.tsx'),
  ]);
  return { DestinationSection, PassphraseSection, Receipt };
};
const DestinationSection = lazy(async () => ({
  default: (await loadSections()).DestinationSection,
}));
const PassphraseSection = lazy(async () => ({ default: (await loadSections()).PassphraseSection }));
const Receipt = lazy(async () => ({ default: (await loadSections()).Receipt }));

/** Documents in, sealed bundle out, passphrase by another way. After the seal, the receipt. */
export function SendScreen({
  intake,
  addDocuments,
  onConnection,
  onGo,
}: {
  readonly intake: Intake;
  readonly addDocuments: (grants: readonly Grant[]) => Promise<ErrorRecord | null>;
  readonly onConnection: (id: string | null) => void;
  readonly onGo: (place: Place, part?: SettingsPart) => void;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const snapshot = useSnapshot();
  const form = useSendForm();
  const [settled, setSettled] = useState(true);
  const job = snapshot.jobs.findLast(({ kind }) => kind === 'seal');
  const outcome = job?.state === 'done' ? job.outcome : undefined;
  const receipt =
    outcome?.kind === 'receipt'
      ? snapshot.receipts.find(({ id }) => id === outcome.receipt)
      : undefined;
  useEffect(() => {
    void loadSections();
  }, []);
  const connection = form.target?.kind === 's3' ? form.target.connection.id : null;
  useEffect(() => {
    onConnection(connection);
  }, [connection, onConnection]);

  const working = isRunning(job);
  const open = snapshot.draft.documents > 0 && !working;
  const advised = useAdvice(form, open);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The picture shows how far it is.
    if (working) top.current?.scrollIntoView({ block: 'end' });
  }, [working]);

  if (receipt !== undefined && job !== undefined)
    return (
      <Suspense fallback={null}>
        <Receipt
          receipt={receipt}
          onOutbox={() => {
            onGo('settings', 'email');
          }}
          onClose={async () => {
            form.clear();
            if (snapshot.draft.format !== 'age')
              await run('setFormat', { format: 'age', hideNames: false });
            await run('closeReceipt', { receipt: receipt.id });
            await run('dismissJob', { job: job.id });
          }}
        />
      </Suspense>
    );
  const later = (
    <>
      <Section number={2} title={t('send.destination.title')} ready={working} />
      <Section number={3} title={t('send.passphrase.title')} ready={working} />
    </>
  );
  return (
    <div className="send">
      <div className="page">
        <div className="card" ref={top}>
          <TwoPaths state={pathsOf(snapshot, form, job, t)} />
          {snapshot.draft.documents === 0 ? (
            <p className="small quiet paths-caption">{t('send.paths.caption')}</p>
          ) : null}
        </div>
        <DocumentsSection intake={intake} addDocuments={addDocuments} frozen={working} />
        {open ? (
          <Suspense fallback={later}>
            <DestinationSection
              form={form}
              advised={advised}
              onAddConnection={() => {
                onGo('settings', 'connections');
              }}
              onAddAccount={() => {
                onGo('settings', 'email');
              }}
            />
            <PassphraseSection onSettled={setSettled} />
          </Suspense>
        ) : (
          later
        )}
      </div>
      {snapshot.draft.documents === 0 && job === undefined ? null : (
        <SealBar form={form} advised={advised} settled={settled} job={job} />
      )}
    </div>
  );
}

/** What the picture shows before and while a bundle is made. */
function pathsOf(
  { draft }: Snapshot,
  { target }: SendForm,
  job: JobView | undefined,
  t: T,
): PathsState {
  const working = isRunning(job);
  const share = working ? (shareDone(job) ?? 0) : 0;
  return {
    documents: draft.documents === 0 ? 'open' : working ? 'done' : 'ready',
    bundle: working ? 'going' : 'open',
    destination: working ? 'going' : target === null ? 'open' : 'ready',
    place:
      target === null
        ? { kind: 'none', name: t('send.paths.destination') }
        : target.kind === 's3'
          ? { kind: 's3', name: target.connection.name }
          : target.kind === 'folder'
            ? { kind: 'folder', name: target.folder.name }
            : { kind: target.kind, name: t(`send.paths.${target.kind}`) },
    share,
    lock: draft.lock.kind === 'keys' ? 'keys' : 'passphrase',
    passphrase: draft.documents === 0 ? 'open' : 'ready',
    told: 'open',
  };
}
