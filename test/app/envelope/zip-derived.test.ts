import { expect, test } from 'vitest';
import { DerivedKeys } from '../../../app/envelope/zip-derived.ts';
import { patternBytes } from '../../support/documents.ts';

const salts = [1, 2, 3].map((seed) => patternBytes(16, seed));
const keys = [4, 5, 6].map((seed) => patternBytes(66, seed));

function filled(): DerivedKeys {
  const derived = DerivedKeys.forEntries(3);
  for (const index of [2, 0, 1]) derived.put(index, salts[index]!, keys[index]!);
  return new DerivedKeys(derived.memory);
}

test('keys are found in the order of the entries, whatever the order in which they were derived', () => {
  const derived = filled();
  expect(derived.memory.buffer).toBeInstanceOf(SharedArrayBuffer);
  for (const index of [0, 1, 2])
    expect(Buffer.from(derived.take(salts[index]!)!)).toEqual(keys[index]);
  expect(derived.take(salts[0]!)).toBeUndefined();
});

test('for another salt, a shorter one and an entry left out there are none', () => {
  const derived = filled();
  expect(derived.take(salts[1]!)).toBeUndefined();
  expect(derived.take(salts[1]!.subarray(0, 15))).toBeUndefined();
  expect(derived.take(salts[2]!)).toBeDefined();
  const partial = DerivedKeys.forEntries(2);
  partial.put(1, salts[1]!, keys[1]!);
  expect(partial.take(salts[0]!)).toBeUndefined();
  expect(partial.take(salts[1]!)).toBeDefined();
});

test('what there is no room for is left out, and what is taken is a copy', () => {
  const derived = DerivedKeys.forEntries(1);
  derived.put(0, salts[0]!, keys[0]!);
  derived.put(1, salts[1]!, keys[1]!);
  const reading = new DerivedKeys(derived.memory);
  const taken = reading.take(salts[0]!)!;
  derived.memory.fill(0);
  expect(Buffer.from(taken)).toEqual(keys[0]);
  expect(reading.take(salts[1]!)).toBeUndefined();
});
