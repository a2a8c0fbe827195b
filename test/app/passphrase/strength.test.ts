import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../app/contract/errors.ts';
import { generatePassphrase } from '../../../app/passphrase/generate.ts';
import { FLOORS } from '../../../app/passphrase/floors.ts';
import { measurePassphrase, requireStrong } from '../../../app/passphrase/strength.ts';

async function refusal(passphrase: string): Promise<unknown> {
  try {
    await requireStrong(passphrase);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe('passphrase-weak');
    return error.data;
  }
  return undefined;
}

describe("a passphrase of one's own", () => {
  it('is refused when there is none', async () => {
    expect(await refusal('')).toEqual({ bits: 0, floor: 50, reason: 'empty' });
  });

  it('is refused when it is longer than is measured', async () => {
    // Of its first 256 characters only something could be said; a pasted document is no passphrase.
    expect(await refusal('correct-horse\0battery staple, all of it')).toMatchObject({
      reason: 'untypeable',
    });
    expect(await refusal('a'.repeat(257))).toEqual({ bits: 0, floor: 50, reason: 'too-long' });
    expect(await refusal('a'.repeat(256))).toMatchObject({ reason: 'guessable' });
  });

  it.each([
    ['a word', 'passport'],
    ['a word with the usual changes', 'Passw0rd!2026'],
    ['the same with blanks around it', '  Passw0rd!2026  '],
    ['the best known example of a weak one', 'Tr0ub4dor&3'],
    ['the best known example of a strong one', 'correct horse battery staple'],
    ['the same run together', 'correcthorsebatterystaple'],
    ['the same with hyphens', 'Correct-Horse-Battery-Staple'],
    ['the same with full stops', 'correct.horse.battery.staple'],
    ['one letter many times', 'a'.repeat(24)],
    ['three letters many times', 'abc'.repeat(20)],
    ['the alphabet', 'abcdefghijklmnopqrstuvwxyz'],
    ['rows of the keyboard', 'qwertyuiopasdfghjkl'],
    ['a name, a year and a city', 'Anna1984Berlin'],
    ['a date', '2026-11-05'],
    ['a spaced-out word, twice', 'p a s s w o r d p a s s w o r d'],
    ['a refrain', 'let it be let it be let it be'],
    ['a list word, again and again', 'abacus-abacus-abacus-abacus-abacus'],
    ['nothing but blanks', ' '.repeat(40)],
    ['twelve random digits', '493028561740'],
  ])('is refused as guessable when it is %s', async (_what, passphrase) => {
    const data = await refusal(passphrase);
    expect(data).toMatchObject({ floor: 50, reason: 'guessable' });
    expect((data as { bits: number }).bits).toBeLessThan(FLOORS.age.bits);
  });

  it.each([
    ['five uncommon words', 'Müller Straße 17 Köln blau Elefant'],
    ['a sentence that nobody said before', 'my dog ate my passport in 2019!'],
    ['120 random bits', randomBytes(15).toString('base64')],
    ['a sentence in another script', 'мой паспорт лежит в синей папке под окном'],
  ])('is accepted when it is %s', async (_what, passphrase) => {
    expect(await refusal(passphrase)).toBeUndefined();
    expect(await measurePassphrase(passphrase)).toMatchObject({ enough: true, floor: 50 });
  });

  it('is accepted when Signet made it, from the shortest on, however it is typed', async () => {
    for (const words of [5, 5, 6, 7, 12]) {
      const { passphrase } = await generatePassphrase(words);
      expect(await refusal(passphrase)).toBeUndefined();
      expect(await refusal(passphrase.toUpperCase().replaceAll('-', ' '))).toBeUndefined();
    }
  });

  it('is worth more with every random word', async () => {
    const { passphrase } = await generatePassphrase(8);
    const words = passphrase.split('-');
    const bits: number[] = [];
    for (const count of [2, 4, 6, 8])
      bits.push((await measurePassphrase(words.slice(0, count).join('-'))).bits);
    expect(bits).toEqual([...bits].sort((a, b) => a - b));
    expect(new Set(bits).size).toBe(4);
  });

  it('is refused by the same measure as the screen shows while it is typed', async () => {
    const { bits } = (await refusal('Anna1984Berlin')) as { bits: number };
    expect(await measurePassphrase('Anna1984Berlin')).toEqual({ bits, enough: false, floor: 50 });
  });

  it('never shows in its refusal', async () => {
    const error = await requireStrong('Passw0rd!2026').catch((reason: unknown) => reason);
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('Passw0rd');
  });

  it('of any length is measured by its beginning', async () => {
    const long = 'ab'.repeat(1_000_000);
    expect(await measurePassphrase(long)).toEqual(await measurePassphrase(long.slice(0, 256)));
  });
});
