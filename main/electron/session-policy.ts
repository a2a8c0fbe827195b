import type { Session } from 'electron';
import { PAGE_ORIGIN } from './channels.ts';

/** What of an Electron session is told what not to do. */
export type GuardedSession = Pick<
  Session,
  | 'on'
  | 'setBluetoothPairingHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setSpellCheckerEnabled'
> & { readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> };

/**
 * Tells whether the page may load an address: its own files, and pictures that it made itself.
 *
 * @param url - whole
 * @param devTools - whether the developer tools may load themselves
 */
export function mayLoad(url: string, devTools: boolean): boolean {
  return (
    url.startsWith(`${PAGE_ORIGIN}/`) ||
    url.startsWith(`blob:${PAGE_ORIGIN}/`) ||
    (devTools && url.startsWith('devtools://'))
  );
}

/**
 * Denies a session everything that the screen does not need. Electron grants what is not denied.
 *
 * @param session - of the window
 * @param devTools - whether the developer tools may load themselves
 */
export function denyAll(session: GuardedSession, devTools: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => {
    callback(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, callback) => {
    callback({ confirmed: false });
  });
  session.setDisplayMediaRequestHandler((_request, callback) => {
    callback(null);
  });
  // Its dictionaries come from the network, and it would learn what is typed.
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !mayLoad(details.url, devTools) });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}
