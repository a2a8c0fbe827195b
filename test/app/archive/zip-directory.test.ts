import { describe, expect, test } from 'vitest';
import { findDirectory } from '../../../app/archive/zip-directory.ts';
import { endRecords } from '../../../app/archive/zip-records.ts';
import { bundleOf, extraOf, readZipEntries, zipOf } from '../../support/zips.ts';

/** An archive in the long form, as others write it: every short field says to look there. */
function longForm(
  change: (end64: Buffer, locator: Buffer, end: Buffer) => void = () => undefined,
): {
  readonly zip: Buffer;
} {
  const sizes = Buffer.alloc(16);
  sizes.writeBigUInt64LE(7n, 0);
  sizes.writeBigUInt64LE(7n, 8);
  const short = zipOf([
    {
      name: 'a',
      content: 'content',
      bytes: 0xffff_ffff,
      sealedBytes: 0xffff_ffff,
      extra: extraOf(1, sizes),
    },
  ]);
  const end = Buffer.from(short.subarray(-22));
  const bytes = end.readUInt32LE(12);
  const start = end.readUInt32LE(16);
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x0606_4b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(1n, 24);
  end64.writeBigUInt64LE(1n, 32);
  end64.writeBigUInt64LE(BigInt(bytes), 40);
  end64.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x0706_4b50, 0);
  locator.writeBigUInt64LE(BigInt(start + bytes), 8);
  locator.writeUInt32LE(1, 16);
  end.fill(0xff, 8, 20);
  change(end64, locator, end);
  return { zip: Buffer.concat([short.subarray(0, -22), end64, locator, end]) };
}

test('the long form is read, whether the short fields point to it or agree with it', async () => {
  expect((await readZipEntries(longForm().zip))[0]?.content?.toString()).toBe('content');
  const agreeing = longForm((end64, _locator, end) => {
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(Number(end64.readBigUInt64LE(40)), 12);
    end.writeUInt32LE(Number(end64.readBigUInt64LE(48)), 16);
  });
  expect(await readZipEntries(agreeing.zip)).toHaveLength(1);
});

describe('a long form that makes no sense is refused', () => {
  test.each<[string, (end64: Buffer, locator: Buffer, end: Buffer) => void, string]>([
    ['no record where the locator says', (_e, locator) => locator.writeUInt8(1, 8), 'malformed'],
    ['a record of another length', (end64) => end64.writeUInt8(45, 4), 'malformed'],
    ['a place beyond all numbers', (_e, locator) => locator.fill(0xff, 8, 16), 'malformed'],
    ['other counts', (_e, _l, end) => end.fill(2, 8, 12), 'malformed'],
    ['another start', (end64) => end64.writeUInt8(0, 48), 'malformed'],
    ['another length of the directory', (end64) => end64.writeUInt8(0, 40), 'malformed'],
    ['a count beyond all numbers', (end64) => end64.fill(0xff, 24, 40), 'malformed'],
    ['a record that is none', (end64) => end64.writeUInt8(0, 0), 'malformed'],
    ['several volumes', (_e, locator) => locator.writeUInt8(2, 16), 'split'],
    ['another volume', (end64) => end64.writeUInt8(1, 16), 'split'],
    ['entries in another volume', (end64) => end64.writeUInt8(2, 24), 'split'],
  ])('%s', async (_what, change, what) => {
    await expect(readZipEntries(longForm(change).zip)).rejects.toMatchObject(
      what === 'split'
        ? { code: 'format-unsupported', data: { feature: 'split' } }
        : { code: 'bundle-damaged', data: { part: 'archive' } },
    );
  });
});

test('the records at the end say where the directory is, in the form that its size needs', async () => {
  for (const [entries, start, bytes] of [
    [0, 0, 0],
    [65_534, 5_000_000, 4_000_000],
    [65_535, 5_000_000, 4_000_000],
    [3, 2 ** 33, 1000],
    [3, 0xffff_ffff - 1, 1000],
    [3, 0xffff_ffff, 1000],
  ] as const) {
    const end = endRecords(entries, start, bytes);
    const long = entries >= 0xffff || start >= 0xffff_ffff;
    expect(end.byteLength).toBe(long ? 98 : 22);
    // Of what lies before, nothing is looked at.
    const file = {
      ...bundleOf(Buffer.alloc(0)),
      bytes: start + bytes + end.byteLength,
      read: (position: number, length: number) => {
        const offset = position - start - bytes;
        const before = Buffer.alloc(Math.min(length, Math.max(0, -offset)));
        const after = end.subarray(Math.max(0, offset), Math.max(0, offset + length));
        return Promise.resolve(Buffer.concat([before, after]));
      },
    };
    expect(await findDirectory(file)).toEqual({ start, end: start + bytes, entries });
  }
});
