import { expect, test } from 'vitest';
import { en } from '../../../renderer/src/words/catalogue.ts';
import { de } from '../../../renderer/src/words/de.ts';

type Strings = ReadonlyMap<string, string>;

/** A catalogue as a list: dotted key, words. */
function strings(words: object, prefix = ''): Strings {
  return new Map(
    Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[`${prefix}${key}`, value] as const]
        : [...strings(value as object, `${prefix}${key}.`)],
    ),
  );
}

/** What is filled in, each as often as it occurs. */
const placeholders = (text: string) => (text.match(/\{\{.*?\}\}/g) ?? []).toSorted();

const english = strings(en);
const german = strings(de);
const both = [...english].map(([key, text]) => [key, text, german.get(key) ?? ''] as const);

test('both languages have the same strings', () => {
  expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted());
});

test('a German string is filled in with the same things as the English one', () => {
  for (const [key, text, translated] of both)
    expect.soft(new Set(placeholders(translated)), key).toEqual(new Set(placeholders(text)));
});

test('what is filled in is named, and nothing else looks as though it were', () => {
  for (const [key, ...texts] of both)
    for (const text of texts) {
      for (const placeholder of placeholders(text))
        expect.soft(placeholder, key).toMatch(/^\{\{[a-z]+[a-zA-Z\d]*(, number)?\}\}$/);
      expect.soft(text.replace(/\{\{.*?\}\}/g, ''), key).not.toMatch(/[{}]|\$t\(/);
    }
});

test('no string is empty, has space round it or shouts', () => {
  for (const [key, ...texts] of both)
    for (const text of texts) {
      expect.soft(text, key).not.toBe('');
      expect.soft(text, key).toBe(text.trim());
      expect.soft(text, key).not.toMatch(/!|\.\.\.|[Pp]lease wait|[Bb]itte warten| {2}/);
    }
});

test('every plural has all the forms of its language', () => {
  for (const [name, texts] of [
    ['en', english],
    ['de', german],
  ] as const)
    for (const key of texts.keys()) {
      const [, stem = '', form] = /^(.*)_(zero|one|two|few|many|other)$/.exec(key) ?? [];
      if (form === undefined) continue;
      const forms = new Intl.PluralRules(name).resolvedOptions().pluralCategories;
      for (const needed of forms) expect.soft(texts.has(`${stem}_${needed}`), key).toBe(true);
      expect.soft(texts.has(stem), `${stem} beside its plurals`).toBe(false);
    }
});

test('German is translated', () => {
  const untranslated = both.filter(
    ([, text, translated]) => text === translated && /[a-z]{3,} [a-z]{3,} [a-z]{3,}/.test(text),
  );
  expect(untranslated.map(([key]) => key)).toEqual([]);
});

test.each([
  ['en', en, /“([^”{]+)”/g],
  ['de', de, /„([^“{]+)“/g],
] as const)(
  'what the errors of %s send a person to is on the screen under that name',
  (_language, words, quoted) => {
    const { errors, ...screens } = words;
    const names = new Set(strings(screens).values());
    const place = `${words.common.places.settings} → ${words.settings.sections.connections}`;
    let sent = 0;
    for (const [key, text] of strings(errors.codes)) {
      for (const [, name = ''] of text.matchAll(quoted)) {
        expect.soft(names, key).toContain(name);
        sent += 1;
      }
      if (!text.includes('→')) continue;
      expect.soft(text, key).toContain(place);
      sent += 1;
    }
    expect(sent).toBeGreaterThan(10);
  },
);
