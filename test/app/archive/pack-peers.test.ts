import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packArchive, type Contents } from '../../../app/archive/pack.ts';
import { unpackArchive } from '../../../app/archive/unpack.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { hasCommand } from '../../support/peers.ts';
import { documentSource } from '../../support/sources.ts';
import { collect, pieces } from '../../support/streams.ts';
import { filesIn, temporaryFolder } from '../../support/temporary.ts';

/*
 * What a bundle holds must come out without Signet, too: any age tool and any tar are enough. GNU tar and Python's tarfile, two
 * readers that have nothing to do with ours, are the witnesses.
 */

async function tarFile(contents: Partial<Contents>): Promise<string> {
  const path = join(temporaryFolder(), 'archive.tar');
  const { bytes } = packArchive({ documents: [], emptyFolders: [], ...contents }, {});
  writeFileSync(path, await collect(bytes));
  return path;
}

function gnuTar(...args: readonly string[]): string {
  return execFileSync('tar', args, { encoding: 'utf8', env: { LC_ALL: 'C.UTF-8', TZ: 'UTC' } });
}

const LONG = [
  `client/${'x'.repeat(93)}`,
  `client/${'x'.repeat(94)}`,
  `${'d'.repeat(100)}/x`,
  `${'e'.repeat(150)}/${'y'.repeat(99)}`,
  `f/${'z'.repeat(101)}`,
  `g/${'日本語'.repeat(27)}.pdf`,
  `h/${'h'.repeat(255)}/${'i'.repeat(255)}/${'j'.repeat(255)}.pdf`.slice(0, 700),
  '履歴書/山田 太郎.pdf',
  'Übergröße/😀.txt',
  "it's [odd] {but} fine & good!",
];

test.skipIf(!hasCommand('tar'))('GNU tar extracts every name and every byte', async () => {
  const sizes = [0, 1, 511, 512, 513, 300_000];
  const documents = LONG.map((name, index) =>
    documentSource(name, patternBytes(sizes[index % sizes.length] ?? 0, index)),
  );
  const path = await tarFile({ documents, note: 'Für Sie', emptyFolders: ['leer', 'x/空'] });
  const folder = writeDocuments(temporaryFolder(), {});
  gnuTar('-xf', path, '-C', folder);
  const files = await filesIn(folder);
  expect([...files.keys()].sort()).toEqual([...LONG, 'NOTE.txt', 'SHA256SUMS'].sort());
  for (const document of documents)
    expect(files.get(document.name)?.equals(Buffer.from(document.readWhole()!))).toBe(true);
  for (const empty of ['leer', 'x/空'])
    expect(statSync(join(folder, empty)).isDirectory()).toBe(true);
});

test.skipIf(!hasCommand('sha256sum'))(
  'sha256sum -c agrees with what GNU tar extracted',
  async () => {
    const documents = LONG.map((name, index) => documentSource(name, patternBytes(1000, index)));
    const folder = temporaryFolder();
    gnuTar('-xf', await tarFile({ documents, note: 'hello' }), '-C', folder);
    const check = (): string =>
      execFileSync('sha256sum', ['-c', '--strict', 'SHA256SUMS'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    expect(check().trim().split('\n')).toHaveLength(LONG.length + 1);
    writeFileSync(join(folder, LONG[0]!), 'changed');
    expect(check).toThrow();
  },
);

test.skipIf(!hasCommand('tar'))('a listing tells nothing about the maker', async () => {
  const documents = [
    documentSource('client/a.pdf', 'x', { modified: new Date('2024-02-29T12:34:56.789Z') }),
  ];
  const path = await tarFile({ documents, emptyFolders: ['empty'] });
  const lines = gnuTar('-tvf', path, '--full-time').trim().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^drwxr-xr-x 0\/0 +0 .* empty\/?$/),
    expect.stringMatching(/^-rw-r--r-- 0\/0 +1 2024-02-29 12:34:56 client\/a\.pdf$/),
    expect.stringMatching(/^-rw-r--r-- 0\/0 +\d+ .* SHA256SUMS$/),
  ]);
});

const INSPECT = `
import json, sys, tarfile
def members(path):
    with tarfile.open(path) as tar:
        return [[m.name, m.type.decode(), m.mode, m.uid, m.gid, m.uname, m.gname, m.mtime, sorted(m.pax_headers)] for m in tar]
print(json.dumps([members(path) for path in sys.argv[1:]]))
`;

type Member = [string, string, number, number, number, string, string, number, string[]];

function pythonLists(paths: readonly string[]): Member[][] {
  const text = execFileSync('python3', ['-c', INSPECT, ...paths], { encoding: 'utf8' });
  return JSON.parse(text) as Member[][];
}

