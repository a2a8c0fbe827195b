import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../app/app.ts';
import { folderDestination } from '../../app/destinations/folder.ts';
import { folderInbox } from '../../app/inbox/folder.ts';
import { fetchBundle } from '../../app/receive.ts';
import { testKey } from '../support/bundles.ts';
import { patternBytes, writeDocuments } from '../support/documents.ts';
import { stateOf } from '../support/folder-state.ts';
import { openFilesUnder } from '../support/open-files.ts';
import { isRoot } from '../support/peers.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** A disk of one MiB and forty names, of which the mount itself is one. */
const OPTIONS = 'size=1m,nr_inodes=40';

const app = createApp({ logN: 4 });
const keys = { kind: 'keys', recipients: [testKey.recipient] } as const;
const identities = [testKey.identity];

// Only root may mount a disk.
describe.skipIf(!isRoot || process.platform !== 'linux')('on a disk that is really full', () => {
  let disk: string;

  beforeAll(() => {
    disk = mkdtempSync(join(tmpdir(), 'signet-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', OPTIONS, 'signet-test', disk]);
  });

  afterAll(() => {
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  });

  /** Empties the disk, then puts documents on it. */
  function prepare(
    documents: Readonly<Record<string, string | Uint8Array>>,
  ): Record<string, string> {
    for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true });
    writeDocuments(disk, documents);
    return stateOf(disk);
  }

  test('sealing stops, says so, and leaves nothing', async () => {
    for (const documents of [
      { 'in/large': patternBytes(3_000_000) },
      Object.fromEntries(
        Array.from({ length: 50 }, (_unused, index) => [
          `in/${String(index)}`,
          patternBytes(60_000, index),
        ]),
      ),
    ]) {
      const before = prepare({ mine: 'mine' });
      const folder = writeDocuments(temporaryFolder(), documents);
      await expect(
        app.seal({ paths: [join(folder, 'in')], name: 'x', lock: keys }, { directory: disk }),
      ).rejects.toMatchObject({ code: 'disk-full', data: { path: join(disk, 'x.tar.age') } });
      expect(stateOf(disk)).toEqual(before);
      expect(openFilesUnder(disk)).toEqual([]);
    }
  });

  test.each([
    ['one large document', { 'in/large': patternBytes(3_000_000) }],
    [
      'many small ones',
      Object.fromEntries(
        Array.from({ length: 20 }, (_unused, index) => [
          `in/${String(index)}`,
          patternBytes(100_000, index),
        ]),
      ),
    ],
    [
      'more names than there are',
      Object.fromEntries(
        Array.from({ length: 60 }, (_unused, index) => [`in/${String(index)}`, '']),
      ),
    ],
    [
      'more folders than there are',
      Object.fromEntries(
        Array.from({ length: 60 }, (_unused, index) => [`in/${String(index)}/`, '']),
      ),
    ],
  ])('opening stops at %s, says so, and leaves nothing', async (_what, documents) => {
    const folder = writeDocuments(temporaryFolder(), documents);
    const request = { paths: [join(folder, 'in')], name: 'x', lock: keys };
    const { location: path } = await app.seal(request, { directory: folder });
    const before = prepare({ mine: 'mine', 'in/mine': 'mine' });
    for (const directory of [disk, join(disk, 'new/folder')])
      for (const onConflict of ['fail', 'replace'] as const) {
        await expect(
          app.open({ path, identities, into: { directory, onConflict } }),
        ).rejects.toMatchObject({
          code: 'disk-full',
          // What did not fit, by the name that it would have had.
          data: { path: expect.stringMatching(/\/in\/\w+$/) as string },
        });
        expect(stateOf(disk)).toEqual(before);
        expect(openFilesUnder(disk)).toEqual([]);
      }
  });

  test('a target folder that can be made but not used goes away again', async () => {
    const folder = writeDocuments(temporaryFolder(), { 'in/a': 'x' });
    const request = { paths: [join(folder, 'in')], name: 'x', lock: keys };
    const { location: path } = await app.seal(request, { directory: folder });
    prepare({});
    // All names but two: for the two folders of the target, and none for what is in them.
    const free = Number(
      execFileSync('df', ['--output=iavail', disk], { encoding: 'utf8' }).split('\n')[1],
    );
    for (let count = 0; count < free - 2; count += 1) writeFileSync(join(disk, String(count)), '');
    const before = stateOf(disk);
    const into = { directory: join(disk, 'new/folder'), onConflict: 'fail' } as const;
    await expect(app.open({ path, identities, into })).rejects.toMatchObject({ code: 'disk-full' });
    expect(stateOf(disk)).toEqual(before);
  });

  test('fetching stops, says so, and leaves nothing', async () => {
    const folder = writeDocuments(temporaryFolder(), { 'x.age': patternBytes(2_000_000) });
    const before = prepare({ mine: 'mine' });
    await expect(
      fetchBundle(folderInbox(folder), 'x.age', folderDestination(disk), {}),
    ).rejects.toMatchObject({ code: 'disk-full', data: { path: join(disk, 'x.age') } });
    expect(stateOf(disk)).toEqual(before);
    expect(openFilesUnder(folder)).toEqual([]);
  });

  test('a key file is whole or not there', async () => {
    const before = prepare({ full: Buffer.alloc(1024 * 1024) });
    await expect(app.createKey('x25519', join(disk, 'my.key'))).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect(stateOf(disk)).toEqual(before);
  });

  test('what fits exactly is written', async () => {
    prepare({});
    mkdirSync(join(disk, 'out'));
    const folder = writeDocuments(temporaryFolder(), { 'in/a': patternBytes(900_000) });
    const request = { paths: [join(folder, 'in')], name: 'x', lock: keys };
    const { bytes } = await app.seal(request, { directory: join(disk, 'out') });
    expect(bytes).toBeGreaterThan(900_000);
  });
});
