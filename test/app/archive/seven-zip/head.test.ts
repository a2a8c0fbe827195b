import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { readArchiveHead, type ArchiveHead } from '../../../../app/archive/seven-zip/head.ts';
import { sevenZipBytes, sevenZipOf, withStart } from '../../../support/seven-zips.ts';
import { documentSource } from '../../../support/sources.ts';

function headOf(archive: Buffer): Promise<ArchiveHead> {
  const read = (position: number, length: number): Promise<Uint8Array> =>
    Promise.resolve(archive.subarray(position, position + length));
  return readArchiveHead(read, archive.byteLength);
}

/** With the start's checksum made right again. */
function signed(archive: Buffer): Buffer {
  archive.writeUInt32LE(crc32(archive.subarray(12, 32)), 8);
  return archive;
}

const PLAIN = sevenZipOf({ name: 'a', content: 'abc' });

/** A packed header whose one coder is described by these bytes. */
function packed(coder: string): Buffer {
  return withStart(
    Buffer.alloc(16),
    Buffer.from(`1706000109100a01000000000007 0b0100 ${coder}`.replaceAll(' ', ''), 'hex'),
  );
}

test('names that anybody can read are told from sealed ones', async () => {
  expect(await headOf(PLAIN)).toEqual({ kind: 'visible' });
  const sealed = await sevenZipBytes([documentSource('a.txt', 'abc')]);
  expect(await headOf(sealed)).toEqual({ kind: 'sealed', logRounds: 19 });
});

test('an archive with nothing in it has no header', async () => {
  expect(await headOf(withStart(Buffer.alloc(0), Buffer.alloc(0)))).toEqual({ kind: 'visible' });
});

test('a header that is only compressed can be read by anybody', async () => {
  expect(await headOf(packed('01 23 030101 05 5d00100000'))).toEqual({ kind: 'visible' });
});

test('rounds are read as they are', async () => {
  expect(await headOf(packed('01 24 06f10701 02 1807'))).toEqual({ kind: 'sealed', logRounds: 24 });
});

test('a coder with several streams is passed over', async () => {
  expect(await headOf(packed('02 14 0303011b 0401 24 06f10701 01 13'))).toEqual({
    kind: 'sealed',
    logRounds: 19,
  });
});

test.each([
  ['is cut in its start', PLAIN.subarray(0, 31), 'truncated'],
  ['is cut at its end', PLAIN.subarray(0, -1), 'truncated'],
  ['goes on behind its end', Buffer.concat([PLAIN, Buffer.from('x')]), 'trailing-data'],
  ['has a start that was changed', Buffer.from(PLAIN).fill(9, 12, 13), 'malformed'],
  ['has something else for a header', withStart(Buffer.alloc(0), Buffer.from([2, 0])), 'malformed'],
  ['has a description of another checksum', signed(packed('0124').fill(1, 28, 29)), 'malformed'],
  ['has a description that ends early', packed('01 24 06f10701'), 'malformed'],
  ['has a description with settings without end', packed('01 24 06f10701 ff00'), 'malformed'],
  [
    'has a description without streams',
    withStart(Buffer.alloc(0), Buffer.from([23, 0])),
    'malformed',
  ],
  [
    'has a description of a megabyte',
    withStart(Buffer.alloc(0), Buffer.alloc(2 ** 20, 23)),
    'malformed',
  ],
])('an archive that %s is damaged', async (_what, archive, damage) => {
  await expect(headOf(archive)).rejects.toMatchObject({
    code: 'bundle-damaged',
    data: { part: 'header', damage },
  });
});

test('sizes beyond any file are an end that is missing', async () => {
  for (const offset of [12, 20]) {
    const archive = Buffer.from(PLAIN);
    archive.writeBigUInt64LE(2n ** 64n - 1n, offset);
    await expect(headOf(signed(archive))).rejects.toMatchObject({
      code: 'bundle-damaged',
      data: { part: 'header', damage: 'truncated' },
    });
  }
});

test('another version of the format is not read', async () => {
  const archive = Buffer.from(PLAIN).fill(1, 6, 7);
  await expect(headOf(archive)).rejects.toMatchObject({
    code: 'format-unsupported',
    data: { format: '7z', feature: 'format' },
  });
});
