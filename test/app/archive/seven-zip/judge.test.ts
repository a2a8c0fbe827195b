import { describe, expect, test } from 'vitest';
import { judgeListing } from '../../../../app/archive/seven-zip/judge.ts';
import type { ListedEntry } from '../../../../app/archive/seven-zip/messages.ts';

const NO_LIMITS = { maxBytes: Infinity, maxRatio: Infinity, harmlessBytes: 0 };

function entry(about: Partial<ListedEntry>): ListedEntry {
  return {
    name: 'a',
    kind: 'file',
    bytes: 10,
    modified: new Date(0),
    encrypted: false,
    method: 'LZMA2:24',
    ...about,
  };
}

describe('a listing', () => {
  test('says how much will come out', () => {
    expect(judgeListing([entry({}), entry({ bytes: 32 })], 10, NO_LIMITS)).toBe(42);
  });

  test('may announce as much as was allowed, and not a byte more', () => {
    const entries = [entry({ bytes: 600 }), entry({ bytes: 400 })];
    expect(judgeListing(entries, 10, { maxBytes: 1000, maxRatio: 100, harmlessBytes: 0 })).toBe(
      1000,
    );
    expect(() =>
      judgeListing(entries, 10, { maxBytes: 999, maxRatio: 100, harmlessBytes: 0 }),
    ).toThrow(
      expect.objectContaining({
        code: 'expands-too-much',
        data: { kind: 'total', limit: 999 },
      }) as Error,
    );
    expect(() =>
      judgeListing(entries, 10, { maxBytes: 1000, maxRatio: 99, harmlessBytes: 0 }),
    ).toThrow(
      expect.objectContaining({
        code: 'expands-too-much',
        data: { kind: 'ratio', limit: 99 },
      }) as Error,
    );
  });

  test.each(['symbolic-link', 'device', 'pipe', 'socket', 'other'] as const)(
    'with a thing that is no document is refused: %s',
    (kind) => {
      expect(() => judgeListing([entry({ kind, name: 'x' })], 10, NO_LIMITS)).toThrow(
        expect.objectContaining({
          code: 'unsafe-entry',
          data: { name: 'x', problem: kind },
        }) as Error,
      );
    },
  );
});

describe('a method', () => {
  test.each([
    'Copy 7zAES:19',
    'LZMA2:12k 7zAES:19',
    'LZMA:24:lc4 BCJ2',
    'LZMA2:29',
    'LZMA2:512m',
    'PPMD:o6:mem24',
    'BZip2 Delta:4',
    'Deflate64',
    'ARM64',
    '',
  ])('that 7-Zip can undo is accepted: %s', (method) => {
    expect(judgeListing([entry({ method })], 10, NO_LIMITS)).toBe(10);
  });

  test.each([
    ['LZMA2:30', 'solid-too-large'],
    ['LZMA:1536m', 'solid-too-large'],
    ['LZMA2:4095m', 'solid-too-large'],
    ['BCJ2 LZMA:1g LZMA:20:lc0', 'solid-too-large'],
    ['PPMD:o32:mem31', 'solid-too-large'],
    ['04F71104', 'compression'],
    ['21 7zAES:19 0A', 'compression'],
  ])('that is too much for it is refused: %s', (method, feature) => {
    expect(() => judgeListing([entry({ method })], 10, NO_LIMITS)).toThrow(
      expect.objectContaining({
        code: 'format-unsupported',
        data: { format: '7z', feature },
      }) as Error,
    );
  });
});
