import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalWords, passphraseReadings, unknownWords } from '../../../app/passphrase/entry.ts';
import { generatePassphrase } from '../../../app/passphrase/generate.ts';
import { WORDS } from '../../../app/passphrase/words.ts';

const word = fc.constantFrom(...WORDS);
const words = fc.array(word, { minLength: 1, maxLength: 12 });

const SEPARATORS = [
  ' ',
  '  ',
  '-',
  ' - ',
  '\u2010', // hyphen
  '\u2011', // non-breaking hyphen
  '\u2013', // en dash
  '\u2014', // em dash
  '\u2212', // minus
  '\u00a0', // no-break space
  '\u202f', // narrow no-break space
  '\u3000', // ideographic space, of full-width keyboards
  '\n',
  '\r\n',
  '\t',
  '-\n', // as a mail program breaks lines
  '\u00ad', // soft hyphen
  '\u200b', // zero-width space
  '\u2060', // word joiner
  '\ufeff', // byte order mark
  '', // none at all
];

/** Letters as keyboards, fonts and PDF viewers may turn them; all are the same letter after NFKC and lower case. */
const SHAPES: readonly ((letter: string) => string)[] = [
  (letter) => letter,
  (letter) => letter.toUpperCase(),
  (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x61 + 0xff41), // full-width
  (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x61 + 0xff21), // full-width capital
  (letter) => String.fromCodePoint(letter.charCodeAt(0) - 0x61 + 0x1d41a), // mathematical bold
  (letter) => (letter === 'k' ? '\u212a' : letter), // the Kelvin sign
];

/** A passphrase in canonical form, and one way to type it. */
const typing = words.chain((list) =>
  fc
    .tuple(
      fc.array(fc.constantFrom(...SEPARATORS), {
        minLength: list.length + 1,
        maxLength: list.length + 1,
      }),
      fc.array(fc.constantFrom(...SHAPES), {
        minLength: list.join('').length,
        maxLength: list.join('').length,
      }),
    )
    .map(([separators, shapes]) => {
      let letter = 0;
      const shaped = list.map((item) =>
        Array.from(item, (plain) => shapes[letter++]!(plain)).join(''),
      );
      const typed = shaped.map((item, index) => separators[index]! + item).join('');
      return { canonical: list.join('-'), typed: typed + separators.at(-1)! };
    }),
);

describe('typed list words', () => {
  it('are read whatever their case, their separators and the form of their letters', () => {
    fc.assert(
      fc.property(typing, ({ canonical, typed }) => {
        expect(canonicalWords(typed)).toBe(canonical);
        // First as typed: it may be somebody's own passphrase after all.
        expect(passphraseReadings(typed)).toEqual(
          typed === canonical ? [typed] : [typed, canonical],
        );
        expect(unknownWords(typed)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('are read with ligatures as PDF viewers copy them', () => {
    expect(canonicalWords('\ufb01nalist \ufb02ashback')).toBe('finalist-flashback');
  });

  it('are read when soft hyphens or line breaks split them', () => {
    expect(canonicalWords('aba\u00adcus-abdo-\nmen')).toBe('abacus-abdomen');
  });

  it('come back from every generated passphrase', async () => {
    for (let count = 5; count <= 12; count += 1) {
      const { passphrase } = await generatePassphrase(count);
      expect(passphraseReadings(passphrase)).toEqual([passphrase]);
      expect(passphraseReadings(` ${passphrase.toUpperCase()}\n`)[1]).toBe(passphrase);
      expect(passphraseReadings(passphrase.replaceAll('-', ''))[1]).toBe(passphrase);
    }
  });

  it('have one reading only, since no word begins another', () => {
    // Two lists of words that are typed alike without separators are the same list.
    fc.assert(
      fc.property(words, words, (one, other) => {
        fc.pre(one.join('-') !== other.join('-'));
        expect(one.join('')).not.toBe(other.join(''));
        expect(canonicalWords(one.join(''))).toBe(one.join('-'));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a passphrase of other words', () => {
  it('is used exactly as typed, to the last byte', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        fc.pre(canonicalWords(typed) === undefined);
        const readings = passphraseReadings(typed);
        expect(readings).toHaveLength(1);
        expect(Buffer.from(readings[0]!)).toEqual(Buffer.from(typed));
      }),
      { numRuns: 300 },
    );
  });

  it('with one letter beyond the list words is used as typed', () => {
    fc.assert(
      fc.property(
        words,
        fc.constantFrom('q', 'x', '1', '!', '\u00e9', '.', ',', '_'),
        (list, more) => {
          const typed = `${list.join('-')}-${more}`;
          expect(canonicalWords(typed)).toBeUndefined();
          expect(passphraseReadings(typed)).toEqual([typed]);
        },
      ),
    );
  });

  it.each([
    ['nothing', ''],
    ['blanks', '  \n'],
    ['hyphens', '---'],
    ['accents', 'abácus abdomen'],
    ['combining accents', 'aba\u0301cus abdomen'],
    ['the dotted capital I of Turkish', 'F\u0130NAL\u0130ST'],
    ['a hyphenated word of the EFF that Signet leaves out', 'felt-tip'],
    ['Cyrillic letters that look the same', 'ab\u0430cus'],
    ['a number', 'abacus 7 abdomen'],
  ])('is not made of list words: %s', (_what, typed) => {
    expect(canonicalWords(typed)).toBeUndefined();
    expect(passphraseReadings(typed)).toEqual([typed]);
  });

  it('keeps its Unicode form, so that it opens what was sealed with it elsewhere', () => {
    const [composed, decomposed] = ['Z\u00fcrich', 'Zu\u0308rich'];
    expect(passphraseReadings(composed)).toEqual([composed]);
    expect(passphraseReadings(decomposed)).toEqual([decomposed]);
  });
});

describe('unknown words', () => {
  it('are those that are not on the list, each with its neighbours', () => {
    expect(unknownWords('Abacus-abdomne \u2013 ZOMBEI')).toEqual([
      { typed: 'abdomne', nearest: expect.arrayContaining(['abdomen']) as unknown },
      { typed: 'zombei', nearest: expect.arrayContaining(['zombie']) as unknown },
    ]);
  });

  it('of a passphrase of list words are none', () => {
    expect(unknownWords('abacus abdomen')).toEqual([]);
    expect(unknownWords('abacusabdomen')).toEqual([]);
    expect(unknownWords('')).toEqual([]);
  });

  it('may have no neighbour at all', () => {
    expect(unknownWords('abacus qqqqqqqqqqqq')).toEqual([{ typed: 'qqqqqqqqqqqq', nearest: [] }]);
  });

  it('name the one word with a slip in a generated passphrase', async () => {
    const { passphrase } = await generatePassphrase(7);
    const list = passphrase.split('-');
    const slip = `${list[3]!.slice(0, -1)}qx`;
    const typed = list.with(3, slip).join(' ');
    expect(unknownWords(typed).map((unknown) => unknown.typed)).toEqual([slip]);
  });
});
