import { lazy, Suspense, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { Server } from 'lucide-react';
import type { ErrorRecord } from '../../../app/contract/errors.ts';
import type { Grant } from '../../../app/contract/views.ts';
import { SendScreen } from '../screens/send/send-screen.tsx';
import { useRun, useSnapshot } from '../state/core.tsx';
import { useWords } from '../words/use-words.ts';
import { Boundary } from './boundary.tsx';
import { DropLayer } from './drop-layer.tsx';
import type { readDrop } from './drop.ts';
import { placesOf, type Place, type SettingsPart } from './places.ts';
import { Rail } from './rail.tsx';
import { areVolumes, looksSealed } from './sealed-name.ts';
import { useBundleChooser } from './use-bundle-chooser.ts';
import { useIdle } from './use-idle.ts';
import { useIntake } from './use-intake.ts';
import { useShortcuts } from './use-shortcuts.ts';

const OpenScreen = lazy(async () => ({
  default: (await import('../screens/open/open-screen.tsx')).OpenScreen,
}));
const InboxScreen = lazy(async () => ({
  default: (await import('../screens/inbox/inbox-screen.tsx')).InboxScreen,
}));
const ActivityScreen = lazy(async () => ({
  default: (await import('../screens/activity/activity-screen.tsx')).ActivityScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import('../screens/settings/settings-screen.tsx')).SettingsScreen,
}));

type Dropped = Awaited<ReturnType<typeof readDrop>>;

/** Rail, header and the place where one is. Files may be dropped anywhere. */
export function Workplace(): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const snapshot = useSnapshot();
  const [wanted, setPlace] = useState<Place>(snapshot.bundle === null ? 'send' : 'open');
  const [part, setPart] = useState<SettingsPart>('connections');
  const [connection, setConnection] = useState<string | null>(null);
  const place = placesOf(snapshot).some((one) => one.place === wanted) ? wanted : 'send';
  const intake = useIntake();
  const main = useRef<HTMLElement>(null);

  const go = useCallback((next: Place, part: SettingsPart = 'connections') => {
    setPlace(next);
    setPart(part);
    // Whoever uses a screen reader hears where they are.
    main.current?.focus();
  }, []);
  useShortcuts(go, snapshot);
  useIdle(snapshot.host.kind);

  // A bundle that was opened from outside brings its screen to the front.
  const bundle = snapshot.bundle?.id ?? null;
  const shown = useRef(bundle);
  useEffect(() => {
    if (bundle !== null && bundle !== shown.current) setPlace('open');
    shown.current = bundle;
  }, [bundle]);

  const addDocuments = useCallback(
    async (grants: readonly Grant[]): Promise<ErrorRecord | null> => {
      const answer = await run('addDocuments', { grants: grants.map(({ id }) => id) });
      return answer.ok ? null : answer.error;
    },
    [run],
  );
  const takeBundle = useCallback(
    async (grants: readonly Grant[]): Promise<ErrorRecord | null> => {
      const [first, ...others] = grants.map(({ id }) => id);
      if (first === undefined) return null;
      const answer = await run('takeBundle', { grants: [first, ...others] });
      return answer.ok ? null : answer.error;
    },
    [run],
  );
  const { clearError } = intake;
  const chooser = useBundleChooser(takeBundle, () => {
    clearError();
    setPlace('open');
  });
  const empty = snapshot.draft.documents === 0;
  const onDrop = useCallback(
    (files: Dropped) => {
      const names = files.map(({ file }) => file.name);
      const isOne = files.length === 1 || areVolumes(names);
      const sealed = isOne && names.every((name) => looksSealed(name, place === 'send'));
      const opens = place === 'open' || (sealed && (place !== 'send' || empty));
      setPlace(opens ? 'open' : 'send');
      const taken = opens && !isOne ? files.slice(0, 1) : files;
      void intake.take(taken, opens ? takeBundle : addDocuments);
    },
    [place, empty, intake, takeBundle, addDocuments],
  );

  return (
    <div className="workplace">
      <a className="skip" href="#main">
        {t('common.skip')}
      </a>
      <Rail place={place} onGo={go} />
      <div className="workplace-side">
        <Header place={place} connection={connection} />
        <main id="main" ref={main} tabIndex={-1} className="workplace-main" key={place}>
          <Boundary>
            <Suspense fallback={null}>
              {place === 'send' ? (
                <SendScreen
                  intake={intake}
                  addDocuments={addDocuments}
                  onConnection={setConnection}
                  onGo={go}
                />
              ) : place === 'open' ? (
                <OpenScreen intake={intake} chooser={chooser} onGo={go} />
              ) : place === 'inbox' ? (
                <InboxScreen onConnection={setConnection} onGo={go} />
              ) : place === 'activity' ? (
                <ActivityScreen />
              ) : (
                <SettingsScreen part={part} />
              )}
            </Suspense>
          </Boundary>
        </main>
      </div>
      <DropLayer
        label={place === 'open' ? t('common.dropBundleHere') : t('common.dropHere')}
        onDrop={onDrop}
      />
    </div>
  );
}

/** Names the place and the connection in use. */
function Header({
  place,
  connection,
}: {
  readonly place: Place;
  readonly connection: string | null;
}): ReactNode {
  const { t } = useWords();
  const { connections } = useSnapshot();
  const used = connections.find(({ id }) => id === connection);
  const shows = used !== undefined && (place === 'send' || place === 'inbox');
  return (
    <header className="header">
      <h1>{t(`common.places.${place}`)}</h1>
      {shows ? (
        <span className="tag cut">
          <Server size={13} aria-hidden />
          {used.name} · s3://{used.bucket}/{used.prefix}
        </span>
      ) : null}
    </header>
  );
}
