import { truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPieces } from '../../../app/files/read-pieces.ts';
import { patternBytes } from '../../support/documents.ts';
import { openFilesUnder } from '../../support/open-files.ts';
import { collect } from '../../support/streams.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const PIECE = 256 * 1024;

test.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])(
  'a file of %i bytes comes out whole and in order',
  async (length) => {
    const path = join(temporaryFolder(), 'file');
    const content = patternBytes(length);
    writeFileSync(path, content);
    await using handle = await open(path);
    expect((await collect(readPieces(handle, length))).equals(content)).toBe(true);
  },
);

test('each piece is a buffer of its own, so that one may be kept while the next is read', async () => {
  const path = join(temporaryFolder(), 'file');
  const content = patternBytes(4 * PIECE);
  writeFileSync(path, content);
  await using handle = await open(path);
  const kept: Uint8Array[] = [];
  for await (const piece of readPieces(handle, content.byteLength)) kept.push(piece);
  expect(Buffer.concat(kept).equals(content)).toBe(true);
  expect(new Set(kept.map((piece) => piece.buffer)).size).toBe(kept.length);
});

test('no more than was asked for is read of a file that has grown', async () => {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, patternBytes(2 * PIECE));
  await using handle = await open(path);
  expect((await collect(readPieces(handle, PIECE + 5))).byteLength).toBe(PIECE + 5);
});

test('a file that ends early gives what it has, and the caller can count', async () => {
  const path = join(temporaryFolder(), 'file');
  const content = patternBytes(3 * PIECE);
  writeFileSync(path, content);
  truncateSync(path, PIECE + 100);
  await using handle = await open(path);
  const read = await collect(readPieces(handle, content.byteLength));
  expect(read.equals(content.subarray(0, PIECE + 100))).toBe(true);
});

test('a consumer that stops early leaves the handle free to be closed at once', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'file');
  writeFileSync(path, patternBytes(3 * PIECE));
  const handle = await open(path);
  for await (const piece of readPieces(handle, 3 * PIECE)) {
    expect(piece.byteLength).toBe(PIECE);
    break;
  }
  await handle.close();
  expect(openFilesUnder(folder)).toEqual([]);
});
