import { AppError } from '../contract/errors.ts';
import type { RevealedPassphrase } from '../contract/answers.ts';
import type { CommandInput } from '../contract/commands.ts';
import { requireHost, requireRoom } from './available.ts';
import type { Handlers } from './handler.ts';
import { fromHost } from './host-calls.ts';
import { revealed } from './lock.ts';
import type { Parts } from './parts.ts';
import { startSealing } from './sealing.ts';

type SendCommand =
  | 'addDocuments'
  | 'listDocuments'
  | 'renameDocument'
  | 'removeDocuments'
  | 'previewDocument'
  | 'clearDraft'
  | 'newPassphrase'
  | 'setPassphrase'
  | 'setRecipients'
  | 'measurePassphrase'
  | 'setFormat'
  | 'advise'
  | 'revealPassphrase'
  | 'hidePassphrase'
  | 'copyPassphrase'
  | 'seal'
  | 'markShared'
  | 'closeReceipt'
  | 'downloadBundle';

/**
 * The Send screen and its receipts.
 *
 * @param parts - of the session
 */
export function sendHandlers(parts: Parts): Handlers<SendCommand> {
  const { app, draft, grants, ports, receipts, activity, passphrases } = parts;
  const passphraseOf = (of: CommandInput<'revealPassphrase'>['of']): RevealedPassphrase => {
    if (of !== 'draft') return receipts.passphrase(of.receipt);
    const passphrase = revealed(draft.lock);
    if (passphrase === undefined) throw new AppError('passphrase-forgotten', {});
    return passphrase;
  };
  return {
    addDocuments: async ({ grants: ids }) => {
      const chosen = Array.from(new Set(ids), (id) => grants.find(id));
      return { added: await draft.add(chosen) };
    },
    listDocuments: () => draft.documents(),
    renameDocument: ({ document, name }) => {
      draft.rename(document, name);
      return null;
    },
    removeDocuments: async ({ documents }) => {
      await draft.remove(documents);
      return null;
    },
    previewDocument: async ({ document }) => {
      const picture = await draft.preview(document);
      if (picture === null) return null;
      const { type, bytes } = picture;
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return { type, base64: buffer.toString('base64') };
    },
    clearDraft: async () => {
      await draft.clear();
      return null;
    },
    newPassphrase: ({ words }) => draft.newPassphrase(words),
    setPassphrase: async ({ passphrase }) => {
      const lock = await draft.setPassphrase(passphrase);
      passphrases.remember(passphrase);
      return lock;
    },
    setRecipients: ({ recipients }) => draft.setRecipients(recipients),
    measurePassphrase: async ({ passphrase }) => {
      const { bits, enough, floor } = await app.measurePassphrase(passphrase, draft.format);
      return { bits, enough, floor };
    },
    setFormat: ({ format, hideNames }) => draft.setFormat(format, hideNames),
    advise: (question) => {
      const { bytes, documents } = draft.view();
      return app.advise({ ...question, bytes, documents });
    },
    revealPassphrase: async ({ of }) => {
      passphraseOf(of);
      // First, so that no moment is left in which it could be recorded.
      await fromHost(() => ports.protectContent(true));
      return passphraseOf(of);
    },
    hidePassphrase: async () => {
      await fromHost(() => ports.protectContent(false));
      return null;
    },
    copyPassphrase: async ({ of }) => {
      requireHost(parts, 'electron', 'copyPassphrase');
      const { passphrase } = passphraseOf(of);
      await fromHost(() => ports.copyText(passphrase, true));
      return null;
    },
    seal: async (input) => {
      if (input.to.kind === 'download') requireHost(parts, 'web', 'seal');
      requireRoom(parts, 'seal');
      return { job: await startSealing(parts, input) };
    },
    markShared: async ({ receipt }) => {
      const { bundle, location, sha256 } = receipts.find(receipt).view;
      if (receipts.markShared(receipt))
        await activity.add({ kind: 'share', bundle, location, sha256, result: 'done' });
      return null;
    },
    closeReceipt: async ({ receipt }) => {
      await receipts.close(receipt);
      return null;
    },
    downloadBundle: async ({ receipt, message }) => {
      requireHost(parts, 'web', 'downloadBundle');
      const { file, name } =
        message === undefined ? bundleOf(parts, receipt) : draftOf(parts, receipt, message);
      return { path: await fromHost(() => ports.offerDownload(file, name)) };
    },
  };
}

interface Downloadable {
  readonly file: string;
  /** What the browser is to call it. */
  readonly name: string;
}

function bundleOf({ receipts }: Parts, id: string): Downloadable {
  const { view, path } = receipts.find(id);
  const offered = view.to.kind === 'download' || view.to.kind === 'email';
  if (!offered || path === undefined)
    throw new AppError('not-available', { command: 'downloadBundle' });
  return { file: path, name: view.bundle };
}

function draftOf({ receipts }: Parts, id: string, number: number): Downloadable {
  const { view, draft } = receipts.message(id, number);
  if (draft === undefined) throw new AppError('not-available', { command: 'downloadBundle' });
  return { file: draft.path, name: `${view.attachment}.eml` };
}
