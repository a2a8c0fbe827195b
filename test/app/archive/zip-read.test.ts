import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { patternBytes } from '../../support/documents.ts';
import {
  bundleOf,
  extraOf,
  NO_LIMITS,
  openZip,
  readAll,
  readZipEntries,
  zipOf,
  type RawZipEntry,
} from '../../support/zips.ts';

const MALFORMED = { code: 'bundle-damaged', data: { part: 'archive', damage: 'malformed' } };

const GOOD: RawZipEntry = { name: 'good', content: 'content' };

/** An entry whose content is compressed. */
function deflated(name: string, content: Uint8Array, more: Partial<RawZipEntry> = {}): RawZipEntry {
  return {
    name,
    content: deflateRawSync(content),
    method: 8,
    crc: crc32(content),
    bytes: content.byteLength,
    ...more,
  };
}

/** CRC and sizes behind an entry. */
function descriptor(
  content: Uint8Array,
  { signed = true, wide = false, bytes = content.byteLength, crc = crc32(content) } = {},
): Buffer {
  const result = Buffer.alloc((signed ? 4 : 0) + (wide ? 20 : 12));
  const at = signed ? result.writeUInt32LE(0x0807_4b50, 0) : 0;
  result.writeUInt32LE(crc, at);
  if (wide) {
    result.writeBigUInt64LE(BigInt(content.byteLength), at + 4);
    result.writeBigUInt64LE(BigInt(bytes), at + 12);
  } else {
    result.writeUInt32LE(content.byteLength, at + 4);
    result.writeUInt32LE(bytes, at + 8);
  }
  return result;
}

describe('plain archives of any make are read', () => {
  test('stored and compressed, small and large, folders and empty files', async () => {
    const large = patternBytes(700_000);
    const text = Buffer.alloc(2_000_000, 'large and compressible ');
    const entries = await readZipEntries(
      zipOf([
        { name: 'd/', attributes: 0o040_755 * 0x1_0000 },
        GOOD,
        { name: 'd/empty' },
        deflated('small.txt', Buffer.from('small')),
        { name: 'large', content: large },
        deflated('text', text),
      ]),
    );
    expect(entries.map(({ name }) => name)).toEqual([
      'd/',
      'good',
      'd/empty',
      'small.txt',
      'large',
      'text',
    ]);
    expect(entries[3]?.content?.toString()).toBe('small');
    expect(entries[4]?.content?.equals(large)).toBe(true);
    expect(entries[5]?.content?.equals(text)).toBe(true);
  });

  test.each([
    ['with a signature', {}],
    ['without', { signed: false }],
    ['with long sizes', { wide: true }],
    ['with long sizes and without a signature', { signed: false, wide: true }],
  ])('with sizes behind the content, %s', async (_what, form) => {
    const content = Buffer.from('content');
    const later = { crc: 0, bytes: 0, sealedBytes: 0 };
    const zip = zipOf([
      { name: 'a', content, flags: 0x808, local: later, after: descriptor(content, form) },
      GOOD,
    ]);
    expect((await readZipEntries(zip)).map(({ content }) => content?.toString())).toEqual([
      'content',
      'content',
    ]);
  });

  test('an empty one, and one with a comment, and one with gaps', async () => {
    expect(await readZipEntries(zipOf([]))).toEqual([]);
    const comment = Buffer.from('made by hand');
    const between = Buffer.alloc(100);
    expect(await readZipEntries(zipOf([GOOD], { comment, between }))).toHaveLength(1);
    const before = Buffer.from('PK00', 'latin1');
    expect(await readZipEntries(zipOf([GOOD], { before }))).toHaveLength(1);
  });

  test('that say so: not encrypted', async () => {
    const opening = await openZip(zipOf([GOOD]), { passphrases: [] });
    expect(opening).toMatchObject({ openedBy: 'nothing', warnings: ['not-encrypted'] });
    await readAll(opening);
  });
});

