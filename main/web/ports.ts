import { AppError } from '../../app/contract/errors.ts';
import type { HostPorts } from '../../app/contract/host.ts';
import { requireMailto, requireMessage } from '../node/mail-files.ts';
import type { SecretStore } from '../node/secrets.ts';
import type { Downloads } from './downloads.ts';
import type { Opener } from './opener.ts';

/** The only addresses outside that are ever opened, but for a message in the making. */
const PAGES = { age: 'https://age-encryption.org/v1', messages: 'sms:' } as const;

/**
 * What the core may ask of a host whose screen is in a browser. Dialogs, clipboard and protection from screenshots are the page's own
 * business there: what the core should not ask for is answered by `host-failed`.
 *
 * @param secrets - the keychain
 * @param downloads - of this host
 * @param opener - for folders, messages and addresses
 * @param outbox - the folder in which drafts lie
 */
export function webPorts(
  secrets: SecretStore,
  downloads: Pick<Downloads, 'offer'>,
  opener: Opener,
  outbox: string,
): HostPorts {
  const none = (): Promise<never> => Promise.reject(new AppError('host-failed', {}));
  const mustWork = async (attempt: Promise<boolean>): Promise<void> => {
    if (!(await attempt)) throw new AppError('host-failed', {});
  };
  return {
    chooseFiles: none,
    chooseFolder: none,
    copyText: none,
    showInFolder: (path) => mustWork(opener.reveal(path)),
    openPage: (page) => mustWork(opener.open(PAGES[page])),
    openMessage: async (path) => mustWork(opener.open(await requireMessage(outbox, path))),
    openMailto: async (url) => mustWork(opener.open(requireMailto(url))),
    protectContent: () => Promise.resolve(),
    readSecret: (name) => secrets.read(name),
    writeSecret: (name, secret) => secrets.write(name, secret),
    removeSecret: (name) => secrets.remove(name),
    offerDownload: (file, name) => Promise.resolve(downloads.offer(file, name)),
  };
}
