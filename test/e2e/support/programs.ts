import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestsUnder, type Digests } from './files.ts';

/** The archivers that recipients have, as far as they run here. Each takes an archive, a passphrase and a folder. */
const ARGUMENTS = {
  '7zz': (path: string, passphrase: string, into: string) => [
    'x',
    '-y',
    `-p${passphrase}`,
    `-o${into}`,
    path,
  ],
  bsdtar: (path: string, passphrase: string, into: string) => [
    '--passphrase',
    passphrase,
    '-xf',
    path,
    '-C',
    into,
  ],
} as const;

/** One of them. */
export type Archiver = keyof typeof ARGUMENTS;

/**
 * What an archiver takes out of an archive.
 *
 * @param archiver - which
 * @param path - of the archive
 * @param passphrase - of it
 */
export async function unpackedBy(
  archiver: Archiver,
  path: string,
  passphrase: string,
): Promise<Digests> {
  const into = mkdtempSync(join(tmpdir(), 'signet-e2e-unpacked-'));
  try {
    execFileSync(archiver, ARGUMENTS[archiver](path, passphrase, into), { stdio: 'pipe' });
    const digests = await digestsUnder(into);
    // What Signet itself adds to the sender's.
    delete digests['SHA256SUMS'];
    return digests;
  } finally {
    rmSync(into, { recursive: true });
  }
}
