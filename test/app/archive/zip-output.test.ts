import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { DocumentSource } from '../../../app/contract/records.ts';
import { packZip } from '../../../app/archive/zip-write.ts';
import type { ZipSealing } from '../../../app/archive/zip-cipher.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Seals nothing; its small buffers are shared out by Node as those of a real one. */
const unsealed: ZipSealing = {
  strength: 3,
  overhead: 28,
  next: () =>
    Promise.resolve({
      head: Buffer.from('0123456789abcdef18'),
      seal: (bytes) => Buffer.from(bytes),
      finish: () => Buffer.from('0123456789'),
    }),
};

test('of documents that went by, nothing but their headers stays in memory', async () => {
  const held: number[] = [];
  const documents = Array.from({ length: 4000 }, (_, index): DocumentSource => {
    return {
      name: `document ${String(index)}`,
      bytes: 10_000,
      modified: new Date(0),
      readWhole: () => {
        if (index % 1000 === 999) {
          // What the first finds is swept by the second.
          collectGarbage();
          collectGarbage();
          held.push(process.memoryUsage().arrayBuffers);
        }
        return Buffer.allocUnsafe(10_000);
      },
      read: () => {
        throw new Error('it is small');
      },
    };
  });
  for await (const piece of packZip({ documents, emptyFolders: [] }, unsealed, {}).bytes)
    expect(piece.byteLength).toBeGreaterThan(0);
  expect(held).toHaveLength(4);
  // Headers of some kilobytes in all; with what was shared out along with them it would be over a hundred megabytes.
  expect(held.at(-1)).toBeLessThan(50_000_000);
});
