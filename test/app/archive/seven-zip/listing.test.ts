import { describe, expect, test } from 'vitest';
import { ListingParser } from '../../../../app/archive/seven-zip/listing.ts';

const LISTING = `Path = scans
Size = 0
Packed Size = 0
Modified = 2026-11-21 06:16:36.5580000Z
Attributes = D drwxr-xr-x
CRC = 
Encrypted = -
Method = 
Block = 

Path = scans/旅券 = Zoë.jpg
Size = 300000
Packed Size = 300000
Modified = 2026-11-21 06:16:36.5561234Z
Attributes = A -rw-r--r--
CRC = 4DD20B44
Encrypted = +
Method = Copy 7zAES:19
Block = 2

Path = from Windows.txt
Size = 5
Modified = 
Attributes = RHA
Encrypted = -
Method = LZMA2:24
`;

function parse(text: string, pieceBytes = text.length, maxEntries = 100): ListingParser {
  const parser = new ListingParser(maxEntries);
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.byteLength; offset += pieceBytes)
    parser.push(bytes.subarray(offset, offset + pieceBytes));
  parser.end();
  return parser;
}

function kindOf(...lines: readonly string[]): string | undefined {
  return parse(['Path = a', 'Size = 1', ...lines, ''].join('\n')).entries[0]?.kind;
}

describe('a listing', () => {
  test.each([1, 7, 100_000])('is read in pieces of %i bytes', (pieceBytes) => {
    expect(parse(LISTING, pieceBytes).entries).toEqual([
      {
        name: 'scans',
        kind: 'folder',
        bytes: 0,
        modified: new Date('2026-11-21T06:16:36.558Z'),
        encrypted: false,
        method: '',
      },
      {
        name: 'scans/旅券 = Zoë.jpg',
        kind: 'file',
        bytes: 300_000,
        modified: new Date('2026-11-21T06:16:36.556Z'),
        encrypted: true,
        method: 'Copy 7zAES:19',
      },
      {
        name: 'from Windows.txt',
        kind: 'file',
        bytes: 5,
        modified: new Date(0),
        encrypted: false,
        method: 'LZMA2:24',
      },
    ]);
  });

  test('of nothing has no entries', () => {
    expect(parse('').entries).toEqual([]);
  });

  test('with more entries than there may be says so', () => {
    expect(new ListingParser(2).push(Buffer.from(LISTING))).toBe(true);
    expect(new ListingParser(1).push(Buffer.from(`${LISTING}\n`))).toBe(false);
  });
});

test.each([
  ['file', ['Attributes = A -rw-r--r--']],
  ['file', ['Attributes = ']],
  ['file', []],
  ['folder', ['Attributes = D']],
  ['folder', ['Attributes = D drwxr-xr-x']],
  ['symbolic-link', ['Attributes = A lrwxrwxrwx']],
  ['symbolic-link', ['Attributes = DL']],
  ['symbolic-link', ['Attributes = A', 'Symbolic Link = /etc/passwd']],
  ['device', ['Attributes = A brw-rw----']],
  ['device', ['Attributes = A crw-rw----']],
  ['pipe', ['Attributes = A prw-r--r--']],
  ['socket', ['Attributes = A srwxr-xr-x']],
  ['other', ['Attributes = A ?rw-r--r--']],
  ['other', ['Attributes = A', 'Anti = +']],
  ['other', ['Attributes = A', 'Alternate Stream = +']],
])('%s: %j', (kind, lines) => {
  expect(kindOf(...lines)).toBe(kind);
});
