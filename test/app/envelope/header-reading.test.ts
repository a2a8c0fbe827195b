import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectEnvelope, openEnvelope } from '../../../app/envelope/envelope.ts';
import { AGE_INTRO, readHeader, sealHeader } from '../../../app/envelope/header.ts';
import { generateKey } from '../../../app/envelope/keys.ts';
import { loadEngine } from '../../../app/envelope/load-engine.ts';
import { collect } from '../../support/streams.ts';
import { cut, failure, Watched } from './watched.ts';

const LIMIT = 256 * 1024;
const engine = await loadEngine();
const anna = await generateKey('x25519');
const { header } = await sealHeader({ kind: 'keys', recipients: [anna.recipient] });
const payload = randomBytes(5000);
const file = Buffer.concat([header, payload]);
const unlock = { passphrases: [], identities: [anna.identity] };

/** A header of one stanza for nobody whose body makes it as long as is wanted. */
function headerOfLength(bytes: number): Buffer {
  const start = `${AGE_INTRO}-> nobody at all\n`;
  const end = `\n--- ${'A'.repeat(43)}\n`;
  const body = bytes - start.length - end.length;
  const lines = 'A'.repeat(64) + '\n';
  const text = lines.repeat(Math.ceil(body / lines.length)).slice(0, body - 1) + 'A';
  return Buffer.from(start + text + end);
}

describe('reading a header', () => {
  it('ends with the MAC line, wherever the file is cut, and leaves the rest whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: 6000 })), { minLength: 1 }),
        async (sizes) => {
          const read = await readHeader(new Watched(cut(file, sizes)));
          expect(Buffer.from(read.header).equals(header)).toBe(true);
          expect((await collect(read.rest)).equals(payload)).toBe(true);
        },
      ),
    );
  });

  it('does the same in pieces of every size up to the whole', async () => {
    for (let size = 1; size <= header.byteLength + 20; size += 1) {
      const read = await readHeader(new Watched(cut(file, [size])));
      expect(Buffer.from(read.header).equals(header)).toBe(true);
      expect((await collect(read.rest)).equals(payload)).toBe(true);
    }
  });

  it('takes nothing beyond the piece in which it ends', async () => {
    const source = new Watched(cut(file, [1]));
    await readHeader(source);
    expect(source.taken).toBe(header.byteLength);
  });

  it('finds a file truncated that ends within it, at every byte', async () => {
    for (let end = 0; end < header.byteLength; end += 1) {
      const source = new Watched(cut(header.subarray(0, end), [1000]));
      expect((await failure(readHeader(source))).data).toEqual({
        part: 'header',
        damage: 'truncated',
      });
    }
  });

  // The answer must not depend on how much came at once.
  it.each([1000, 65_536, 1_000_000])(
    'accepts 256 KiB and not a byte more, in pieces of %i',
    async (size) => {
      const longest = headerOfLength(LIMIT);
      expect(longest).toHaveLength(LIMIT);
      const read = await readHeader(new Watched(cut(Buffer.concat([longest, payload]), [size])));
      expect(Buffer.from(read.header).equals(longest)).toBe(true);
      const tooLong = new Watched(cut(Buffer.concat([headerOfLength(LIMIT + 1), payload]), [size]));
      expect((await failure(readHeader(tooLong))).data).toEqual({
        part: 'header',
        damage: 'malformed',
      });
    },
  );
});

describe('an endless header', () => {
  function* endless(text: string): Generator<Uint8Array> {
    yield Buffer.from(AGE_INTRO);
    for (;;) yield Buffer.from(text.repeat(10));
  }

  const bodies = [
    ['of one line', 'A'.repeat(100)],
    ['of line breaks', '\n'.repeat(100)],
    ['of stanzas', `-> X25519 ${'A'.repeat(43)}\n${'A'.repeat(43)}\n`],
    ['of one stanza', `${'A'.repeat(64)}\n`],
    ['of what almost is the last line', '\n--'],
    ['of a last line without an end', ' --- '],
  ] as const;

  it.each(bodies)('%s is given up within 256 KiB, and its source closed', async (_how, text) => {
    for (const read of [
      readHeader,
      inspectEnvelope,
      (source: Watched) => openEnvelope(engine, source, unlock),
    ]) {
      const source = new Watched(endless(text));
      expect((await failure(read(source))).data).toEqual({ part: 'header', damage: 'malformed' });
      // And the piece that went over it.
      expect(source.taken).toBeLessThanOrEqual(LIMIT + 2000);
      expect(source.closed).toBe(true);
    }
  });

  it('without any break of the MAC line is given up, too', async () => {
    function* source(): Generator<Uint8Array> {
      yield Buffer.from(`${AGE_INTRO}-> X25519 abc\nabc\n--- `);
      for (;;) yield Buffer.alloc(1000, 'A');
    }
    const watched = new Watched(source());
    expect((await failure(readHeader(watched))).code).toBe('bundle-damaged');
    expect(watched.taken).toBeLessThanOrEqual(LIMIT + 1000);
  });
});

describe('what follows a header', () => {
  it('is closed through to the source, also when nothing of it was read', async () => {
    const source = new Watched(cut(file, [100]));
    const { rest } = await readHeader(source);
    await rest.return?.();
    expect(source.closed).toBe(true);
    expect(await rest.next()).toMatchObject({ done: true });
  });
});
