import { describe, expect, test } from 'vitest';
import {
  openWithAes,
  saltBytes,
  sealWithAes,
  type AesStrength,
} from '../../../app/envelope/zip-aes.ts';
import { patternBytes } from '../../support/documents.ts';

const SECRET = Buffer.from('secret');

/** `attack at dawn`, stored and sealed by 7-Zip 26.02 under `secret`: salt, verifier, sealed bytes, code. */
const BY_7ZIP: readonly (readonly [AesStrength, string])[] = [
  [1, '5cc1111ce7f8364c423269dcef5f350ba48fffd0f4c40660d5a4fe7bb6c71113b10b'],
  [2, 'd2de027660aa5b71ed27e201ebd676006779fc587aa894ed1003c2f2c742ded7e4bd6f11db1a'],
  [3, '410c4cdc6382dbed65717bae902a2de7b6b8c6e1c81d8ddc40e87367abebe77977cf78a87b5c84db16a2'],
];

describe.each(BY_7ZIP)('of strength %i', (strength, hex) => {
  const entry = Buffer.from(hex, 'hex');
  const head = entry.subarray(0, saltBytes(strength) + 2);
  const sealed = entry.subarray(head.byteLength, -10);
  const code = entry.subarray(-10);

  test('what 7-Zip sealed comes out and is authentic', async () => {
    const opener = await openWithAes(SECRET, strength, head);
    expect(opener?.open(sealed)).toEqual(Buffer.from('attack at dawn'));
    expect(opener?.finish(code)).toBe(true);
  });

  test('any bit that is changed, in the sealed bytes or the code, is found', async () => {
    for (const bit of [0, 1, 7, 8 * 13 + 7]) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      const opener = await openWithAes(SECRET, strength, head);
      opener?.open(changed);
      expect(opener?.finish(code)).toBe(false);
    }
    for (let index = 0; index < code.byteLength; index += 1) {
      const changed = Buffer.from(code);
      changed[index]! ^= 1;
      const opener = await openWithAes(SECRET, strength, head);
      opener?.open(sealed);
      expect(opener?.finish(changed)).toBe(false);
    }
  });

  test('a code or a head that is cut short never fits', async () => {
    const opener = await openWithAes(SECRET, strength, head);
    opener?.open(sealed);
    expect(opener?.finish(code.subarray(0, 9))).toBe(false);
    for (let length = 0; length < head.byteLength; length += 1)
      expect(await openWithAes(SECRET, strength, head.subarray(0, length))).toBeUndefined();
  });

  test('another passphrase, and another salt, are told by the verifier', async () => {
    expect(await openWithAes(Buffer.from('Secret'), strength, head)).toBeUndefined();
    const other = Buffer.from(head);
    other[0]! ^= 1;
    expect(await openWithAes(SECRET, strength, other)).toBeUndefined();
  });
});

test('what is sealed opens, in pieces of any size, and from any position', async () => {
  const bytes = patternBytes(300_000);
  const sealing = sealWithAes('secret', 1);
  const sealer = await sealing.next();
  const sealed = Buffer.concat([
    sealer.seal(bytes.subarray(0, 7)),
    sealer.seal(bytes.subarray(7, 100_000)),
    sealer.seal(bytes.subarray(100_000)),
  ]);
  const code = sealer.finish();
  expect(sealer.head.byteLength + code.byteLength).toBe(sealing.overhead);
  const opener = (await openWithAes(SECRET, 3, sealer.head))!;
  expect(Buffer.from(opener.openAt(12_345, sealed.subarray(12_345, 12_400)))).toEqual(
    bytes.subarray(12_345, 12_400),
  );
  const opened = Buffer.concat([
    opener.open(sealed.subarray(0, 99_999)),
    opener.open(sealed.subarray(99_999)),
  ]);
  expect(opened.equals(bytes)).toBe(true);
  expect(opener.finish(code)).toBe(true);
  sealing.close();
});

test('bytes may be authenticated without being opened', async () => {
  const sealing = sealWithAes('secret', 1);
  const sealer = await sealing.next();
  const sealed = sealer.seal(patternBytes(1000));
  const code = sealer.finish();
  const opener = (await openWithAes(SECRET, 3, sealer.head))!;
  opener.authenticate(sealed.subarray(0, 10));
  opener.authenticate(sealed.subarray(10));
  expect(opener.finish(code)).toBe(true);
});

test('no salt is used twice, not even by two archives under one passphrase', async () => {
  const heads = new Set<string>();
  for (const sealing of [sealWithAes('secret', 40), sealWithAes('secret', 0)]) {
    for (let entry = 0; entry < 50; entry += 1) {
      const { head } = await sealing.next();
      heads.add(Buffer.from(head.subarray(0, 16)).toString('hex'));
    }
    sealing.close();
  }
  expect(heads.size).toBe(100);
});

test('closing is harmless, also with keys on their way, and twice', async () => {
  const sealing = sealWithAes('secret', 100);
  const first = sealing.next();
  sealing.close();
  sealing.close();
  expect((await first).head.byteLength).toBe(18);
});
