import { expect, test } from 'vitest';
import { openWithZipCrypto } from '../../../app/envelope/zip-crypto.ts';

/** `attack at dawn`, stored and sealed by Info-ZIP's zip 3.0 under `päss`; the head ends with the upper byte of the time. */
const HEAD = Buffer.from('907cd61d7c65e968833de15e', 'hex');
const SEALED = Buffer.from('738125a8facc9cfd2a191b8ee95f', 'hex');
const SECRET = Buffer.from('päss');
const CHECK = 0x18;

test('what Info-ZIP sealed comes out, whole and in pieces', () => {
  expect(openWithZipCrypto(SECRET, HEAD, CHECK)?.open(SEALED)).toEqual(
    Buffer.from('attack at dawn'),
  );
  const opener = openWithZipCrypto(SECRET, HEAD, CHECK)!;
  const pieces = [0, 1, 5, 14].map((end, index, ends) =>
    opener.open(SEALED.subarray(ends[index - 1] ?? 0, end)),
  );
  expect(Buffer.concat(pieces).toString()).toBe('attack at dawn');
});

test('another passphrase is told by the last byte of the head, nearly always', () => {
  const fitting = Array.from({ length: 1000 }, (_unused, index) =>
    openWithZipCrypto(Buffer.from(`wrong ${String(index)}`), HEAD, CHECK),
  ).filter((opener) => opener !== undefined);
  expect(fitting.length).toBeLessThan(20);
});

test('a head that is cut short never fits', () => {
  for (let length = 0; length < HEAD.byteLength; length += 1) {
    const head = HEAD.subarray(0, length);
    for (let check = 0; check < 256; check += 1)
      expect(openWithZipCrypto(SECRET, head, check)).toBeUndefined();
  }
});
