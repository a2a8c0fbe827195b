import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NameProblem } from '../../../app/contract/errors.ts';
import { openPayloadInto } from '../../support/bundles.ts';
import { writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { interruptedBy } from '../../support/jobs.ts';
import { END_OF_TAR, tarEntry, tarOf, type RawEntry } from '../../support/tars.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/*
 * A bundle may come from anybody who has the passphrase or the public key. Whatever it holds: either all of it is restored into
 * the chosen folder, or nothing is, there and everywhere else.
 */

const GOOD: RawEntry = { name: 'docs/good.txt', content: 'good' };

/** Opens a hostile archive in a target within a guarded folder and expects that no trace of it is left anywhere. */
async function expectRefused(
  payload: Uint8Array,
  error: object,
  options: { readonly maxEntries?: number } = {},
): Promise<void> {
  const guarded = writeDocuments(temporaryFolder(), {
    'sentinel.txt': 'untouched',
    'x/sentinel.txt': 'untouched',
    'target/docs/mine.txt': 'untouched',
  });
  const before = stateOf(guarded);
  for (const target of ['target', 'new', 'new/folders/below'])
    await expect(
      openPayloadInto(payload, join(guarded, target), options),
      target,
    ).rejects.toMatchObject(error);
  expect(stateOf(guarded)).toEqual(before);
}

function unsafe(name: string, problem: string): object {
  return { code: 'unsafe-entry', data: { name, problem } };
}

const NAMES: readonly [string, NameProblem][] = [
  ['../x', 'dot-segment'],
  ['docs/../../x', 'dot-segment'],
  ['docs/..', 'dot-segment'],
  ['..', 'dot-segment'],
  ['.', 'dot-segment'],
  ['docs/./x', 'dot-segment'],
  ['/tmp/signet-was-here', 'absolute'],
  ['//server/share/x', 'absolute'],
  ['C:\\x', 'drive-letter'],
  ['C:x', 'drive-letter'],
  ['a\\b', 'backslash'],
  ['..\\x', 'backslash'],
  ['file:stream', 'colon'],
  ['a//b', 'empty'],
  ['docs/', 'empty'],
  ['CON', 'reserved-on-windows'],
  ['nul.txt', 'reserved-on-windows'],
  ['docs/COM1.pdf', 'reserved-on-windows'],
  ['x.', 'trailing-dot-or-space'],
  ['x /y', 'trailing-dot-or-space'],
  ['a\nb', 'control-character'],
  ['a\u001b]0;title\u0007b', 'control-character'],
  ['a\u0085b', 'control-character'],
  ['fdp\u202e.exe', 'control-character'],
  ['a\ufffdb', 'not-unicode'],
  ['what?', 'windows-character'],
  ['x'.repeat(300), 'too-long'],
  [`${'d/'.repeat(600)}x`, 'too-long'],
];

test.each(NAMES.map(([name, problem]) => [JSON.stringify(name).slice(0, 40), problem, name]))(
  'a file named %s is refused as %s, and leaves nothing',
  async (_shown, problem, name) => {
    await expectRefused(tarOf(GOOD, { name, content: 'evil' }, GOOD), unsafe(name, problem));
    // The same in a pax header, which replaces a harmless name.
    const pax = { path: name };
    await expectRefused(tarOf(GOOD, { name: 'ok', pax, content: 'evil' }), unsafe(name, problem));
  },
);

test.each([
  ['../x', 'dot-segment'],
  ['/x', 'absolute'],
  ['docs/..', 'dot-segment'],
  ['aux', 'reserved-on-windows'],
])('a folder named %s is refused as %s', async (name, problem) => {
  await expectRefused(tarOf(GOOD, { name: `${name}/`, type: '5' }), unsafe(name, problem));
});

test('a name in a pax header with a NUL in it is refused, not cut off there', async () => {
  const name = 'good.txt\0../../x';
  await expectRefused(
    tarOf({ name: 'ok', pax: { path: name } }),
    unsafe(name, 'control-character'),
  );
});

test('a name of bytes that are no UTF-8 is refused', async () => {
  const name = Buffer.from([0x61, 0xff, 0xfe, 0x62]);
  await expectRefused(tarOf(GOOD, { name }), unsafe('a\ufffd\ufffdb', 'not-unicode'));
});

test('a long name of the GNU kind is judged, too', async () => {
  const long = Buffer.concat([
    tarEntry({ name: '././@LongLink', type: 'L', content: '../../x\0' }),
    tarEntry({ name: 'ok', content: 'evil' }),
    END_OF_TAR,
  ]);
  // A bundle does not begin with such a header by chance: the first block is still a tar's.
  await expectRefused(long, unsafe('../../x', 'dot-segment'));
});

test.each([
  ['2', 'symbolic-link'],
  ['1', 'hard-link'],
  ['3', 'device'],
  ['4', 'device'],
  ['6', 'pipe'],
])('an entry of type %s is refused as a %s', async (type, problem) => {
  for (const link of ['/etc/passwd', '../sentinel.txt', 'docs/good.txt'])
    await expectRefused(tarOf(GOOD, { name: 'evil', type, link }), unsafe('evil', problem));
});

test('a link through which a later entry would be written is refused before that', async () => {
  await expectRefused(
    tarOf({ name: 'way-out', type: '2', link: '..' }, { name: 'way-out/x', content: 'evil' }),
    unsafe('way-out', 'symbolic-link'),
  );
});

test.each([
  ['the same name', 'a.txt', 'a.txt'],
  ['a name in another letter case', 'Docs/A.txt', 'Docs/a.TXT'],
  ['a name in another Unicode form', '\u00e9.txt', 'e\u0301.txt'],
  ['the same name behind ./', 'a.txt', './a.txt'],
])('%s twice is refused', async (_what, first, second) => {
  await expectRefused(tarOf({ name: first, content: '1' }, { name: second, content: '2' }), {
    code: 'duplicate-entry',
    data: { name: second.replace('./', ''), other: first },
  });
});

test('a folder in two letter cases is refused, stated or implied', async () => {
  const error = { code: 'duplicate-entry', data: { name: 'DOCS/b', other: 'docs' } };
  await expectRefused(tarOf({ name: 'docs/a' }, { name: 'DOCS/b' }), error);
  await expectRefused(tarOf({ name: 'docs/', type: '5' }, { name: 'DOCS/b' }), error);
});

describe('a file and a folder of one name', () => {
  test.each([
    ['the file first', { name: 'x', content: '1' }, { name: 'x/y', content: '2' }, 'x/y'],
    ['the folder first', { name: 'x/y', content: '1' }, { name: 'x', content: '2' }, 'x'],
    ['stated, the file first', { name: 'x', content: '1' }, { name: 'x/', type: '5' }, 'x'],
    ['stated, the folder first', { name: 'x/', type: '5' }, { name: 'x', content: '1' }, 'x'],
  ])('are refused, %s', async (_order, first, second, name) => {
    await expectRefused(tarOf(first, second), {
      code: 'duplicate-entry',
      data: { name, other: 'x' },
    });
  });
});

test('too many entries are refused, and a limit that is raised lets them in', async () => {
  const tar = tarOf(
    ...Array.from({ length: 20 }, (_unused, index) => ({ name: `n${String(index)}` })),
  );
  await expectRefused(tar, { code: 'too-many-entries', data: { limit: 19 } }, { maxEntries: 19 });
  const folder = temporaryFolder();
  const { documents } = await openPayloadInto(tar, folder, { maxEntries: 20 });
  expect(documents).toHaveLength(20);
});

test('two entries may not imply more folders than the limit', async () => {
  const deep = (letter: string): RawEntry => ({ name: `${`${letter}/`.repeat(500)}x` });
  await expectRefused(
    tarOf(deep('a'), deep('b')),
    { code: 'too-many-entries' },
    { maxEntries: 900 },
  );
});

test.each([
  ['says more than what follows', [{ name: 'a', content: 'x', size: 100_000 }], 'truncated'],
  ['says less than what follows', [{ name: 'a', content: 'x'.repeat(5000), size: 5 }], 'malformed'],
  ['says a petabyte', [{ name: 'a', content: 'x', size: 2 ** 50 }], 'truncated'],
  ['says less than nothing', [{ name: 'a', content: 'x', size: -(2 ** 50) }], 'malformed'],
] as const)('a header that %s is damage, and leaves nothing', async (_what, entries, damage) => {
  const error = { code: 'bundle-damaged', data: { part: 'archive', damage } };
  await expectRefused(tarOf(GOOD, ...entries), error);
});

test('an archive that is damaged or cut off anywhere leaves nothing', async () => {
  const tar = tarOf(GOOD, { name: 'large', content: Buffer.alloc(400_000, 1) });
  const cut = { code: 'bundle-damaged', data: { part: 'archive', damage: 'truncated' } };
  for (const length of [1023, 1025, 1537, 200_000, 401_000])
    await expectRefused(tar.subarray(0, length), cut);
  const broken = Buffer.from(tar);
  broken[1024 + 5] = 0xff;
  await expectRefused(broken, {
    code: 'bundle-damaged',
    data: { part: 'archive', damage: 'malformed' },
  });
});

test('dates that no file can have do no harm', async () => {
  const folder = temporaryFolder();
  const dates = [0, 8 ** 11 - 1, Number.NaN];
  const tar = tarOf(
    ...dates.map((mtime, index) => ({ name: String(index), content: 'x', mtime })),
    ...dates.map((mtime, index) => ({
      name: `large${String(index)}`,
      content: Buffer.alloc(300_000),
      mtime,
    })),
  );
  const { documents } = await openPayloadInto(tar, folder);
  expect(documents).toHaveLength(6);
});

test('a target that goes away while the archive is read fails and comes to nothing', async () => {
  const guarded = temporaryFolder();
  const target = join(guarded, 'target');
  mkdirSync(target);
  // By then the first documents are written.
  const job = interruptedBy(
    ({ stage, bytes }) => stage === 'open' && bytes > 600_000,
    () => {
      rmSync(target, { recursive: true });
    },
  );
  const tar = tarOf(
    ...Array.from({ length: 50 }, (_unused, index) => ({
      name: `n${String(index)}`,
      content: Buffer.alloc(20_000, index),
    })),
  );
  await expect(openPayloadInto(tar, target, {}, job)).rejects.toMatchObject({
    code: 'output-missing',
  });
  expect(stateOf(guarded)).toEqual({});
});
