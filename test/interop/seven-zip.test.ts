import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { start, type Run } from '../support/cli.ts';
import { patternBytes, writeDocuments } from '../support/documents.ts';
import { hasCommand } from '../support/peers.ts';
import {
  inspectSevenZip,
  openSevenZip,
  sevenZipBytes,
  type OpenedSevenZip,
} from '../support/seven-zips.ts';
import { documentSource } from '../support/sources.ts';
import { filesIn, temporaryFolder } from '../support/temporary.ts';
import { OTHER_PASSPHRASE, PASSPHRASE } from '../support/workspace.ts';

const PICTURE = patternBytes(400_000);
const DOCUMENTS = {
  'passport.jpg': PICTURE,
  'me/Zoë 履歴書 😀.txt': 'curriculum '.repeat(1000),
  'me/empty.txt': '',
};

function sevenZip(cwd: string, ...args: readonly string[]): Promise<Run> {
  return start('7zz', args, { cwd }).ended;
}

/** A folder with the documents in `in/`, and an archive of them that 7zz made. */
async function packed(name: string, ...switches: readonly string[]): Promise<string> {
  const cwd = temporaryFolder();
  writeDocuments(join(cwd, 'in'), { ...DOCUMENTS, 'none/': '' });
  const { code, stderr } = await sevenZip(join(cwd, 'in'), 'a', `../${name}`, ...switches, '.');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return join(cwd, name);
}

function expectDocuments({ entries }: OpenedSevenZip): void {
  expect(Object.fromEntries(entries)).toEqual({
    ...Object.fromEntries(
      Object.entries(DOCUMENTS).map(([name, content]) => [name, Buffer.from(content)]),
    ),
    me: null,
    none: null,
  });
}

