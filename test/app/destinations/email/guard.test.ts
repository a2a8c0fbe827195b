import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusePassphrases } from '../../../../app/destinations/email/guard.ts';
import { writeText } from '../../../../app/destinations/email/text.ts';
import { generatePassphrase } from '../../../../app/passphrase/generate.ts';
import { WORDS } from '../../../../app/passphrase/words.ts';

const refused = expect.objectContaining({ code: 'email-passphrase-inside', data: {} }) as Error;
const PASSPHRASE = 'ability-zoom-kettle-unmade-raft';

describe('a passphrase is found', () => {
  test.each([
    ['as it is', 'It is ability-zoom-kettle-unmade-raft.'],
    ['capitalised', 'Ability-Zoom-Kettle-Unmade-Raft'],
    ['in capitals', 'ABILITY ZOOM KETTLE UNMADE RAFT'],
    ['without separators', 'pw=abilityzoomkettleunmaderaft!'],
    ['with other separators', 'ability_zoom, kettle/unmade; raft'],
    ['with long dashes', 'ability–zoom—kettle‑unmade−raft'],
    ['wrapped', 'ability-zoom-\r\n  kettle-unmade-\r\nraft'],
    ['wrapped and quoted', '> ability-zoom-ket\n> tle-unmade-raft'],
    ['as a list', '- ability\n- zoom\n- kettle\n- unmade\n- raft'],
    ['letter by letter', PASSPHRASE.replace(/./g, '$& ')],
    ['with soft hyphens and joiners', 'abil\u00adity-zoom-ket\u200btle-un\u2060made-raft'],
    ['in full width', 'ａｂｉｌｉｔｙ－ｚｏｏｍ－ｋｅｔｔｌｅ－ｕｎｍａｄｅ－ｒａｆｔ'],
    ['with accents', 'àbílity zoöm kettlé unmade raft'],
    ['as a numbered list', '1. ability\n2. zoom\n3. kettle\n4. unmade\n5. raft'],
    ['numbered in one line', '(1) ability (2) zoom (3) kettle (4) unmade (5) raft'],
    ['as a list by letters', 'a) ability\nb) zoom\nc) kettle\nd) unmade\ne) raft'],
    ['out of an address', '?p=ability%20zoom%20kettle%2Dunmade%2draft&q'],
    ['out of an address in an address', 'ability%2520zoom%252Dkettle%2520unmade%2520raft'],
    ['out of a web page', 'ability&nbsp;zoom&#45;kettle&#x2d;unmade&ndash;raft'],
    ['out of the source of a web page', 'ability&amp;nbsp;zoom&amp;#45;kettle unmade raft'],
    ['with its letters as entities', '&#97;bility zo&ouml;m &#x6B;ettle unmade raft'],
    ['with entities left open', 'ability&nbspzoom&#45kettle&#x2Dunmade&shyraft'],
    ['out of the source of an email', 'ability=20zoom=2Dkettle=E2=80=93unmade=\r\n-raft'],
    ['in a file name', 'bundle ability.zoom.kettle.unmade.raft.tar.age'],
  ])('%s', (_how, text) => {
    expect(() => {
      refusePassphrases(['harmless', text], ['another-one-entirely', PASSPHRASE]);
    }).toThrow(refused);
  });

  test('of symbols only, also wrapped', () => {
    for (const text of ['!"§$%&/()=?', 'a !"§$%\n&/()=? b'])
      expect(() => {
        refusePassphrases([text], ['!"§$%&/()=?']);
      }).toThrow(refused);
  });

  test('of spaces only', () => {
    expect(() => {
      refusePassphrases(['a     b'], ['     ']);
    }).toThrow(refused);
  });

  test('however it is spelt, wherever it stands', () => {
    const words = fc.array(fc.constantFrom(...WORDS), { minLength: 3, maxLength: 9 });
    const separator = fc.constantFrom(
      '-',
      ' ',
      '',
      '_',
      '.',
      ', ',
      '\r\n',
      ' / ',
      '\t',
      '—',
      '\n> ',
      '%20',
      '%2D',
      '&nbsp;',
      '&#45;',
      '&#x2d;',
      '&mdash;',
      '=2D',
    );
    const spelling = fc.constantFrom(
      (word: string) => word,
      (word: string) => word.toUpperCase(),
      (word: string) => word.charAt(0).toUpperCase() + word.slice(1),
    );
    fc.assert(
      fc.property(words, separator, spelling, fc.string(), fc.string(), (list, by, spelt, a, b) => {
        const text = `${a}\n${list.map(spelt).join(by)}\n${b}`;
        expect(() => {
          refusePassphrases([text], [list.join('-')]);
        }).toThrow(refused);
      }),
    );
  });

  test('as a list, however it is numbered', () => {
    const words = fc.array(fc.constantFrom(...WORDS), { minLength: 3, maxLength: 9 });
    const mark = fc.constantFrom(
      (index: number) => `${String(index)}. `,
      (index: number) => `${String(index)}) `,
      (index: number) => `  (${String(index)}) `,
      (index: number) => `> ${String(index)}: `,
      (index: number) => `${String(index)} `,
    );
    fc.assert(
      fc.property(words, mark, fc.boolean(), (list, marked, oneLine) => {
        const by = oneLine ? ' ' : '\r\n';
        const text = list.map((word, index) => `${marked(index + 1)}${word}`).join(by);
        expect(() => {
          refusePassphrases([text], [list.join('-')]);
        }).toThrow(refused);
      }),
    );
  });

  test('with digits of its own, as a numbered list', () => {
    expect(() => {
      refusePassphrases(['1. zoom4\n2. kettle\n3. 7raft'], ['zoom4 kettle 7raft']);
    }).toThrow(refused);
  });

  test.each([
    ['out of an address', encodeURIComponent],
    [
      'out of a web page',
      (text: string) => text.replace(/./gu, (each) => `&#${String(each.codePointAt(0))};`),
    ],
    [
      'out of a web page, by names',
      (text: string) =>
        text
          .replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
          .replaceAll('"', '&quot;')
          .replaceAll('%', '&percnt;'),
    ],
  ])('of any signs, %s', (_how, encode) => {
    const any = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(any, (passphrase) => {
        // What looks encoded itself is read further than it was meant.
        fc.pre(!/[%=][0-9a-f]{2}|&[#a-z]/i.test(passphrase));
        expect(() => {
          refusePassphrases([`a ${encode(passphrase)} b`], [passphrase]);
        }).toThrow(refused);
      }),
    );
  });

  test('whatever it consists of', () => {
    const any = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(any, any, any, (passphrase, before, after) => {
        expect(() => {
          refusePassphrases([before + passphrase + after], [passphrase]);
        }).toThrow(refused);
      }),
    );
  });
});