describe('names', () => {
  const nameOf = async (entry: RawZipEntry): Promise<string | undefined> =>
    (await readZipEntries(zipOf([entry])))[0]?.name;
  const unicodePath = (name: string, raw: string, version = 1): Buffer => {
    const head = Buffer.alloc(5);
    head.writeUInt8(version, 0);
    head.writeUInt32LE(crc32(raw), 1);
    return extraOf(0x7075, Buffer.concat([head, Buffer.from(name)]));
  };

  test('are UTF-8 where the entry says so', async () => {
    expect(await nameOf({ name: 'Zoë 履歴書.pdf' })).toBe('Zoë 履歴書.pdf');
  });

  test('are code page 437 where it does not', async () => {
    const name = Buffer.from([0x5a, 0x6f, 0x89, 0xe1]);
    expect(await nameOf({ name, flags: 0, system: 0 })).toBe('Zoëß');
    expect(await nameOf({ name, flags: 0, system: 3 })).toBe('Zoëß');
  });

  test('are UTF-8 without a word where a Mac or Unix wrote what can be nothing else', async () => {
    const name = Buffer.from('Zoë.pdf');
    expect(await nameOf({ name, flags: 0, system: 3 })).toBe('Zoë.pdf');
    expect(await nameOf({ name, flags: 0, system: 19 })).toBe('Zoë.pdf');
    expect(await nameOf({ name, flags: 0, system: 0 })).toBe('Zo├½.pdf');
  });

  test('come from Info-ZIP’s field where that belongs to the name', async () => {
    const extra = unicodePath('Zoë', 'Zo?');
    expect(await nameOf({ name: 'Zo?', flags: 0, system: 0, extra })).toBe('Zoë');
    expect(await nameOf({ name: 'Zox', flags: 0, system: 0, extra })).toBe('Zox');
    const other = unicodePath('Zoë', 'Zo?', 2);
    expect(await nameOf({ name: 'Zo?', flags: 0, system: 0, extra: other })).toBe('Zo?');
  });

  test('that are two are refused: which of them counted would depend on the program', async () => {
    const [extra, other] = [unicodePath('harmless', 'x'), unicodePath('payload', 'x')];
    const old = { name: 'x', flags: 0, system: 0 };
    for (const entry of [
      { ...old, extra: Buffer.concat([extra, other]) },
      { name: 'x', extra },
      { ...old, extra, local: { extra: other } },
      { ...old, extra, local: { extra: Buffer.alloc(0) } },
    ])
      await expect(nameOf(entry)).rejects.toMatchObject(MALFORMED);
  });

  test('that are not the UTF-8 that they claim keep the mark of it, and are refused later', async () => {
    expect(await nameOf({ name: Buffer.from([0x61, 0xff]) })).toBe('a\ufffd');
  });

  test('longer than any file system has are refused', async () => {
    await expect(nameOf({ name: 'x'.repeat(5000) })).rejects.toMatchObject({
      code: 'unsafe-entry',
      data: { problem: 'too-long' },
    });
  });
});

describe('times', () => {
  const timeOf = async (entry: Partial<RawZipEntry>): Promise<Date | undefined> =>
    (await readZipEntries(zipOf([{ ...GOOD, ...entry }])))[0]?.modified;
  const unix = extraOf(0x5455, Buffer.from([1, 0x00, 0xf1, 0x53, 0x65]));
  const ntfs = (): Buffer => {
    const field = Buffer.alloc(32);
    field.writeUInt16LE(1, 4);
    field.writeUInt16LE(24, 6);
    field.writeBigUInt64LE((1_600_000_000_123n + 11_644_473_600_000n) * 10_000n, 8);
    return extraOf(0x000a, field);
  };

  test('come from the extended field, then from that of NTFS, then from the header', async () => {
    expect(await timeOf({ extra: Buffer.concat([ntfs(), unix]) })).toEqual(
      new Date(0x6553_f100 * 1000),
    );
    expect(await timeOf({ extra: ntfs() })).toEqual(new Date(1_600_000_000_123));
    const dos = { date: (44 << 9) | (2 << 5) | 29, time: (13 << 11) | (14 << 5) | 8 };
    expect(await timeOf({ dos })).toEqual(new Date(2024, 1, 29, 13, 14, 16));
  });

  test('that make no sense do no harm', async () => {
    const fields = [
      extraOf(0x5455, Buffer.from([1, 0])),
      extraOf(0x5455, Buffer.from([0])),
      extraOf(0x000a, Buffer.alloc(3)),
      extraOf(0x000a, Buffer.alloc(32, 0xff)),
    ];
    for (const extra of fields)
      expect((await timeOf({ extra, dos: { date: 0, time: 0xffff } }))?.getTime()).not.toBeNaN();
  });
});