describe.skipIf(!hasCommand('7zz'))('what Signet seals, 7zz', () => {
  let bundle: Buffer;
  beforeAll(async () => {
    bundle = await sevenZipBytes(
      Object.entries(DOCUMENTS).map(([name, content]) =>
        documentSource(name, content, { pieceBytes: 100_000 }),
      ),
      { note: 'For Monday.', emptyFolders: ['none'] },
    );
  });

  test('restores, and sha256sum finds every document right', async () => {
    const cwd = writeDocuments(temporaryFolder(), { 'b.7z': bundle });
    const run = await sevenZip(cwd, 'x', `-p${PASSPHRASE}`, '-oout', 'b.7z');
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
    const files = await filesIn(join(cwd, 'out'));
    for (const [name, content] of Object.entries(DOCUMENTS))
      expect(files.get(name)).toEqual(Buffer.from(content));
    expect(files.get('NOTE.txt')?.toString()).toBe('For Monday.');
    const sums = start('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: join(cwd, 'out') });
    expect((await sums.ended).code).toBe(0);
  });

  test('finds nothing wrong with, and AES-256 in all of it', async () => {
    const cwd = writeDocuments(temporaryFolder(), { 'b.7z': bundle });
    expect((await sevenZip(cwd, 't', `-p${PASSPHRASE}`, 'b.7z')).code).toBe(0);
    const { stdout } = await sevenZip(cwd, 'l', '-slt', '-ba', `-p${PASSPHRASE}`, 'b.7z');
    const methods = [...stdout.matchAll(/^Method = (.+)$/gm)].map(([, method]) => method);
    expect(methods).toHaveLength(4);
    for (const method of methods) expect(method).toMatch(/ 7zAES:19$/);
  });

  test.each([
    ['without the passphrase', []],
    ['with another one', [`-p${OTHER_PASSPHRASE}`]],
  ])('lists nothing of, %s', async (_what, switches) => {
    const cwd = writeDocuments(temporaryFolder(), { 'b.7z': bundle });
    const { code, stdout, stderr } = await sevenZip(cwd, 'l', '-slt', ...switches, 'b.7z');
    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`).not.toMatch(/passport|履歴書|SHA256SUMS|NOTE/);
  });
});

describe.skipIf(!hasCommand('7zz'))('what 7zz makes, Signet opens:', () => {
  test.each<[string, readonly string[]]>([
    ['its usual way', []],
    ['its strongest', ['-mx9']],
    ['every file for itself', ['-ms=off']],
    ['stored', ['-mx0']],
    ['LZMA', ['-m0=LZMA']],
    ['PPMd', ['-m0=PPMd']],
    ['BZip2', ['-m0=BZip2']],
    ['Deflate', ['-m0=Deflate']],
    ['Deflate64', ['-m0=Deflate64']],
    ['with a filter for x86', ['-m0=BCJ', '-m1=LZMA2']],
    ['with the filter that has four streams', ['-m0=BCJ2', '-m1=LZMA']],
    ['with a filter for differences', ['-m0=Delta:4', '-m1=LZMA2']],
    ['with all times', ['-mtc=on', '-mta=on']],
    ['with a header that is not compressed', ['-mhc=off']],
  ])('%s, with sealed names, with visible ones, and not encrypted', async (_what, switches) => {
    const sealed = await packed('s.7z', ...switches, `-p${PASSPHRASE}`, '-mhe=on');
    const opened = await openSevenZip(sealed);
    expectDocuments(opened);
    expect(opened).toMatchObject({ openedBy: 'passphrase', warnings: [] });

    const visible = await openSevenZip(await packed('v.7z', ...switches, `-p${PASSPHRASE}`), {
      passphrases: [OTHER_PASSPHRASE, PASSPHRASE],
    });
    expectDocuments(visible);
    expect(visible).toMatchObject({ openedBy: 'passphrase', warnings: [] });

    const plain = await openSevenZip(await packed('p.7z', ...switches), { passphrases: [] });
    expectDocuments(plain);
    expect(plain).toMatchObject({ openedBy: 'nothing', warnings: ['not-encrypted'] });
  });

  test('in volumes', async () => {
    const first = await packed('b.7z', '-v150k', `-p${PASSPHRASE}`, '-mhe=on');
    expectDocuments(await openSevenZip(`${first}.001`));
  });

  test('with some of it encrypted', async () => {
    const archive = await packed('b.7z');
    writeDocuments(join(archive, '..', 'more'), { 'secret.txt': 'secret' });
    const more = join(archive, '..', 'more');
    await sevenZip(more, 'a', '../b.7z', `-p${PASSPHRASE}`, 'secret.txt');
    const opened = await openSevenZip(archive);
    expect(opened.warnings).toEqual(['partly-encrypted']);
    expect(Object.fromEntries(opened.entries)['secret.txt']).toEqual(Buffer.from('secret'));
  });

  test('whether its passphrase is missing, wrong, or right', async () => {
    for (const switches of [[], ['-mhe=on']]) {
      const archive = await packed('b.7z', `-p${PASSPHRASE}`, ...switches);
      await expect(openSevenZip(archive, { passphrases: [] })).rejects.toMatchObject({
        code: 'passphrase-needed',
      });
      await expect(
        openSevenZip(archive, { passphrases: [OTHER_PASSPHRASE] }),
      ).rejects.toMatchObject({ code: 'wrong-passphrase' });
    }
  });

  test('a passphrase beyond ASCII', async () => {
    const passphrase = 'Fünf Wörter, 五つの言葉, 😀';
    const archive = await packed('b.7z', `-p${passphrase}`, '-mhe=on');
    expectDocuments(await openSevenZip(archive, { passphrases: [passphrase] }));
  });

  test('what it says openly', async () => {
    const visible = await packed('v.7z', `-p${PASSPHRASE}`);
    expect(await inspectSevenZip(visible)).toEqual({
      format: '7z',
      bytes: readFileSync(visible).byteLength,
      lockedWith: 'passphrase',
      derivation: { kind: 'sha256-rounds', logRounds: 19 },
      names: 'visible',
      documents: 3,
    });
    expect(await inspectSevenZip(await packed('s.7z', `-p${PASSPHRASE}`, '-mhe=on'))).toMatchObject(
      {
        lockedWith: 'passphrase',
        derivation: { kind: 'sha256-rounds', logRounds: 19 },
        names: 'sealed',
      },
    );
    expect(await inspectSevenZip(await packed('p.7z'))).toMatchObject({
      lockedWith: 'nothing',
      derivation: { kind: 'none' },
      names: 'visible',
      documents: 3,
    });
  });

  test('damage anywhere in a solid archive is found', async () => {
    const bytes = readFileSync(await packed('b.7z', '-mhe=on', `-p${PASSPHRASE}`));
    for (let position = 100; position < bytes.byteLength; position += 50_000) {
      const damaged = Buffer.from(bytes);
      damaged[position]! ^= 1;
      await expect(openSevenZip(damaged), String(position)).rejects.toMatchObject({
        code: 'bundle-damaged',
      });
    }
  });
});
