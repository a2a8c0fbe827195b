import { beforeAll, describe, expect, it } from 'vitest';
import {
  openEnvelope,
  sealEnvelope,
  type Lock,
  type Unlock,
} from '../../../app/envelope/envelope.ts';
import { readHeader } from '../../../app/envelope/header.ts';
import { generateKey } from '../../../app/envelope/keys.ts';
import { loadEngine } from '../../../app/envelope/load-engine.ts';
import { collect, pieces } from '../../support/streams.ts';
import { outcomeOf } from './watched.ts';

/*
 * Every bit of a header matters: its MAC covers every byte before itself, so no change may open, or end in anything but one of
 * these words.
 */
const CODES: ReadonlySet<string> = new Set([
  'bundle-damaged',
  'wrong-passphrase',
  'no-matching-key',
  'work-factor-too-high',
  'passphrase-needed',
  'key-needed',
]);

/** The next character, another digit, the other case, and beyond ASCII: what a change can make of a character. */
const BITS = [0x01, 0x04, 0x20, 0x80];

const engine = await loadEngine();
const anna = await generateKey('x25519');
const ben = await generateKey('x25519');

interface Case {
  readonly name: string;
  readonly lock: Lock;
  readonly unlock: Unlock;
}

const CASES: readonly Case[] = [
  {
    name: 'a passphrase bundle',
    lock: { kind: 'passphrase', passphrase: 'right', logN: 3 },
    // A changed digit may ask for more than 2^10, and time is short here.
    unlock: { passphrases: ['right'], identities: [], maxLogN: 12 },
  },
  {
    name: 'a bundle for two keys',
    lock: { kind: 'keys', recipients: [anna.recipient, ben.recipient] },
    unlock: { passphrases: [], identities: [ben.identity] },
  },
];

describe.each(CASES)('the header of $name', ({ lock, unlock }) => {
  let file: Buffer;
  let headerBytes: number;

  beforeAll(async () => {
    file = await collect(await sealEnvelope(engine, lock, pieces(Buffer.from('a passport'))));
    headerBytes = (await readHeader(pieces(file))).header.byteLength;
  });

  async function codeFor(altered: Buffer): Promise<string> {
    const { bytes, error } = await outcomeOf(openEnvelope(engine, pieces(altered), unlock));
    expect(bytes).toHaveLength(0);
    return error?.code ?? 'opened';
  }

  it('opens as it is', async () => {
    const { bytes, error } = await outcomeOf(openEnvelope(engine, pieces(file), unlock));
    expect(error).toBeUndefined();
    expect(String(bytes)).toBe('a passport');
  });

  it('does not open with any one byte changed', async () => {
    expect(headerBytes).toBeGreaterThan(140);
    const seen = new Set<string>();
    for (let at = 0; at < headerBytes; at += 1)
      for (const bit of BITS) {
        const altered = Buffer.from(file);
        altered[at]! ^= bit;
        const code = await codeFor(altered);
        expect(CODES, `byte ${String(at)}, bit ${String(bit)}`).toContain(code);
        seen.add(code);
      }
    // Both the form and the content of the header were hit.
    expect(seen.size).toBeGreaterThanOrEqual(2);
  });

  it('does not open with any one byte left out, doubled, or made a line break', async () => {
    for (let at = 0; at < headerBytes; at += 1) {
      const [before, byte, behind] = [
        file.subarray(0, at),
        file.subarray(at, at + 1),
        file.subarray(at + 1),
      ];
      const variants = [
        [before, behind],
        [before, byte, byte, behind],
      ];
      if (byte[0] !== 0x0a) variants.push([before, Buffer.from('\n'), behind]);
      for (const parts of variants)
        expect(CODES, `byte ${String(at)}`).toContain(await codeFor(Buffer.concat(parts)));
    }
  });

  it('does not open with the header of another bundle for the same people', async () => {
    const other = await collect(await sealEnvelope(engine, lock, pieces(Buffer.from('a visa'))));
    const mixed = Buffer.concat([
      (await readHeader(pieces(other))).header,
      file.subarray(headerBytes),
    ]);
    expect(await codeFor(mixed)).toBe('bundle-damaged');
  });
});
