import { expect, test } from 'vitest';
import { sealWithAes } from '../../../app/envelope/zip-aes.ts';
import { ZipUnlock } from '../../../app/envelope/zip-unlock.ts';

type Sample = Parameters<ZipUnlock['settle']>[0][number];

/** The heads of entries, each sealed under a passphrase of its own. */
async function samples(...passphrases: readonly (string | Uint8Array)[]): Promise<Sample[]> {
  return await Promise.all(
    passphrases.map(async (passphrase) => {
      // Only bytes can be a passphrase as older programs write it; sealing itself always takes UTF-8.
      const sealing = sealWithAes(passphrase as string, 1);
      const { head } = await sealing.next();
      sealing.close();
      return { kind: 'aes', strength: 3, head } as const;
    }),
  );
}

async function opens(unlock: ZipUnlock, { head }: Sample): Promise<boolean> {
  return (await unlock.openAes(3, head)) !== undefined;
}

test('the reading that fits is found, whichever it is, and is the only one from then on', async () => {
  const [a, b] = await samples('right', 'wrong');
  const unlock = new ZipUnlock(['wrong', 'Right', 'right']);
  expect(await opens(unlock, b!)).toBe(true);
  expect(await unlock.settle([a!])).toBe(true);
  expect(await opens(unlock, a!)).toBe(true);
  expect(await opens(unlock, b!)).toBe(false);
});

test('where none fits the first entry there is none, and nothing is kept', async () => {
  const [a, b] = await samples('right', 'other');
  const unlock = new ZipUnlock(['wrong', 'other']);
  expect(await unlock.settle([a!, b!])).toBe(false);
  expect(await opens(unlock, b!)).toBe(false);
  expect(unlock.empty).toBe(true);
});

test('of two readings that fit the first entry, the one that fits more is taken', async () => {
  // ZipCrypto checks one byte: among a few thousand wrong passphrases there is one that passes by chance.
  const head = Buffer.from('907cd61d7c65e968833de15e', 'hex');
  const legacy = { kind: 'zipcrypto', check: 0x18, head } as const;
  let byChance: string | undefined;
  for (let index = 0; byChance === undefined; index += 1)
    if (new ZipUnlock([String(index)]).openZipCrypto(0x18, head) !== undefined)
      byChance = String(index);
  const [second] = await samples('päss');
  const unlock = new ZipUnlock([byChance, 'päss']);
  expect(await unlock.settle([legacy, second!])).toBe(true);
  expect(await opens(unlock, second!)).toBe(true);
});

test('a passphrase with letters of western Europe is also tried as one byte for each', async () => {
  const latin1 = await samples(Buffer.from('naïve café', 'latin1'));
  const utf8 = await samples('naïve café');
  for (const sample of [...latin1, ...utf8])
    expect(await new ZipUnlock(['naïve café']).settle([sample])).toBe(true);
  expect(await new ZipUnlock(['naïve caf€']).settle(latin1)).toBe(false);
});

test('closed, it opens nothing any more', async () => {
  const [sample] = await samples('right');
  const unlock = new ZipUnlock(['right']);
  expect(unlock.empty).toBe(false);
  unlock.close();
  unlock.close();
  expect(unlock.empty).toBe(true);
  expect(await opens(unlock, sample!)).toBe(false);
  expect(new ZipUnlock([]).empty).toBe(true);
});
