import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusePassphrases } from '../../../../app/destinations/email/guard.ts';
import { PassphraseMemory } from '../../../../app/destinations/email/memory.ts';
import { writeText } from '../../../../app/destinations/email/text.ts';
import { generatePassphrase } from '../../../../app/passphrase/generate.ts';
import { WORDS } from '../../../../app/passphrase/words.ts';

const PASSPHRASE = 'ability-zoom-kettle-unmade-raft';

function remembering(...passphrases: readonly string[]): PassphraseMemory {
  const memory = new PassphraseMemory();
  for (const passphrase of passphrases) memory.remember(passphrase);
  return memory;
}

function isRefused(text: string, memory: PassphraseMemory): boolean {
  try {
    refusePassphrases(['harmless', text], [memory]);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 'email-passphrase-inside', data: {} });
    return true;
  }
}

describe('a passphrase that was forgotten is found', () => {
  test.each([
    ['as it is', 'It is ability-zoom-kettle-unmade-raft.'],
    ['at the end', 'Dear Ana, ability-zoom-kettle-unmade-raft'],
    ['and nothing else', PASSPHRASE],
    ['in capitals', 'ABILITY ZOOM KETTLE UNMADE RAFT'],
    ['wrapped and quoted', '> ability-zoom-ket\n> tle-unmade-raft'],
    ['as a numbered list', '1. ability\n2. zoom\n3. kettle\n4. unmade\n5. raft'],
    ['out of an address', 'ability%20zoom%2Dkettle%20unmade%20raft'],
    ['out of a web page', 'ability&nbsp;zoom&#45;kettle&#x2d;unmade&ndash;raft'],
  ])('%s', (_how, text) => {
    const memory = remembering('another-one-entirely', PASSPHRASE, 'correct-zeppelin-battery');
    expect(isRefused(text, memory)).toBe(true);
  });

  test('among others of all lengths, wherever it stands', () => {
    const words = fc.array(fc.constantFrom(...WORDS), { minLength: 3, maxLength: 9 });
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (lists, which, before, after) => {
          const memory = remembering(...lists.map((list) => list.join('-')));
          const text = `${before} ${lists[which % lists.length]!.join(' ')} ${after}`;
          expect(isRefused(text, memory)).toBe(true);
        },
      ),
    );
  });

  test('with digits, and of signs only', () => {
    const memory = remembering('Tr0ub4dor-7', '!"§$%&/()=?');
    expect(isRefused('it is tr0ub4dor 7.', memory)).toBe(true);
    expect(isRefused('a !"§$%\n&/()=? b', memory)).toBe(true);
    expect(isRefused('a !"§$%\n&/()? b', memory)).toBe(false);
  });
});

describe('what is no passphrase passes', () => {
  test('single words of it, most of it, or its words in another order', () => {
    const memory = remembering(PASSPHRASE);
    for (const text of [
      'The ability to zoom.',
      'ability-zoom-kettle-unmade-raf',
      'raft-unmade-kettle-zoom-ability',
    ])
      expect(isRefused(text, memory)).toBe(false);
  });

  test('what is so short that any text may hold it', () => {
    expect(isRefused('a short word', remembering('short', '', '   ', 'w-o-r-d', '?!'))).toBe(false);
  });

  test('what Signet writes itself, whatever somebody tried on a bundle', () => {
    const tried = ['signet', 'Passphrase', 'documents', 'verschlüsselte Dokumente'];
    const memory = remembering(...tried);
    for (const language of ['en', 'de'] as const) {
      const { subject, text } = writeText({
        language,
        format: 'age',
        lockedWith: 'passphrase',
        bundle: 'bundle-x7k2mq.tar.age',
      });
      for (const each of [subject, text]) expect(isRefused(each, memory)).toBe(false);
    }
  });

  test('everything, once the memory has forgotten', () => {
    const memory = remembering(PASSPHRASE);
    memory.forget();
    expect(isRefused(PASSPHRASE, memory)).toBe(false);
  });
});

test('neither the passphrase nor a part of it is kept', () => {
  const memory = remembering(PASSPHRASE);
  const copied: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value === 'string') copied.push(value);
    else if (value instanceof Map) for (const pair of value) look(pair);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look);
  };
  look(memory);
  expect(copied.join(' ').toLowerCase()).not.toMatch(/ability|zoom|kettle|unmade|raft/);
});

test('of very many the newest five hundred are remembered, and a long text is looked through at once', async () => {
  const made: string[] = [];
  while (made.length < 501) made.push((await generatePassphrase(7)).passphrase);
  const [oldest = '', second = ''] = made;
  const memory = remembering(...made);
  expect(isRefused(oldest, memory)).toBe(false);
  expect(isRefused(second, memory)).toBe(true);
  const text = 'An ordinary sentence, as people write them. '.repeat(1500);
  const started = performance.now();
  expect(isRefused(text, memory)).toBe(false);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(isRefused(`${text}${made.at(-1)!}`, memory)).toBe(true);
});