describe('what is neither file nor folder is refused, before anything comes out', () => {
  test.each([
    [0o120_777, 3, 'symbolic-link'],
    [0o120_777, 0, 'symbolic-link'],
    [0o010_644, 3, 'pipe'],
    [0o140_644, 3, 'socket'],
    [0o020_644, 3, 'device'],
    [0o060_644, 3, 'device'],
  ] as const)('mode %o of system %i is a %s', async (mode, system, problem) => {
    const zip = zipOf([GOOD, { name: 'bad', attributes: mode * 0x1_0000, system, content: 'x' }]);
    await expect(openZip(zip)).rejects.toMatchObject({
      code: 'unsafe-entry',
      data: { name: 'bad', problem },
    });
  });

  test('a link of Windows', async () => {
    await expect(
      openZip(zipOf([{ name: 'bad', attributes: 0x420, system: 10 }])),
    ).rejects.toMatchObject({ code: 'unsafe-entry', data: { problem: 'symbolic-link' } });
  });

  test('a folder with content', async () => {
    await expect(openZip(zipOf([{ name: 'd/', content: 'x' }]))).rejects.toMatchObject(MALFORMED);
    const attributes = 0o040_755 * 0x1_0000;
    for (const entry of [{ content: 'x' }, { content: '\x03\0', method: 8, bytes: 0 }])
      await expect(openZip(zipOf([{ name: 'd', attributes, ...entry }]))).rejects.toMatchObject(
        MALFORMED,
      );
  });

  test('but not one whose nothing was compressed', async () => {
    const zip = zipOf([{ name: 'd/', content: '\x03\0', method: 8, bytes: 0, crc: 0 }]);
    expect(await readZipEntries(zip)).toEqual([{ name: 'd/' }]);
  });
});

describe('what Signet cannot read is named', () => {
  const unsupported = (feature: string): object => ({
    code: 'format-unsupported',
    data: { format: 'zip', feature },
  });

  test.each([1, 6, 9, 12, 14, 93, 95, 98])('method %i', async (method) => {
    await expect(openZip(zipOf([{ ...GOOD, method }]))).rejects.toMatchObject(
      unsupported('compression'),
    );
  });

  test('strong encryption, masked headers and patches', async () => {
    for (const [flags, feature] of [
      [0x841, 'encryption'],
      [0x2801, 'encryption'],
      [0x820, 'compression'],
    ] as const)
      await expect(openZip(zipOf([{ ...GOOD, flags }]))).rejects.toMatchObject(
        unsupported(feature),
      );
    const extra = extraOf(0x0017, Buffer.alloc(8));
    await expect(openZip(zipOf([{ ...GOOD, extra }]))).rejects.toMatchObject(
      unsupported('encryption'),
    );
  });

  test('AES of a version or strength that there is not', async () => {
    const aes = (version: number, strength: number): Buffer =>
      extraOf(0x9901, Buffer.from([version, 0, 0x41, 0x45, strength, 0, 0]));
    for (const extra of [aes(3, 3), aes(2, 0), aes(2, 4)])
      await expect(
        openZip(zipOf([{ ...GOOD, method: 99, flags: 0x801, extra }])),
      ).rejects.toMatchObject(unsupported('encryption'));
  });

  test('archives in volumes', async () => {
    await expect(openZip(zipOf([GOOD], { disk: 1 }))).rejects.toMatchObject(unsupported('split'));
    const mark = Buffer.from('PK\x07\x08PK\x03\x04', 'latin1');
    await expect(openZip(Buffer.concat([mark, patternBytes(1000)]))).rejects.toMatchObject(
      unsupported('split'),
    );
  });
});

