import { createHash } from 'node:crypto';
import { Decrypter } from 'age-encryption';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { headerEnd } from '../../../renderer/page/reader/header.ts';
import { openPayload } from '../../../renderer/page/reader/payload.ts';
import { Pieces } from '../../../renderer/page/reader/pieces.ts';
import { VECTORS, type Vector } from '../../app/envelope/vectors.ts';
import { collect, pieces } from '../../support/streams.ts';
import { BROWSERS, failureOf, useBrowser } from './outcomes.ts';

/* Age's own test vectors (C2SP/CCTV) for the payload: the library finds the file key, the page's code does the rest. */
const CASES = VECTORS.filter(
  ({ name, expect: result }) =>
    name.startsWith('stream_') && (result === 'success' || result === 'payload failure'),
);

afterEach(() => {
  vi.restoreAllMocks();
});

async function open(
  { file, identities, passphrases }: Vector,
  browser: (typeof BROWSERS)[number],
): Promise<Buffer> {
  const end = headerEnd(file);
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  for (const passphrase of passphrases) decrypter.addPassphrase(passphrase);
  const fileKey = await decrypter.decryptHeader(file.subarray(0, end));
  // The library needs cryptography for the keys of the vectors.
  useBrowser(browser);
  const payload = file.subarray(end);
  const done: number[] = [];
  const plaintext = openPayload(
    fileKey,
    new Pieces(pieces(payload, 100_000)),
    payload.byteLength,
    (bytes) => done.push(bytes),
  );
  const bytes = await collect(plaintext);
  expect(done.at(-1)).toBe(payload.byteLength);
  return bytes;
}

describe.each(BROWSERS)('in %s', (browser) => {
  test.each(CASES.map((vector) => [vector.name, vector] as const))('%s', async (_name, vector) => {
    if (vector.expect === 'success') {
      const bytes = await open(vector, browser);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(vector.payload);
    } else expect(await failureOf(open(vector, browser))).toMatch(/^bundle-damaged payload /);
  });
});
