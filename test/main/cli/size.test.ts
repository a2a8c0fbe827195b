import { expect, test } from 'vitest';
import { decimalSize, sizeArgument } from '../../../main/cli/size.ts';

test.each([
  ['0', 0],
  ['1000', 1000],
  ['30MB', 30_000_000],
  ['30 mb', 30_000_000],
  ['1.5GB', 1_500_000_000],
  ['800KiB', 819_200],
  ['2TiB', 2 * 2 ** 40],
  ['7b', 7],
])('%s is %d bytes', (text, bytes) => {
  expect(sizeArgument(text)).toBe(bytes);
});

test.each([
  '',
  'MB',
  '-1',
  '1e3',
  '30 M B',
  '30MBit',
  '1,5GB',
  '0x10',
  ' 30MB',
  '1234567890',
  '٣MB',
  '1.MB',
])('%j is no size', (text) => {
  expect(() => sizeArgument(text)).toThrow('It has to be a number with a unit, such as 30MB.');
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [9949, '9.9 kB'],
  [9960, '10 kB'],
  [999_499, '999 kB'],
  [999_600, '1.0 MB'],
  [25_000_000, '25 MB'],
  [41_052_800, '41 MB'],
  [5_000_000_000, '5.0 GB'],
])('%d bytes are said as %s', (bytes, text) => {
  expect(decimalSize(bytes)).toBe(text);
});