describe('an archive that contradicts itself is refused', () => {
  const content = Buffer.from('content');
  const cases: Readonly<Record<string, Buffer>> = {
    'another name before the content': zipOf([{ ...GOOD, local: { name: 'evil' } }]),
    'another size before the content': zipOf([{ ...GOOD, local: { bytes: 6 } }]),
    'another packed size before the content': zipOf([{ ...GOOD, local: { sealedBytes: 6 } }]),
    'another method before the content': zipOf([{ ...GOOD, local: { method: 8 } }]),
    'another CRC before the content': zipOf([{ ...GOOD, local: { crc: 1 } }]),
    'encrypted only before the content': zipOf([{ ...GOOD, local: { flags: 0x801 } }]),
    'encrypted only in the directory': zipOf([
      { ...GOOD, flags: 0x801, sealedBytes: 19, bytes: 7, local: { flags: 0x800 } },
    ]),
    'sizes announced for later, and others there': zipOf([
      { ...GOOD, flags: 0x808, after: descriptor(content, { bytes: 8 }) },
    ]),
    'sizes announced for later, and another CRC there': zipOf([
      { ...GOOD, flags: 0x808, after: descriptor(content, { crc: 1 }) },
    ]),
    'sizes announced for later, and nothing there': zipOf([{ ...GOOD, flags: 0x808 }]),
    'stored, but of two sizes': zipOf([{ ...GOOD, bytes: 8 }]),
    'AES without its field': zipOf([{ ...GOOD, method: 99, flags: 0x801 }]),
    'AES that is not encrypted': zipOf([
      {
        ...GOOD,
        method: 99,
        extra: extraOf(0x9901, Buffer.from([2, 0, 0x41, 0x45, 3, 0, 0])),
      },
    ]),
    'two fields for AES': zipOf([
      {
        ...GOOD,
        extra: Buffer.concat([
          extraOf(0x9901, Buffer.from([2, 0, 0x41, 0x45, 3, 0, 0])),
          extraOf(0x9901, Buffer.from([2, 0, 0x41, 0x45, 3, 8, 0])),
        ]),
      },
    ]),
    'sealed, but shorter than what sealing adds': zipOf([
      {
        ...GOOD,
        method: 99,
        flags: 0x801,
        bytes: 0,
        extra: extraOf(0x9901, Buffer.from([2, 0, 0x41, 0x45, 3, 0, 0])),
      },
    ]),
    'an extra field longer than all of them': zipOf([
      { ...GOOD, extra: Buffer.from([0x55, 0x54, 0xff, 0, 1]) },
    ]),
    'two Zip64 fields': zipOf([
      {
        ...GOOD,
        extra: Buffer.concat([extraOf(1, Buffer.alloc(8)), extraOf(1, Buffer.alloc(8))]),
      },
    ]),
    'a Zip64 field without what it is for': zipOf([
      { ...GOOD, bytes: 0xffff_ffff, extra: extraOf(1, Buffer.alloc(4)) },
    ]),
    'a size beyond all numbers': zipOf([
      { ...GOOD, bytes: 0xffff_ffff, extra: extraOf(1, Buffer.alloc(8, 0xff)) },
    ]),
    'an entry behind the directory': zipOf([{ ...GOOD, offset: 1000 }]),
    'an entry that is nowhere': zipOf([GOOD, { ...GOOD, offset: 3 }]),
    'an entry longer than the file': zipOf([{ ...GOOD, sealedBytes: 5000, bytes: 5000 }]),
    'fewer entries than there are': zipOf([GOOD, { ...GOOD, name: 'b' }], { entries: 1 }),
    'more entries than there are': zipOf([GOOD, { ...GOOD, name: 'b' }], { entries: 3 }),
    'far more entries than there is room for': zipOf([GOOD], { entries: 60_000 }),
    'a directory elsewhere': zipOf([GOOD], { start: 1 }),
    'a directory of another length': zipOf([GOOD], { bytes: 1 }),
    'two ends that would both do': Buffer.concat([zipOf([GOOD], { comment: zipOf([]) })]),
  };

  test.each(Object.entries(cases))('%s', async (_what, zip) => {
    await expect(readZipEntries(zip)).rejects.toMatchObject(MALFORMED);
  });

  test('entries that lie on each other', async () => {
    const inner = zipOf([{ name: 'b', content: 'x'.repeat(100) }]).subarray(0, 131);
    const whole: RawZipEntry = { name: 'a', content: inner };
    const other: RawZipEntry = { name: 'b', content: 'x'.repeat(100) };
    // The second is the first one's content.
    const zip = zipOf([whole, { ...other, offset: 31 }]);
    await expect(readZipEntries(zip)).rejects.toMatchObject(MALFORMED);
    // And both are the same one.
    await expect(readZipEntries(zipOf([other, { ...other, offset: 0 }]))).rejects.toMatchObject(
      MALFORMED,
    );
  });
});

