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

  test('a run without passphrases', () => {
    refusePassphrases(['anything'], []);
    refusePassphrases(['anything'], ['']);
  });

  test('a short passphrase of few letters is not found in the middle of words', () => {
    refusePassphrases(['a sentence like any other'], ['!e§n$t%&/(=?']);
  });
});
