import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../app/app.ts';
import { testKey } from './bundles.ts';
import { patternBytes, writeDocuments } from './documents.ts';
import { temporaryFolder } from './temporary.ts';

/** Strong, and made of list words, so that every help with typing applies. */
export const PASSPHRASE = 'clambake-pretended-deface-sapling-finishing-zombie';
/** Somebody else's. */
export const OTHER_PASSPHRASE = 'endocrine-pulp-roundish-overexert-panning-chastise';

/** What the documents of a workspace hold. */
export const CONTENTS = { 'passport.jpg': patternBytes(300_000), 'degree.pdf': 'degree\n' };

/** Options with which a command seals to the test key. */
export const TO_KEY = ['-r', testKey.recipient];

/**
 * A folder as somebody would have it who works with Signet: two documents, `passport.jpg` and `degree.pdf`, the test key in
 * `key.txt`, the passphrase in `secret.txt`, another one in `other.txt`.
 */
export function workspace(): string {
  return writeDocuments(temporaryFolder(), {
    ...CONTENTS,
    'key.txt': `${testKey.identity}\n`,
    'secret.txt': `${PASSPHRASE}\n`,
    'other.txt': `${OTHER_PASSPHRASE}\n`,
  });
}

/** How a bundle is sealed, as far as it is not as usual. */
export interface Sealing {
  /** To the passphrase instead of the test key; its work factor is low, so that opening costs no time. */
  readonly passphrase?: boolean;
  readonly note?: string;
  readonly paths?: readonly string[];
}

/**
 * Seals documents of a workspace, without a process.
 *
 * @param folder - of the workspace
 * @param name - of the bundle in it
 * @param sealing - what is not as usual
 * @returns its SHA-256
 */
export async function sealIn(folder: string, name: string, sealing: Sealing = {}): Promise<string> {
  const { passphrase = false, note, paths = Object.keys(CONTENTS) } = sealing;
  const { sha256 } = await createApp({ logN: 4 }).seal(
    {
      paths: paths.map((path) => join(folder, path)),
      note,
      lock: passphrase
        ? { kind: 'own', passphrase: PASSPHRASE }
        : { kind: 'keys', recipients: [testKey.recipient] },
    },
    { path: join(folder, name) },
  );
  return sha256;
}

/**
 * Writes an identity file.
 *
 * @param folder - where
 * @param name - its name there
 * @param identity - the secret half; the test key's unless given
 */
export function writeKeyFile(folder: string, name: string, identity = testKey.identity): void {
  writeFileSync(join(folder, name), `${identity}\n`);
}