describe('what is not there is missed', () => {
  const zip = zipOf([GOOD, deflated('b', patternBytes(5000)), { name: 'c', content: 'last' }]);

  test('cut anywhere, it is truncated', async () => {
    for (let length = 0; length < zip.byteLength; length += 1)
      await expect(readZipEntries(zip.subarray(0, length))).rejects.toMatchObject({
        code: 'bundle-damaged',
        data: { part: 'archive', damage: 'truncated' },
      });
  });

  test('with something behind the end, it is longer than it says', async () => {
    await expect(readZipEntries(Buffer.concat([zip, Buffer.from('x')]))).rejects.toMatchObject({
      data: { part: 'archive', damage: 'trailing-data' },
    });
  });

  test('a file that became shorter since its end was read is truncated', async () => {
    const large = zipOf([{ name: 'a', content: patternBytes(600_000) }]);
    const file = bundleOf(large);
    const shrunk = {
      ...file,
      content: (start = 0, end = large.byteLength) =>
        start > 1000 ? file.content(start, end) : file.content(start, Math.min(end, 300_000)),
    };
    await expect(readZipEntries(shrunk)).rejects.toMatchObject({ data: { damage: 'truncated' } });
  });
});

describe('content that is not what the directory says', () => {
  test('a CRC that differs is told, small or large, stored or compressed', async () => {
    for (const size of [100, 600_000])
      for (const entry of [
        { name: 'a', content: patternBytes(size), crc: 1 },
        deflated('a', patternBytes(size), { crc: 1 }),
      ])
        await expect(readZipEntries(zipOf([entry]))).rejects.toMatchObject({
          code: 'bundle-damaged',
          data: { part: 'checksums', damage: 'mismatch', name: 'a' },
        });
  });

  test.each([100, 3_000_000])(
    '%i bytes that expand to more or to less are refused',
    async (size) => {
      const content = Buffer.alloc(size, 'some text ');
      for (const bytes of [size - 1, size + 1, 0])
        await expect(
          readZipEntries(zipOf([deflated('a', content, { bytes })])),
        ).rejects.toMatchObject(MALFORMED);
    },
  );

  test.each([100, 600_000])('%i bytes that are no deflate stream are refused', async (size) => {
    const whole = deflateRawSync(patternBytes(size));
    for (const content of [
      patternBytes(size),
      whole.subarray(0, -1),
      Buffer.concat([whole, Buffer.from('x')]),
      Buffer.alloc(0),
    ])
      await expect(
        readZipEntries(zipOf([deflated('a', patternBytes(size), { content })])),
      ).rejects.toMatchObject(MALFORMED);
  });
});

