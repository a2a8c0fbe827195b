import { sha256 } from '@noble/hashes/sha2.js';
import { Breath } from './pause.ts';

const SLICE_BYTES = 1024 * 1024;

/**
 * SHA-256, by the browser where it can.
 *
 * @param bytes - all of them
 * @returns lower-case hex
 */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (subtle !== undefined) return hex(new Uint8Array(await subtle.digest('SHA-256', bytes)));
  const digest = sha256.create();
  const breath = new Breath();
  for (let start = 0; start < bytes.byteLength; start += SLICE_BYTES) {
    digest.update(bytes.subarray(start, start + SLICE_BYTES));
    await breath.take();
  }
  return hex(digest.digest());
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