describe('what is no passphrase passes', () => {
  test('our own texts, whatever was drawn', async () => {
    const texts = (['en', 'de'] as const).flatMap((language) =>
      (['age', 'zip', '7z', 'html'] as const).map((format) =>
        writeText({ language, format, lockedWith: 'passphrase', bundle: 'bundle-x7k2mq.tar.age' }),
      ),
    );
    for (let round = 0; round < 200; round += 1) {
      const { passphrase } = await generatePassphrase(5);
      refusePassphrases(
        texts.map(({ text }) => text),
        [passphrase],
      );
    }
  });

  test('single words of it, or most of it', () => {
    refusePassphrases(['The ability to zoom.', 'ability-zoom-kettle-unmade'], [PASSPHRASE]);
  });

  test('numbers, addresses and web pages', () => {
    const texts = [
      '1. Passport\n2. Degree, 100% = 1.0 &amp; more\n3. https://example.org/a%20b?x=20&y=%2D',
      'Call +49 30 1234567 &nbsp; Ref. 2026-0042',
    ];
    refusePassphrases(texts, [PASSPHRASE, '12-34', 'x2-d', '&nbsp;%20 1234568']);
  });

  test('a run without passphrases', () => {
    refusePassphrases(['anything'], []);
    refusePassphrases(['anything'], ['']);
  });

  test('a short passphrase of few letters is not found in the middle of words', () => {
    refusePassphrases(['a sentence like any other'], ['!e§n$t%&/(=?']);
  });
});