test.skipIf(!hasCommand('python3'))(
  'Python reads the same fields, and only names in pax',
  async () => {
    const documents = LONG.map((name) => documentSource(name, 'content'));
    const path = await tarFile({ documents, note: 'x', emptyFolders: ['empty'] });
    const [members = []] = pythonLists([path]);
    expect(members.map(([name]) => name)).toEqual(['NOTE.txt', 'empty', ...LONG, 'SHA256SUMS']);
    for (const [name, type, mode, uid, gid, uname, gname, , pax] of members) {
      expect({ uid, gid, uname, gname }).toEqual({ uid: 0, gid: 0, uname: '', gname: '' });
      expect([type, mode]).toEqual(name === 'empty' ? ['5', 0o755] : ['0', 0o644]);
      expect(pax.every((key) => key === 'path')).toBe(true);
    }
  },
);

/** What the header alone holds, and times beyond it in both directions, with the seconds that they are. */
const TIMES: readonly (readonly [string, number])[] = [
  ['0001-01-01T00:00:00Z', -62_135_596_800],
  ['1969-07-20T20:17:40Z', -14_182_940],
  ['1969-12-31T23:59:59.500Z', -1],
  ['1970-01-01T00:00:00Z', 0],
  ['1970-01-01T00:00:01.999Z', 1],
  ['2024-02-29T12:34:56.789Z', 1_709_210_096],
  ['2038-01-19T03:14:07Z', 2 ** 31 - 1],
  ['2038-01-19T03:14:08Z', 2 ** 31],
  ['2500-01-01T00:00:00Z', 16_725_225_600],
  ['+275760-09-13T00:00:00Z', 8_640_000_000_000],
];
const LONG_NAME = 'long'.repeat(50);

function documentsOfTimes(): Contents['documents'] {
  return TIMES.flatMap(([time], index) =>
    ['short', LONG_NAME].map((name) =>
      documentSource(`${name}${String(index)}`, 'content', { modified: new Date(time) }),
    ),
  );
}

test.skipIf(!hasCommand('python3'))(
  'every time is kept to the second, and those that a header holds stand in no other place',
  async () => {
    const [members = []] = pythonLists([await tarFile({ documents: documentsOfTimes() })]);
    const found = new Map(members.map((member) => [member[0], member]));
    for (const [index, [, seconds]] of TIMES.entries())
      for (const name of ['short', LONG_NAME]) {
        const [, , , , , , , mtime, pax] = found.get(`${name}${String(index)}`)!;
        expect(mtime).toBe(seconds);
        const fits = seconds >= 0 && seconds < 2 ** 31;
        const extended = name === LONG_NAME ? ['path'] : [];
        expect(pax).toEqual(fits ? extended : ['mtime', 'path']);
      }
  },
);

test.skipIf(!hasCommand('tar'))('GNU tar reads every time', async () => {
  const path = await tarFile({ documents: documentsOfTimes() });
  const lines = gnuTar('-tvf', path, '--full-time').split('\n');
  for (const [index, [, seconds]] of TIMES.entries()) {
    const [date, time] = new Date(seconds * 1000).toISOString().split(/[T.]/);
    // GNU tar writes years as they are, without zeros or a sign before them.
    const shown = `${date!.replace(/^[+0]*/, '')} ${time!}`;
    for (const name of ['short', LONG_NAME])
      expect(lines.find((line) => line.endsWith(`${name}${String(index)}`))).toContain(shown);
  }
});

test('what reads bundles here reads every time', async () => {
  const { bytes } = packArchive({ documents: documentsOfTimes(), emptyFolders: [] }, {});
  const unpacked = await unpackArchive(bytes, 1000);
  if (unpacked.kind !== 'archive') throw new Error('not a tar');
  const times = new Map<string, number>();
  for await (const entry of unpacked.entries)
    if (entry.kind === 'file') times.set(entry.name, entry.modified.getTime());
  for (const [index, [, seconds]] of TIMES.entries())
    for (const name of ['short', LONG_NAME])
      expect(times.get(`${name}${String(index)}`)).toBe(seconds * 1000);
});

test.skipIf(!hasCommand('tar') || !hasCommand('python3'))(
  'an empty folder is one for everybody, whatever the length of its name, even as the first entry',
  async () => {
    // Around the 100 bytes of the name field and the 155 of its prefix, with and without a slash to split at.
    const names = [98, 99, 100, 101, 120, 154, 155, 156, 255].flatMap((length) => [
      'n'.repeat(length),
      `up/${'n'.repeat(length)}`,
    ]);
    const paths = await Promise.all(names.map((name) => tarFile({ emptyFolders: [name] })));
    const lists = pythonLists(paths);
    for (const [index, name] of names.entries()) {
      expect(lists[index]?.map(([member, type]) => [member, type])).toEqual([
        [name, '5'],
        ['SHA256SUMS', '0'],
      ]);
      const path = paths[index]!;
      const folder = temporaryFolder();
      gnuTar('-xf', path, '-C', folder);
      expect(statSync(join(folder, name)).isDirectory()).toBe(true);
      expect((await unpackArchive(pieces(readFileSync(path)), 10)).kind).toBe('archive');
    }
  },
);
