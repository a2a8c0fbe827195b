import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDescriptorOf } from '../../../app/archive/zip-locate.ts';
import {
  centralLengths,
  localLengths,
  parseCentral,
  parseLocal,
} from '../../../app/archive/zip-parse.ts';
import {
  centralHeader,
  dataDescriptor,
  localHeader,
  type ZipRecord,
} from '../../../app/archive/zip-records.ts';

const HUGE = 2 ** 40 + 123;

function record(more: Partial<ZipRecord> = {}): ZipRecord {
  return {
    name: Buffer.from('b/Zoë.pdf'),
    folder: false,
    strength: 3,
    method: 0,
    modified: new Date(1_700_000_000_000),
    streamed: false,
    large: false,
    bytes: 100,
    sealedBytes: 128,
    offset: 7,
    ...more,
  };
}

function local(of: ZipRecord): ReturnType<typeof parseLocal> {
  const bytes = localHeader(of);
  const { name } = localLengths(bytes);
  return parseLocal(
    bytes.subarray(0, 30),
    bytes.subarray(30, 30 + name),
    bytes.subarray(30 + name),
  );
}

function central(of: ZipRecord): ReturnType<typeof parseCentral> {
  const bytes = centralHeader(of);
  const { name } = centralLengths(bytes);
  return parseCentral(
    bytes.subarray(0, 46),
    bytes.subarray(46, 46 + name),
    bytes.subarray(46 + name),
  );
}

test('headers of any sizes say what they were told', () => {
  const size = fc.oneof(
    fc.nat(1000),
    fc.integer({ min: 0xffff_fff0, max: 0x1_0000_0010 }),
    fc.maxSafeInteger().filter((value) => value >= 0),
  );
  fc.assert(
    fc.property(size, size, size, (bytes, sealedBytes, offset) => {
      const large = bytes >= 0xffff_ffff || sealedBytes >= 0xffff_ffff;
      const of = record({ bytes, sealedBytes, offset, large });
      expect(local(of)).toMatchObject({ bytes, sealedBytes, method: 0, headerMethod: 99 });
      expect(central(of)).toMatchObject({ name: 'b/Zoë.pdf', kind: 'file', bytes, sealedBytes });
      expect(central(of).offset).toBe(offset);
      for (const signed of [dataDescriptor({ ...of, large: true })])
        expect(isDescriptorOf({ crc: 0, bytes, sealedBytes }, signed)).toBe(true);
    }),
  );
});

describe('Zip64 is there when it is needed, and only then', () => {
  const extraBytes = (header: Uint8Array, at: number): number =>
    Buffer.from(header).readUInt16LE(at);
  const plain = 9 + 11;

  test('in the header before the content: for both sizes or none', () => {
    expect(extraBytes(localHeader(record()), 28)).toBe(plain);
    expect(extraBytes(localHeader(record({ large: true, bytes: HUGE })), 28)).toBe(plain + 20);
    expect(extraBytes(localHeader(record({ offset: HUGE })), 28)).toBe(plain);
  });

  test('in the directory: for each value that needs it', () => {
    const bytes = (more: Partial<ZipRecord>): number =>
      extraBytes(centralHeader(record(more)), 30) - plain;
    expect(bytes({})).toBe(0);
    expect(bytes({ offset: HUGE })).toBe(12);
    expect(bytes({ bytes: HUGE, sealedBytes: HUGE, large: true })).toBe(20);
    expect(bytes({ bytes: HUGE, sealedBytes: HUGE, offset: HUGE, large: true })).toBe(28);
    expect(bytes({ streamed: true, large: true })).toBe(0);
  });
});

test('what is not known yet is left out before the content', () => {
  for (const large of [false, true])
    expect(local(record({ streamed: true, large, bytes: 5, sealedBytes: 5 }))).toMatchObject({
      flags: 0x809,
      bytes: 0,
      sealedBytes: 0,
    });
});

test('a folder is a folder, and nothing in it is sealed', () => {
  const folder: ZipRecord = {
    name: Buffer.from('d/'),
    folder: true,
    method: 0,
    modified: new Date(0),
    streamed: false,
    large: false,
    bytes: 0,
    sealedBytes: 0,
    offset: 0,
  };
  expect(central(folder)).toMatchObject({ name: 'd', kind: 'folder', lock: { kind: 'none' } });
});
