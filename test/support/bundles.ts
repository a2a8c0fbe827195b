import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '../../app/contract/job.ts';
import type { ConflictPolicy } from '../../app/contract/records.ts';
import { sealEnvelope } from '../../app/envelope/envelope.ts';
import { generateKey } from '../../app/envelope/keys.ts';
import { loadEngine } from '../../app/envelope/load-engine.ts';
import { openBundle, type OpenedBundle } from '../../app/receive.ts';
import { collect, pieces } from './streams.ts';

/** A key pair for tests in which the lock does not matter: unlike a passphrase, it costs no time. */
export const testKey = await generateKey('x25519');

/**
 * Seals any payload, however hostile, for the test key.
 *
 * @param path - the bundle to write
 * @param payload - the plaintext
 * @returns the path
 */
export async function writeBundle(path: string, payload: Uint8Array): Promise<string> {
  const envelope = await sealEnvelope(
    await loadEngine(),
    { kind: 'keys', recipients: [testKey.recipient] },
    pieces(payload),
  );
  writeFileSync(path, await collect(envelope));
  return path;
}

/**
 * Opens a payload, however hostile, the whole way in: as a bundle in a folder of its own.
 *
 * @param payload - the plaintext
 * @param directory - where the documents are to go
 * @param options - how
 * @param job - may be cancelled
 */
export async function openPayloadInto(
  payload: Uint8Array,
  directory: string,
  options: {
    readonly onConflict?: ConflictPolicy;
    readonly maxEntries?: number;
    /** The bundle's file name. */
    readonly name?: string;
  } = {},
  job: Job = {},
): Promise<OpenedBundle> {
  const folder = mkdtempSync(join(tmpdir(), 'signet-bundle-'));
  try {
    const path = await writeBundle(join(folder, options.name ?? 'bundle.tar.age'), payload);
    return await openBundle(
      {
        path,
        identities: [testKey.identity],
        into: { directory, onConflict: options.onConflict ?? 'fail' },
        maxEntries: options.maxEntries,
      },
      job,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
