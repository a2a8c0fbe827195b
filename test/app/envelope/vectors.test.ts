import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../app/contract/errors.ts';
import { ENGINE_NAMES, type Engine } from '../../../app/envelope/engine.ts';
import { openEnvelope } from '../../../app/envelope/envelope.ts';
import { loadEngine } from '../../../app/envelope/load-engine.ts';
import { pieces } from '../../support/streams.ts';
import { VECTORS, type Vector } from './vectors.ts';
import { outcomeOf } from './watched.ts';

/*
 * Age's own test vectors (C2SP/CCTV). A vector is opened whole, in pieces of several sizes that fit no structure of the format,
 * and byte by byte; the outcome must be the same down to the data of the error.
 */
const PIECE_SIZES = [7, 64, 1000, 65_552];
/** A byte at a time costs about a microsecond each, so larger vectors, of up to 17 MB, get large pieces only. */
const BYTEWISE_UP_TO = 70_000;
const SMALL_PIECES_UP_TO = 1_000_000;

/** How each expectation shows in Signet's errors. */
const CODES: Readonly<Record<Exclude<Vector['expect'], 'success'>, readonly string[]>> = {
  'no match': ['wrong-passphrase', 'no-matching-key'],
  // The library throws alike for a header that it cannot read and for one whose MAC is wrong: both are a damaged header.
  'HMAC failure': ['bundle-damaged header malformed'],
  'header failure': ['bundle-damaged header malformed', 'bundle-damaged header truncated'],
  'payload failure': [
    'bundle-damaged payload truncated',
    'bundle-damaged payload trailing-data',
    'bundle-damaged payload not-authentic',
  ],
  'armor failure': [
    'bundle-damaged armor malformed',
    'bundle-damaged armor truncated',
    'bundle-damaged armor trailing-data',
  ],
};

/** Where Signet says something else, and why that is as good. */
const DEVIATIONS: ReadonlyMap<string, string> = new Map([
  // Nothing but armor and white space may begin an armored file, so this one is not taken for armored at all.
  ['armor_garbage_leading', 'bundle-damaged header malformed'],
  // Armor around nothing is refused as armor, before anybody looks for a header in it.
  ['armor_empty', 'bundle-damaged armor truncated'],
  // The specification counts the nonce to the payload; only the API of the Go library reads it along with the header.
  ['stream_no_nonce', 'bundle-damaged payload truncated'],
  ['stream_short_nonce', 'bundle-damaged payload truncated'],
  // The vectors say that these may be refused; Signet tells the person that a limit was the reason.
  ['scrypt_work_factor_23', 'work-factor-too-high'],
  ['scrypt_work_factor_overflow', 'work-factor-too-high'],
  // Without a stanza of a known type nothing shows that a passphrase was meant, and the vector comes without identities.
  ['scrypt_uppercase', 'key-needed'],
]);

const engines = await Promise.all(ENGINE_NAMES.map((name) => loadEngine(name)));

interface Opened {
  /** `success`, or the error's code and data. */
  readonly outcome: string;
  /** Of the plaintext that was released. */
  readonly sha256: string;
  readonly released: number;
}

async function open(
  engine: Engine,
  { file, identities, passphrases }: Vector,
  pieceSize: number,
): Promise<Opened> {
  const { bytes, error } = await outcomeOf(
    openEnvelope(engine, pieces(file, pieceSize), { identities, passphrases }),
  );
  return {
    outcome: error === undefined ? 'success' : describeError(error),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    released: bytes.byteLength,
  };
}

function describeError({ code, data }: AppError): string {
  return 'part' in data && 'damage' in data ? `${code} ${data.part} ${data.damage}` : code;
}

function allowed({ name, expect: expected }: Vector): readonly string[] {
  const deviation = DEVIATIONS.get(name);
  if (deviation !== undefined) return [deviation];
  return expected === 'success' ? ['success'] : CODES[expected];
}

function pieceSizes({ file }: Vector): number[] {
  if (file.byteLength <= BYTEWISE_UP_TO) return [1, ...PIECE_SIZES];
  return PIECE_SIZES.filter((size) => file.byteLength <= SMALL_PIECES_UP_TO || size > 1000);
}

describe("age's own vectors", () => {
  it('are all there', () => {
    // An empty or partial import would otherwise pass everything below.
    expect(VECTORS).toHaveLength(143);
    const counts = Object.groupBy(VECTORS, (vector) => vector.expect);
    expect(
      Object.fromEntries(Object.entries(counts).map(([key, list]) => [key, list.length])),
    ).toEqual({
      success: 26,
      'no match': 13,
      'HMAC failure': 1,
      'header failure': 62,
      'payload failure': 19,
      'armor failure': 22,
    });
    for (const name of DEVIATIONS.keys())
      expect(VECTORS.map((vector) => vector.name)).toContain(name);
  });

  it.each(VECTORS)('$name: $expect, in pieces of any size', async (vector) => {
    const [openssl] = engines as [Engine];
    const whole = await open(openssl, vector, Math.max(1, vector.file.byteLength));
    expectAllowed(vector, whole);
    for (const size of pieceSizes(vector))
      expect(await open(openssl, vector, size), `in pieces of ${String(size)}`).toEqual(whole);
  });

  it.each(engines.slice(1))('end in the same way with the $name engine', async (engine) => {
    const vectors = VECTORS.filter(({ file }) => file.byteLength <= SMALL_PIECES_UP_TO);
    expect(vectors).toHaveLength(VECTORS.length - 3);
    for (const vector of vectors)
      expectAllowed(vector, await open(engine, vector, Math.max(1, vector.file.byteLength)));
  });
});

function expectAllowed(vector: Vector, { outcome, sha256, released }: Opened): void {
  expect(allowed(vector), vector.name).toContain(outcome);
  // Also what was released before a failure counts, as the README of the vectors asks for.
  if (vector.payload !== undefined) expect(sha256, vector.name).toBe(vector.payload);
  else expect(released, vector.name).toBe(0);
}
