import { randomBytes } from 'node:crypto';
import { armor as library } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARMOR_BEGIN, decodeArmor } from '../../../app/envelope/armor.ts';
import { collect } from '../../support/streams.ts';
import { cut, failure, Watched } from './watched.ts';

const END = '-----END AGE ENCRYPTED FILE-----';
const random = randomBytes(20_000);

function decode(text: string, sizes: readonly number[] = [text.length]): Promise<Buffer> {
  return collect(decodeArmor(new Watched(cut(Buffer.from(text, 'latin1'), sizes))));
}

/** Pieces of one text for ever. */
function* endless(text: string): Generator<Uint8Array> {
  for (;;) yield Buffer.from(text, 'latin1');
}

describe("the library's armor", () => {
  it('comes back byte for byte, whatever the pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: random.byteLength }),
        fc.array(fc.oneof(fc.nat({ max: 70 }), fc.nat({ max: 9000 })), { minLength: 1 }),
        fc.constantFrom('\n', '\r\n'),
        async (length, sizes, lineBreak) => {
          const bytes = random.subarray(0, length);
          const text = library.encode(bytes).replaceAll('\n', lineBreak);
          expect((await decode(text, sizes)).equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('comes back in pieces of every size', async () => {
    // Lengths around a line of 48 bytes, whose last line is short, padded, full, or full and padded.
    for (const length of [1, 2, 3, 46, 47, 48, 49, 95, 96, 97, 144]) {
      const text = library.encode(random.subarray(0, length));
      for (let size = 1; size <= text.length; size += 1)
        expect((await decode(text, [size])).equals(random.subarray(0, length))).toBe(true);
    }
  });

  it.each([
    ['without a final line break', (text: string) => text.trimEnd()],
    ['with white space in front', (text: string) => ` \t\r\n\n   ${text}`],
    ['with white space behind', (text: string) => `${text}\n \r\n\t`],
    ['with white space behind its last line', (text: string) => `${text.trimEnd()} \t\r\n`],
    ['with white space in front, line by line', (text: string) => '\r\n'.repeat(1000) + text],
    ['with mixed line breaks', (text: string) => text.replace('\n', '\r\n')],
  ])('comes back %s', async (_how, change) => {
    const text = change(library.encode(random));
    for (const sizes of [[text.length], [1], [64]])
      expect((await decode(text, sizes)).equals(random)).toBe(true);
  });

  it('never gives the same bytes after one character was changed', async () => {
    const text = library.encode(random.subarray(0, 200));
    await fc.assert(
      fc.asyncProperty(
        // Only white space may stand behind the last line, so its line break could well become a blank.
        fc.nat({ max: text.length - 2 }),
        fc.nat({ max: 255 }),
        async (at, code) => {
          const altered = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
          fc.pre(altered !== text);
          const decoded = await decode(altered).catch((error: unknown) => error);
          if (Buffer.isBuffer(decoded)) expect(decoded.equals(random.subarray(0, 200))).toBe(false);
          else expect(decoded).toMatchObject({ code: 'bundle-damaged', data: { part: 'armor' } });
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('armor', () => {
  const line = Buffer.alloc(48, 'a').toString('base64');
  const last = Buffer.from('the end').toString('base64');
  const file = (...lines: string[]): string => [ARMOR_BEGIN, ...lines, END, ''].join('\n');

  it('of this form is what the refusals below differ from', async () => {
    expect(String(await decode(file(line, last)))).toBe(`${'a'.repeat(48)}the end`);
  });

  it.each([
    ['nothing', ''],
    ['nothing but white space', ' \n\r\n\t'],
    ['no beginning', `${line}\n${END}\n`],
    ['another label', file(line, last).replaceAll('AGE', 'PGP')],
    ['something in front', `Dear Anna,\n${file(line, last)}`],
    ['something behind the first line', file(line, last).replace('BEGIN', 'BEGIN ')],
    ['PEM headers', file('Version: 1', '', line, last)],
    ['an empty line', file(line, '', last)],
    ['an empty last line', file(line, last, '')],
    ['a blank in front of a line', file(line, ` ${last}`)],
    ['a blank behind a line', file(`${line} `, last)],
    ['two carriage returns', file(`${line}\r\r`, last)],
    ['a line of more than 64 characters', file(`${line}YWFh`, last)],
    ['a short line before the last', file(last, line)],
    ['padding before the last line', file(`${line.slice(0, 60)}YQ==`, last)],
    ['missing padding', file(line, last.replaceAll('=', ''))],
    ['padding that is not needed', file(line, `${last.slice(0, -4)}====`)],
    ['base64 that is not canonical', file(line, 'YR==')],
    ['the alphabet of URLs', file(line, '-_-_')],
    ['a character that is not base64', file(line, 'YW*h')],
    ['a character beyond ASCII', file(line, 'YWF\u00e9')],
    ['a checksum as in PGP', file(line, last, '=njUN')],
  ])('with %s is malformed', async (_what, text) => {
    for (const sizes of [[Math.max(1, text.length)], [1], [64]]) {
      const { code, data } = await failure(decode(text, sizes));
      expect({ code, ...data }).toEqual({
        code: 'bundle-damaged',
        part: 'armor',
        damage: 'malformed',
      });
    }
  });

  it.each([
    ['has no last line', file(line, last).replace(`${END}\n`, '')],
    ['ends behind a line', file(line, line).slice(0, ARMOR_BEGIN.length + 1 + 65)],
    ['ends with a line', file(line, line).slice(0, ARMOR_BEGIN.length + 1 + 64)],
    ['ends within a line', file(line, line).slice(0, ARMOR_BEGIN.length + 1 + 62)],
    ['ends within its last line', file(line, last).slice(0, -5)],
    ['ends behind its first line', `${ARMOR_BEGIN}\n`],
    ['holds nothing', file()],
  ])('that %s is truncated', async (_what, text) => {
    for (const sizes of [[text.length], [1], [64]])
      expect((await failure(decode(text, sizes))).data).toEqual({
        part: 'armor',
        damage: 'truncated',
      });
  });

  it.each([
    ['text', `${file(line, last)}regards`],
    ['another armored file', file(line, last).repeat(2)],
  ])('with %s behind it has trailing data', async (_what, text) => {
    for (const sizes of [[text.length], [1], [64]])
      expect((await failure(decode(text, sizes))).data).toEqual({
        part: 'armor',
        damage: 'trailing-data',
      });
  });
});

describe('decoding armor', () => {
  const KIB_64 = 64 * 1024;

  it.each([
    ['one line', 'A'.repeat(1000)],
    ['white space', `${' '.repeat(99)}\n`],
    ['line breaks', '\n'.repeat(1000)],
    ['one blank line', ' '.repeat(1000)],
  ])('gives up within 68 KiB when %s never ends before the armor', async (_what, text) => {
    const source = new Watched(endless(text));
    expect((await failure(collect(decodeArmor(source)))).data).toEqual({
      part: 'armor',
      damage: 'malformed',
    });
    expect(source.taken).toBeLessThanOrEqual(KIB_64 + 4 * 1024);
    expect(source.closed).toBe(true);
  });

  it.each([
    ['a line within it', `${ARMOR_BEGIN}\n`],
    ['white space behind it', `${ARMOR_BEGIN}\nYWFh\n${END}\n`],
  ])('gives up within 68 KiB when %s never ends', async (what, start) => {
    function* source(): Generator<Uint8Array> {
      yield Buffer.from(start);
      yield* endless(what.startsWith('white') ? ' \n' : 'A'.repeat(100));
    }
    const watched = new Watched(source());
    expect((await failure(collect(decodeArmor(watched)))).code).toBe('bundle-damaged');
    expect(watched.taken).toBeLessThanOrEqual(KIB_64 + 4 * 1024);
    expect(watched.closed).toBe(true);
  });

  it('gives out what it has before it takes more, and closes its source when it is stopped', async () => {
    const text = Buffer.from(library.encode(random));
    const source = new Watched(cut(text, [1000]));
    let given = 0;
    for await (const piece of decodeArmor(source)) {
      given += piece.byteLength;
      // A piece, and the line that it has not finished.
      expect(source.taken - (given * 65) / 48).toBeLessThanOrEqual(1000 + 2 * 65);
      if (given > 10_000) break;
    }
    expect(source.closed).toBe(true);
    expect(source.taken).toBeLessThan(text.byteLength);
  });
});
