import type { App, WebContents } from 'electron';

/** What of a page's contents is watched. */
type GuardedContents = Pick<WebContents, 'on' | 'setWindowOpenHandler'>;

/**
 * Keeps a page where it is: it leads nowhere, opens no window and holds no other page.
 *
 * @param contents - of any window
 */
function confine(contents: GuardedContents): void {
  const refuse = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
  };
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/**
 * Confines every page that will ever be made, however it came about.
 *
 * @param app - Electron's
 */
export function confineAll(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => {
    confine(contents);
  });
}
