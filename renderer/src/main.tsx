import '@fontsource-variable/inter/index.css';
import './style/tokens.css';
import './style/base.css';
import './style/ui.css';
import './shell/shell.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { preloadBridge } from './bridge/preload-bridge.ts';
import { reopen, startWebSession, webBridge } from './bridge/web-bridge.ts';
import { App } from './shell/app.tsx';
import { Lost } from './shell/lost.tsx';
import { CoreProvider } from './state/core.tsx';
import { createStore } from './state/store.ts';
import { startWords } from './words/words.ts';

async function start(): Promise<void> {
  const element = document.getElementById('root');
  if (element === null) throw new Error('no root');
  const root = createRoot(element);
  await startWords();
  const bridge = window.signet === undefined ? await overWeb() : preloadBridge(window.signet);
  if (bridge === null) {
    root.render(<Lost onReopen={reopen} />);
    return;
  }
  const core = { bridge, store: createStore(bridge) };
  root.render(
    <StrictMode>
      <CoreProvider core={core}>
        <App />
      </CoreProvider>
    </StrictMode>,
  );
}

async function overWeb(): Promise<ReturnType<typeof webBridge> | null> {
  const token = await startWebSession();
  return token === null ? null : webBridge(token);
}

void start();
