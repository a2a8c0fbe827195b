import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clipboard } from 'electron';

/** How long a secret may lie on the clipboard. */
const SECRET_FOR_MS = 60_000;

/** Puts texts on the clipboard and takes secrets away again. */
export interface Copying {
  copyText(text: string, secret: boolean): Promise<void>;
  /** Takes the last secret away now, if it is still there. */
  clearSecret(): Promise<void>;
}

/**
 * Makes copying. What is remembered of a secret is its digest: the passphrase may long be forgotten when the clipboard is looked at.
 *
 * @param clipboard - Electron's
 */
export function createCopying(
  clipboard: Pick<Clipboard, 'clear' | 'readText' | 'writeText'>,
): Copying {
  let last: { readonly digest: Buffer; readonly timer: NodeJS.Timeout } | undefined;

  const forget = (): void => {
    clearTimeout(last?.timer);
    last = undefined;
  };
  const clearSecret = async (): Promise<void> => {
    if (last === undefined) return;
    const { digest } = last;
    forget();
    if (timingSafeEqual(digestOf(await clipboard.readText()), digest)) clipboard.clear();
  };
  return {
    copyText: async (text, secret) => {
      forget();
      await clipboard.writeText(text);
      if (!secret) return;
      const timer = setTimeout(() => {
        // A clipboard that cannot be read holds nothing that could be cleared.
        clearSecret().catch(() => undefined);
      }, SECRET_FOR_MS);
      last = { digest: digestOf(text), timer };
    },
    clearSecret,
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
