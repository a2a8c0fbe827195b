import { useEffect, type ReactNode } from 'react';
import { reopen } from '../bridge/web-bridge.ts';
import { ChooseProvider } from '../choose/choose.tsx';
import { SnapshotProvider, useKnown } from '../state/core.tsx';
import { languageFor, speak } from '../words/words.ts';
import { Lost } from './lost.tsx';
import { Mark } from './mark.tsx';
import { Workplace } from './workplace.tsx';

/** The whole screen, once there is something to show. */
export function App(): ReactNode {
  const { snapshot, lost } = useKnown();
  const theme = snapshot?.settings.theme;
  const language = snapshot?.settings.language;
  useEffect(() => {
    if (theme === undefined) return;
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useEffect(() => {
    if (language !== undefined) void speak(languageFor(language));
  }, [language]);
  // Only a page in a browser can ask for another one.
  if (lost) return <Lost {...(window.signet === undefined ? { onReopen: reopen } : {})} />;
  if (snapshot === null)
    return (
      <main className="lost" aria-busy>
        <Mark size={40} />
      </main>
    );
  return (
    <SnapshotProvider snapshot={snapshot}>
      <ChooseProvider>
        <Workplace />
      </ChooseProvider>
    </SnapshotProvider>
  );
}
