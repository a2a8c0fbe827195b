import type { BrowserWindow, Shell } from 'electron';
import { AppError } from '../../app/contract/errors.ts';
import type { HostPorts } from '../../app/contract/host.ts';
import type { Copying } from './clipboard.ts';
import { dialogPorts, type Choosing } from './dialogs.ts';
import { openMailto, openMessage, openPage } from './external.ts';
import type { Secrets } from './secrets.ts';

/** What the ports are made of. */
export interface PortParts extends Choosing {
  readonly copying: Pick<Copying, 'copyText'>;
  readonly secrets: Secrets;
  readonly shell: Pick<Shell, 'openExternal' | 'openPath' | 'showItemInFolder'>;
  /** The folder in which drafts lie. */
  readonly outbox: string;
  readonly window: () => BrowserWindow | undefined;
}

/**
 * All that the core may ask of this host.
 *
 * @param parts - what it is made of
 */
export function electronPorts(parts: PortParts): HostPorts {
  const { copying, outbox, secrets, shell } = parts;
  return {
    ...dialogPorts(parts),
    copyText: (text, secret) => copying.copyText(text, secret),
    showInFolder: (path) => {
      shell.showItemInFolder(path);
      return Promise.resolve();
    },
    openPage: (page) => openPage(shell, page),
    openMessage: (path) => openMessage(shell, outbox, path),
    openMailto: (url) => openMailto(shell, url),
    protectContent: (on) => {
      parts.window()?.setContentProtection(on);
      return Promise.resolve();
    },
    readSecret: (name) => secrets.readSecret(name),
    writeSecret: (name, secret) => secrets.writeSecret(name, secret),
    removeSecret: (name) => secrets.removeSecret(name),
    // Only a browser needs it: here a bundle is saved where it belongs.
    offerDownload: () =>
      Promise.reject(new AppError('not-available', { command: 'downloadBundle' })),
  };
}
