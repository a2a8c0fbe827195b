import type { App, BrowserWindow, Dialog } from 'electron';
import type { Session } from '../../app/contract/host.ts';
import type { Words } from './words.ts';

/** A core that does not answer any more must not keep the program alive. */
const PATIENCE_MS = 10_000;

/** What ending takes. */
export interface Ending {
  readonly app: Pick<App, 'on' | 'quit'>;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly session: () => Promise<Pick<Session, 'close' | 'running'>>;
  readonly window: () => BrowserWindow | undefined;
  readonly words: () => Words;
  /** Everything else that is to be put away. */
  readonly tidy: () => Promise<void>;
}

/** The two ways of ending. */
export interface Closing {
  /** To be asked by a window that is about to close. */
  onClose(event: { preventDefault: () => void }): void;
  /** Ends without asking. */
  now(): Promise<void>;
}

/**
 * Makes an orderly end: asks while something runs, then cancels it, which leaves nothing half-made, forgets what is secret, and quits.
 *
 * @param ending - what it takes
 */
export function orderlyEnd(ending: Ending): Closing {
  let state: 'open' | 'asking' | 'closing' | 'closed' = 'open';

  const now = async (): Promise<void> => {
    if (state === 'closing' || state === 'closed') return;
    state = 'closing';
    const closing = ending
      .session()
      .then((session) => session.close())
      .then(ending.tidy);
    await Promise.race([closing.catch(() => undefined), patience()]);
    state = 'closed';
    ending.app.quit();
  };

  const ask = async (): Promise<void> => {
    if (state !== 'open') return;
    state = 'asking';
    const session = await ending.session().catch(() => undefined);
    const running = (await session?.running().catch(() => 0)) ?? 0;
    if (running > 0 && !(await agrees(ending))) {
      state = 'open';
      return;
    }
    await now();
  };

  const onClose = (event: { preventDefault: () => void }): void => {
    if (state === 'closed') return;
    event.preventDefault();
    void ask();
  };
  ending.app.on('before-quit', onClose);
  return { onClose, now };
}

async function agrees({ dialog, window, words }: Ending): Promise<boolean> {
  const said = words();
  const options = {
    type: 'question' as const,
    message: said.quitWhileWorking,
    detail: said.quitWhileWorkingDetail,
    buttons: [said.keepWorking, said.stopAndQuit],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const parent = window();
  const { response } = await (parent === undefined
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(parent, options));
  return response === 1;
}

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS).unref();
  });
}
