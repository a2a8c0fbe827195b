import { expect, test } from 'vitest';
import { unpackArchive } from '../../../app/archive/unpack.ts';
import type { Damage } from '../../../app/contract/errors.ts';
import { patternBytes } from '../../support/documents.ts';
import { collect, pieces } from '../../support/streams.ts';
import { END_OF_TAR, paxHeader, tarEntry, tarHeader, tarOf } from '../../support/tars.ts';

const GOOD = tarEntry({ name: 'good', content: patternBytes(3000) });

async function readAll(tar: Uint8Array, pieceBytes = 1000): Promise<string[]> {
  const unpacked = await unpackArchive(pieces(tar, pieceBytes), 1000);
  if (unpacked.kind !== 'archive') throw new Error('not a tar');
  const names: string[] = [];
  for await (const entry of unpacked.entries) {
    if (entry.kind === 'file') await collect(entry.content);
    names.push(entry.name);
  }
  return names;
}

async function expectDamage(tar: Uint8Array, damage: Damage): Promise<void> {
  for (const pieceBytes of [100, 512, 1_000_000])
    await expect(readAll(tar, pieceBytes)).rejects.toMatchObject({
      code: 'bundle-damaged',
      data: { part: 'archive', damage },
    });
}

test('an archive that ends within a content or a header is truncated', async () => {
  const tar = Buffer.concat([GOOD, GOOD]);
  for (const length of [513, 1024, 3511, 3583, GOOD.byteLength + 1, GOOD.byteLength + 600])
    await expectDamage(tar.subarray(0, length), 'truncated');
});

test('an archive that ends behind an entry without the mark of its end is read as GNU tar reads it', async () => {
  expect(await readAll(GOOD)).toEqual(['good']);
});

test('a header whose checksum is wrong is malformed', async () => {
  const header = tarHeader({ name: 'bad', content: 'x' }, 1);
  header[0] = 0x7a;
  await expectDamage(Buffer.concat([GOOD, header, Buffer.alloc(512), END_OF_TAR]), 'malformed');
});

test('rubbish behind an entry is malformed', async () => {
  await expectDamage(Buffer.concat([GOOD, patternBytes(2048)]), 'malformed');
});

test('a header of no known format in the middle is malformed', async () => {
  const header = tarHeader({ name: 'v7' });
  header.fill(0, 257, 265);
  const sum = header.reduce(
    (total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte),
    0,
  );
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  await expectDamage(Buffer.concat([GOOD, header, END_OF_TAR]), 'malformed');
});

test('a header that says more than what follows is truncated', async () => {
  const header = tarHeader({ name: 'short', size: 5000 });
  await expectDamage(Buffer.concat([GOOD, header, patternBytes(1000)]), 'truncated');
});

test('a header that says less than what follows is malformed', async () => {
  const header = tarHeader({ name: 'long', size: 10 });
  await expectDamage(Buffer.concat([GOOD, header, patternBytes(2048), END_OF_TAR]), 'malformed');
});

test('a huge declared size costs nothing and is truncated', async () => {
  for (const size of [8 ** 11 - 1, 2 ** 40, Number.MAX_SAFE_INTEGER])
    await expectDamage(tarOf({ name: 'huge', size, content: 'little' }), 'truncated');
});

test('a negative size is malformed', async () => {
  await expectDamage(
    Buffer.concat([GOOD, tarHeader({ name: 'bad', size: -1000 }), END_OF_TAR]),
    'malformed',
  );
});

test('a size in a pax header that is no number, or negative, is malformed', async () => {
  for (const size of ['abc', '-5'])
    await expectDamage(
      Buffer.concat([GOOD, tarEntry({ name: 'bad', content: 'x', pax: { size } }), END_OF_TAR]),
      'malformed',
    );
});

test('a pax header that is absurdly large is refused before it is read into memory', async () => {
  const header = tarHeader({ name: 'PaxHeader', type: 'x', size: 2 ** 40 });
  let read = 0;
  async function* payload(): AsyncGenerator<Uint8Array, void, undefined> {
    yield header;
    for (; read < 64 * 1024 * 1024; read += 1024 * 1024)
      yield await Promise.resolve(Buffer.alloc(1024 * 1024));
  }
  const unpacked = await unpackArchive(payload(), 10);
  if (unpacked.kind !== 'archive') throw new Error('not a tar');
  const { entries } = unpacked;
  await expect(entries[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'bundle-damaged',
    data: { part: 'archive', damage: 'malformed' },
  });
  expect(read).toBeLessThan(4 * 1024 * 1024);
});

test('a pax header without a file behind it names none', async () => {
  expect(await readAll(Buffer.concat([GOOD, paxHeader({ path: 'ghost' }), END_OF_TAR]))).toEqual([
    'good',
  ]);
});

test('pax records that would reach into the program are only strange records', async () => {
  const tar = tarOf({ name: 'a', pax: { __proto__x: 'x', constructor: 'x', toString: 'x' } });
  const evil = Buffer.from(tar.toString('latin1').replace('__proto__x', '__proto__='), 'latin1');
  expect(await readAll(evil)).toEqual(['a']);
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});
