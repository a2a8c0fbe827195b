import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../app/app.ts';
import { digestsUnder, type Digests } from './files.ts';

/** What a bundle turned out to hold. */
export interface Contents {
  readonly note: string | undefined;
  /** The SHA-256 of each, by its name inside the bundle. */
  readonly documents: Digests;
}

/**
 * Opens a bundle with the core itself and reads all of it.
 *
 * @param path - of the bundle
 * @param secret - a passphrase, or an identity
 */
export async function contentsOf(
  path: string,
  secret: { readonly passphrase: string } | { readonly identities: readonly string[] },
): Promise<Contents> {
  const directory = await mkdtemp(join(tmpdir(), 'signet-e2e-opened-'));
  try {
    const { note } = await createApp().open({
      path,
      ...secret,
      into: { directory, onConflict: 'fail' },
    });
    const documents = await digestsUnder(directory);
    // What Signet itself adds to the sender's.
    delete documents['SHA256SUMS'];
    if (note !== undefined) delete documents['NOTE.txt'];
    return { note, documents };
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** A passphrase of words that are on the list. */
export const PASSPHRASE = 'anthem-bagpipe-cactus-dawdler-elbow-fabulous-geek';

/**
 * Seals documents with the core itself.
 *
 * @param path - of the new bundle
 * @param documents - paths
 * @param how - quickly unless something else is said: with little work to turn the passphrase into a key
 */
export async function makeBundle(
  path: string,
  documents: readonly string[],
  how: {
    readonly note?: string;
    readonly recipients?: readonly string[];
    readonly logN?: number;
  } = {},
): Promise<string> {
  const { note, recipients, logN = 10 } = how;
  await createApp({ logN }).seal(
    {
      paths: documents,
      note,
      lock:
        recipients === undefined
          ? { kind: 'own', passphrase: PASSPHRASE }
          : { kind: 'keys', recipients },
    },
    { path },
  );
  return path;
}
