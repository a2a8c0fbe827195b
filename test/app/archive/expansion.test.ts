import { expect, test } from 'vitest';
import { Allowance } from '../../../app/archive/expansion.ts';

const MIB = 1024 * 1024;

test('no more comes out of all together than the total', () => {
  const allowance = new Allowance(
    { maxBytes: 10 * MIB, maxRatio: 1000, harmlessBytes: 0 },
    10 * MIB,
  );
  allowance.take(4 * MIB);
  allowance.take(6 * MIB);
  expect(() => {
    allowance.take(1);
  }).toThrow(expect.objectContaining({ data: { kind: 'total', limit: 10 * MIB } }));
});

test('no more comes out for each byte than the ratio', () => {
  const allowance = new Allowance({ maxBytes: 100 * MIB, maxRatio: 3, harmlessBytes: 0 }, MIB);
  allowance.take(3 * MIB);
  expect(() => {
    allowance.take(1);
  }).toThrow(expect.objectContaining({ data: { kind: 'ratio', limit: 3 } }));
});

test('what is announced is judged before it comes', () => {
  const allowance = new Allowance({ maxBytes: 10 * MIB, maxRatio: 3, harmlessBytes: 0 }, MIB);
  allowance.expect(3 * MIB);
  expect(() => {
    allowance.expect(3 * MIB + 1);
  }).toThrow(expect.objectContaining({ code: 'expands-too-much' }));
});

test('a ratio is no danger where little comes out', () => {
  const allowance = new Allowance({ maxBytes: 10 * MIB, maxRatio: 3, harmlessBytes: MIB }, 10);
  allowance.take(MIB);
  expect(() => {
    allowance.take(1);
  }).toThrow(expect.objectContaining({ code: 'expands-too-much' }));
});
