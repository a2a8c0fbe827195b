import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '../../../app/contract/errors.ts';
import { openPayloadInto } from '../../support/bundles.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { signHeader, tarOf } from '../../support/tars.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const BLOCK = 512;
/** Enough to notice what is broken; SIGNET_FUZZ_RUNS asks for a longer search. */
const RUNS = Number(process.env['SIGNET_FUZZ_RUNS'] ?? 150);

const SEED = tarOf(
  { name: 'a', content: 'content of a' },
  { name: 'd/', type: '5' },
  { name: `d/${'long'.repeat(40)}`, content: patternBytes(1200) },
  { name: 'd/e/b', content: patternBytes(700) },
);
const LAST_BLOCK = SEED.byteLength / BLOCK - 1;

/** Changes an archive in place, or gives a shorter one. */
type Mutation = (tar: Buffer) => Buffer;

const block = fc.nat(LAST_BLOCK);

/** Where a header's fields begin, and anywhere else. */
const offset = fc.oneof(
  fc.constantFrom(0, 1, 50, 99, 100, 124, 130, 136, 148, 156, 157, 257, 345),
  fc.nat(BLOCK - 1),
);
const text = fc.constantFrom(
  ...['../', '/', '..', 'x\\', 'C:', '\0', '.', './', 'A', 'd/e', '7777', '\xff', '\x80\0\0'],
  // Types of entries, and what they would do.
  ...['1', '2', '3', '5', '6', 'x', 'g', 'L', 'K', 'S'],
);

const writes = fc
  .record({ block, offset, text, signed: fc.boolean() })
  .map(({ block, offset, text, signed }): Mutation => (tar) => {
    const start = block * BLOCK;
    if (start + BLOCK > tar.byteLength) return tar;
    tar.write(text, start + Math.min(offset, BLOCK - text.length), 'latin1');
    const written = tar.subarray(start, start + BLOCK);
    // Most would fail at the checksum, were it not put right.
    if (signed && written.includes('ustar')) signHeader(written);
    return tar;
  });

const copies = fc.record({ from: block, to: block }).map(
  ({ from, to }): Mutation =>
    (tar) =>
      tar.copyWithin(to * BLOCK, from * BLOCK, (from + 1) * BLOCK),
);

const cuts = fc.record({ block, offset: fc.nat(BLOCK - 1) }).map(
  ({ block, offset }): Mutation =>
    (tar) =>
      tar.subarray(0, block * BLOCK + offset),
);

test('whatever is done to an archive, all of it is restored or nothing is, in the target or elsewhere', async () => {
  const guarded = writeDocuments(temporaryFolder(), {
    sentinel: 'untouched',
    'x/sentinel': 'untouched',
  });
  const target = join(guarded, 'target');
  const before = stateOf(guarded);
  let opened = 0;
  let refused = 0;
  const mutations = fc.array(fc.oneof({ weight: 6, arbitrary: writes }, copies, cuts), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(mutations, async (steps) => {
      const tar = steps.reduce<Buffer>((bytes, mutate) => mutate(bytes), Buffer.from(SEED));
      try {
        await openPayloadInto(tar, target, { maxEntries: 20, name: 'bundle.age' });
        opened += 1;
        // Files and folders, under names that are good everywhere, and nothing hidden among them.
        for (const [name, what] of Object.entries(stateOf(target))) {
          expect(name).not.toMatch(/\.partial|\\|:|(?:^|\/)\.\.?(?:$|\/)/);
          expect(what).toMatch(/^(?:file|folder) /);
        }
        rmSync(target, { recursive: true });
      } catch (error) {
        if (!isAppError(error)) throw error;
        expect(error.code).not.toBe('internal');
        refused += 1;
      }
      expect(stateOf(guarded)).toEqual(before);
    }),
    { numRuns: RUNS },
  );
  // Neither all harmless nor all deadly.
  expect(opened).toBeGreaterThan(RUNS / 20);
  expect(refused).toBeGreaterThan(RUNS / 20);
});
