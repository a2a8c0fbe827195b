import { expect, test } from 'vitest';
import { unpackArchive } from '../../../app/archive/unpack.ts';
import { patternBytes } from '../../support/documents.ts';
import { collect, pieces } from '../../support/streams.ts';
import { paxHeader, signHeader, tarEntry, tarOf } from '../../support/tars.ts';

async function readAll(tar: Uint8Array): Promise<string[]> {
  const unpacked = await unpackArchive(pieces(tar, 256 * 1024), 1000);
  if (unpacked.kind !== 'archive') throw new Error('not a tar');
  const names: string[] = [];
  for await (const entry of unpacked.entries) {
    if (entry.kind === 'file') await collect(entry.content);
    names.push(entry.name);
  }
  return names;
}

/** The same records for all entries that follow. */
function globalHeader(records: Readonly<Record<string, string>>): Buffer {
  const header = paxHeader(records);
  header.write('g', 156, 'latin1');
  signHeader(header.subarray(0, 512));
  return header;
}

test('a name of millions of slashes is refused, shortened in the error', async () => {
  const name = `${'/'.repeat(3_000_000)}x`;
  await expect(readAll(tarOf({ name, content: 'x' }))).rejects.toMatchObject({
    code: 'unsafe-entry',
    data: { problem: 'too-long', name: `${'/'.repeat(80)}…` },
  });
});

test('slashes and dots within the limit are taken off a folder’s name in one go', async () => {
  const name = `${'./'.repeat(10_000)}docs${'/'.repeat(40_000)}`;
  expect(await readAll(tarOf({ name, type: '5' }))).toEqual(['docs']);
});

test('attributes for all entries are read while they are small', async () => {
  const tar = Buffer.concat([
    globalHeader({ comment: 'made by a version control system' }),
    tarEntry({ name: 'a', content: patternBytes(10) }),
    tarEntry({ name: 'ü'.repeat(120), content: patternBytes(10) }),
  ]);
  expect(await readAll(tar)).toEqual(['a', 'ü'.repeat(120)]);
});

test('attributes for all entries that would cost their size at each of them are refused at the first', async () => {
  const records = Object.fromEntries(
    Array.from({ length: 50_000 }, (_unused, index) => [`SIGNET.${String(index)}`, 'x']),
  );
  const tar = Buffer.concat([
    globalHeader(records),
    ...Array.from({ length: 100 }, (_unused, index) => tarEntry({ name: 'ä'.repeat(110 + index) })),
  ]);
  await expect(readAll(tar)).rejects.toMatchObject({
    code: 'bundle-damaged',
    data: { part: 'archive', damage: 'malformed' },
  });
});