describe('bombs', () => {
  const zeros = (mebibytes: number, name = 'a'): RawZipEntry =>
    deflated(name, Buffer.alloc(mebibytes * 1024 * 1024));

  test('by ratio, announced', async () => {
    const limits = { ...NO_LIMITS, maxRatio: 100 };
    await expect(openZip(zipOf([zeros(4)]), { limits })).rejects.toMatchObject({
      code: 'expands-too-much',
      data: { kind: 'ratio', limit: 100 },
    });
    expect(await readZipEntries(zipOf([zeros(4)]), { limits: NO_LIMITS })).toHaveLength(1);
  });

  test('by total, announced', async () => {
    const limits = { ...NO_LIMITS, maxBytes: 8 * 1024 * 1024 };
    const zip = zipOf([zeros(4, 'a'), zeros(4, 'b'), zeros(1, 'c')]);
    await expect(openZip(zip, { limits })).rejects.toMatchObject({
      code: 'expands-too-much',
      data: { kind: 'total', limit: limits.maxBytes },
    });
  });

  test('that say they are small come to no more than they say', async () => {
    const zip = zipOf([deflated('a', Buffer.alloc(64 * 1024 * 1024), { bytes: 2_000_000 })]);
    let bytes = 0;
    const opening = await openZip(zip);
    if (opening.payload.kind !== 'archive') throw new Error('not an archive');
    const reading = async (): Promise<void> => {
      if (opening.payload.kind !== 'archive') return;
      for await (const entry of opening.payload.entries)
        if (entry.kind === 'file')
          for await (const piece of entry.content) bytes += piece.byteLength;
    };
    await expect(reading()).rejects.toMatchObject(MALFORMED);
    expect(bytes).toBeLessThanOrEqual(2_000_000);
  });

  test('a little text that compresses well is none', async () => {
    const limits = { ...NO_LIMITS, maxRatio: 2, harmlessBytes: 1000 };
    const zip = zipOf([deflated('a', Buffer.alloc(1000))]);
    expect(await readZipEntries(zip, { limits })).toHaveLength(1);
  });
});

test('more entries than allowed are refused, and as many are fine', async () => {
  const zip = zipOf(Array.from({ length: 5 }, (_unused, index) => ({ name: String(index) })));
  expect(await readZipEntries(zip, { maxEntries: 5 })).toHaveLength(5);
  await expect(openZip(zip, { maxEntries: 4 })).rejects.toMatchObject({
    code: 'too-many-entries',
    data: { limit: 4 },
  });
});

test('what is passed over is checked nevertheless', async () => {
  for (const size of [100, 600_000]) {
    const zip = zipOf([{ name: 'a', content: patternBytes(size), crc: 1 }, GOOD]);
    const opening = await openZip(zip);
    const passing = async (): Promise<void> => {
      if (opening.payload.kind !== 'archive') return;
      for await (const entry of opening.payload.entries) expect(entry.name).toBe('a');
    };
    await expect(passing()).rejects.toMatchObject({ data: { damage: 'mismatch' } });
  }
});

test('a reader who stops early stops the reading', async () => {
  let open = 0;
  const bytes = zipOf([deflated('a', patternBytes(5_000_000))]);
  const file = bundleOf(bytes);
  const watched = {
    ...file,
    content: async function* (start?: number, end?: number) {
      open += 1;
      try {
        yield* file.content(start, end);
      } finally {
        open -= 1;
      }
    },
  };
  const opening = await openZip(watched);
  if (opening.payload.kind !== 'archive') throw new Error('not an archive');
  for await (const entry of opening.payload.entries) {
    if (entry.kind === 'folder') continue;
    for await (const piece of entry.content) {
      expect(piece.byteLength).toBeGreaterThan(0);
      break;
    }
    break;
  }
  expect(open).toBe(0);
});
