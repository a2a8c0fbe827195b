import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openBundleFile } from '../../app/files/bundle-file.ts';
import { zipFormat } from '../../app/formats/zip.ts';
import { start } from '../support/cli.ts';
import { patternBytes, writeDocuments } from '../support/documents.ts';
import { hasCommand } from '../support/peers.ts';
import { documentSource } from '../support/sources.ts';
import { filesIn, temporaryFolder } from '../support/temporary.ts';
import {
  openZip,
  readAll,
  readZipEntries,
  sealedZip,
  ZIP_PASSPHRASE,
  type ReadZipEntry,
} from '../support/zips.ts';

const TEXT = Buffer.alloc(2_000_000, 'a,b,c\n');
const CONTENTS: Readonly<Record<string, Uint8Array>> = {
  'small.txt': Buffer.from('small and compressible, '.repeat(10)),
  'b/Zoë 履歴書.pdf': patternBytes(3000),
  empty: Buffer.alloc(0),
  'large.csv': TEXT,
  'large.jpg': patternBytes(1_200_001),
  'tiny.jpg': Buffer.from('x'),
};
const DOCUMENTS = Object.entries(CONTENTS).map(([name, content]) =>
  documentSource(name, content, content.byteLength > 300_000 ? { pieceBytes: 256 * 1024 } : {}),
);
/** A tool that is given no passphrase as an argument asks for it; these are only known to the tests. */
const PASS = `'-p${ZIP_PASSPHRASE}'`;

/** Runs a line of shell in a folder; fails with what it says. */
async function shell(line: string, cwd: string): Promise<string> {
  const run = await start('bash', ['-c', `set -o pipefail; ${line}`], { cwd }).ended;
  if (run.code !== 0) throw new Error(`${line}: ${run.stdout}${run.stderr}`);
  return run.stdout;
}

async function expectContents(folder: string): Promise<void> {
  const files = await filesIn(folder);
  for (const [name, content] of Object.entries(CONTENTS))
    expect(files.get(name)?.equals(content), name).toBe(true);
}

/** A folder with a bundle that Signet made, `b.zip`. */
async function withBundle(hideNames = false): Promise<string> {
  const cwd = temporaryFolder();
  const { zip } = await sealedZip({
    documents: DOCUMENTS,
    emptyFolders: ['none'],
    note: 'hello',
    hideNames,
  });
  writeFileSync(join(cwd, 'b.zip'), zip);
  return cwd;
}

describe('what Signet seals, other tools open', () => {
  test.skipIf(!hasCommand('7zz'))('7-Zip', async () => {
    const cwd = await withBundle();
    const listing = await shell(`7zz l -slt ${PASS} b.zip`, cwd);
    expect(listing.match(/AES-256/g)).toHaveLength(DOCUMENTS.length + 2);
    await shell(`7zz x ${PASS} -oout b.zip`, cwd);
    await expectContents(join(cwd, 'out'));
    expect(existsSync(join(cwd, 'out/none'))).toBe(true);
    await shell('sha256sum --strict -c SHA256SUMS', join(cwd, 'out'));
    await expect(shell(`7zz t -pwrong b.zip`, cwd)).rejects.toThrow(/Wrong password/);
  });

  test.skipIf(!hasCommand('7zz'))('7-Zip, with hidden names, and the ZIP inside', async () => {
    const cwd = await withBundle(true);
    expect(await shell(`7zz l b.zip`, cwd)).not.toContain('small.txt');
    await shell(`7zz x ${PASS} -oout b.zip && 7zz x -oinner out/documents.zip`, cwd);
    await expectContents(join(cwd, 'inner'));
    await shell('sha256sum --strict -c SHA256SUMS', join(cwd, 'inner'));
  });

  test.skipIf(!hasCommand('bsdtar'))('libarchive, from a file', async () => {
    for (const hideNames of [false, true]) {
      const cwd = await withBundle(hideNames);
      writeDocuments(cwd, { 'out/': '', 'inner/': '' });
      await shell(`bsdtar --passphrase ${ZIP_PASSPHRASE} -C out -xf b.zip`, cwd);
      if (hideNames) await shell('bsdtar -C inner -xf out/documents.zip', cwd);
      await expectContents(join(cwd, hideNames ? 'inner' : 'out'));
    }
  });

  test.skipIf(!hasCommand('unzip') || !hasCommand('7zz'))(
    'Info-ZIP finds the ZIP inside whole',
    async () => {
      const cwd = temporaryFolder();
      const { zip } = await sealedZip({ documents: DOCUMENTS, hideNames: true });
      writeFileSync(join(cwd, 'b.zip'), zip);
      await shell(`7zz x ${PASS} b.zip && unzip -tq documents.zip`, cwd);
    },
  );

  test.skipIf(!hasCommand('python3'))('Python finds the structure right', async () => {
    const cwd = await withBundle();
    const script = `
import json, zipfile
z = zipfile.ZipFile('b.zip')
print(json.dumps([[i.filename, i.file_size, i.compress_type, i.flag_bits & 1] for i in z.infolist()]))`;
    const listed: unknown = JSON.parse(await shell(`python3 -c "${script}"`, cwd));
    expect(listed).toEqual([
      ['NOTE.txt', 5, 99, 1],
      ['none/', 0, 0, 0],
      ...DOCUMENTS.map(({ name, bytes }) => [name, bytes, 99, 1]),
      ['SHA256SUMS', expect.any(Number), 99, 1],
    ]);
  });

  test.skipIf(!hasCommand('python3') || !hasCommand('7zz'))(
    'with 70,000 entries, in the form of Zip64',
    async () => {
      const cwd = temporaryFolder();
      const emptyFolders = Array.from({ length: 70_000 }, (_unused, index) => `d/${String(index)}`);
      const { zip } = await sealedZip({ documents: [documentSource('a', 'x')], emptyFolders });
      writeFileSync(join(cwd, 'b.zip'), zip);
      const script = "import zipfile; print(len(zipfile.ZipFile('b.zip').infolist()))";
      expect(await shell(`python3 -c "${script}"`, cwd)).toBe('70002\n');
      expect(await shell(`7zz t ${PASS} b.zip`, cwd)).toMatch(/Folders: 70000/);
      expect(await readZipEntries(zip)).toHaveLength(70_002);
    },
  );

  test.skipIf(!hasCommand('7zz'))('under a passphrase beyond ASCII', async () => {
    const cwd = temporaryFolder();
    const { zip } = await sealedZip({ documents: DOCUMENTS, passphrase: 'Grüße 履歴' });
    writeFileSync(join(cwd, 'b.zip'), zip);
    await shell(`7zz t '-pGrüße 履歴' b.zip`, cwd);
  });
});

/** For so many files that a disk would take minutes to make them and to remove them. */
function folderInMemory(): string {
  const memory = '/dev/shm';
  const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'signet-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Everything in an archive that another tool made in the folder. */
async function opened(
  cwd: string,
  name = 'b.zip',
  passphrase = ZIP_PASSPHRASE,
): Promise<{
  readonly entries: readonly ReadZipEntry[];
  readonly openedBy: string;
  readonly warnings: readonly string[];
}> {
  const file = await openBundleFile(join(cwd, name));
  try {
    const opening = await openZip(file, { passphrases: ['wrong', passphrase] });
    const { openedBy, warnings } = opening;
    return { entries: await readAll(opening), openedBy, warnings };
  } finally {
    await file.close();
  }
}

function expectEntries(entries: readonly ReadZipEntry[]): void {
  for (const [name, content] of Object.entries(CONTENTS)) {
    const entry = entries.find((candidate) => candidate.name === name);
    expect(entry?.content?.equals(content), name).toBe(true);
  }
}

describe.skipIf(!hasCommand('7zz'))('what 7-Zip makes, Signet opens', () => {
  const withDocuments = (): string => {
    const cwd = temporaryFolder();
    writeDocuments(join(cwd, 'in'), { ...CONTENTS, 'none/': '' });
    return cwd;
  };

  test.each(
    [128, 192, 256].flatMap((bits) => ['-mx0', '-mx5'].map((level) => [bits, level] as const)),
  )('AES-%i, %s', async (bits, level) => {
    const cwd = withDocuments();
    await shell(`cd in && 7zz a -tzip -mem=AES${String(bits)} ${level} ${PASS} ../b.zip .`, cwd);
    const { entries, openedBy, warnings } = await opened(cwd);
    expectEntries(entries);
    expect(entries.map(({ name }) => name)).toContain('none/');
    expect({ openedBy, warnings }).toEqual({ openedBy: 'passphrase', warnings: [] });
    const file = await openBundleFile(join(cwd, 'b.zip'));
    expect(await zipFormat.inspect(file)).toMatchObject({
      aesBits: bits,
      names: 'visible',
      documents: DOCUMENTS.length,
      derivation: { kind: 'pbkdf2-sha1', rounds: 1000 },
    });
    await file.close();
  });

  test('ZipCrypto, with a warning', async () => {
    for (const level of ['-mx0', '-mx5']) {
      const cwd = withDocuments();
      await shell(`cd in && 7zz a -tzip -mem=ZipCrypto ${level} ${PASS} ../b.zip .`, cwd);
      const { entries, warnings } = await opened(cwd);
      expectEntries(entries);
      expect(warnings).toEqual(['legacy-encryption']);
    }
  });

  test('ZipCrypto under another passphrase is told as that, even when the check lets it pass', async () => {
    const cwd = temporaryFolder();
    writeDocuments(join(cwd, 'in'), { 'only.txt': TEXT });
    await shell(`cd in && 7zz a -tzip -mem=ZipCrypto ${PASS} ../b.zip .`, cwd);
    const zip = readFileSync(join(cwd, 'b.zip'));
    for (let index = 0; index < 1000; index += 1)
      await expect(readZipEntries(zip, { passphrases: [String(index)] })).rejects.toMatchObject({
        code: 'wrong-passphrase',
      });
  });

  test('no encryption, with a warning, and some, with another', async () => {
    const cwd = withDocuments();
    await shell(`cd in && 7zz a -tzip ../b.zip .`, cwd);
    const plain = await opened(cwd);
    expectEntries(plain.entries);
    expect([plain.openedBy, plain.warnings]).toEqual(['nothing', ['not-encrypted']]);
    await shell(`echo more > more.txt && 7zz a -mem=AES256 ${PASS} b.zip more.txt`, cwd);
    const mixed = await opened(cwd);
    expectEntries(mixed.entries);
    expect([mixed.openedBy, mixed.warnings]).toEqual(['passphrase', ['partly-encrypted']]);
  });

  test('from a pipe, of a size that it did not know before', async () => {
    const cwd = withDocuments();
    for (const how of [`-mem=AES256 ${PASS}`, `-mem=ZipCrypto ${PASS}`, '']) {
      await shell(`rm -f b.zip; 7zz a -tzip ${how} -siinside.csv b.zip < in/large.csv`, cwd);
      const { entries } = await opened(cwd);
      expect(entries[0]?.name).toBe('inside.csv');
      expect(entries[0]?.content?.equals(TEXT)).toBe(true);
    }
  });

  test('66,000 documents, in the form of Zip64', async () => {
    const cwd = folderInMemory();
    // In the clear: 7-Zip derives a key for each document, and that would take minutes.
    const few = { n00000: 'first', n41234: 'between', n65999: 'last' };
    await shell("mkdir in && cd in && seq -f 'n%05.0f' 0 65999 | xargs touch", cwd);
    writeDocuments(join(cwd, 'in'), few);
    await shell('cd in && 7zz a -tzip ../b.zip .', cwd);
    // The record that can tell of more than 65,535 entries.
    expect(readFileSync(join(cwd, 'b.zip')).includes('PK\x06\x06')).toBe(true);
    const { entries } = await opened(cwd);
    expect(new Set(entries.map(({ name }) => name)).size).toBe(66_000);
    const written = entries.filter(({ bytes }) => bytes !== 0);
    expect(Object.fromEntries(written.map(({ name, content }) => [name, String(content)]))).toEqual(
      few,
    );
  });

  test('methods that Signet cannot read are named', async () => {
    const cwd = withDocuments();
    for (const method of ['BZip2', 'LZMA', 'Deflate64']) {
      await shell(`rm -f b.zip; 7zz a -tzip -mm=${method} b.zip in/large.csv`, cwd);
      await expect(opened(cwd)).rejects.toMatchObject({
        code: 'format-unsupported',
        data: { format: 'zip', feature: 'compression' },
      });
    }
  });

  test('a changed byte anywhere in the sealed content is found', async () => {
    const cwd = withDocuments();
    await shell(`7zz a -tzip -mem=AES256 ${PASS} b.zip in/large.csv in/large.jpg`, cwd);
    const zip = readFileSync(join(cwd, 'b.zip'));
    for (let at = 200; at < zip.byteLength - 600; at += Math.floor(zip.byteLength / 15)) {
      const changed = Buffer.from(zip);
      changed[at]! ^= 1;
      await expect(readZipEntries(changed)).rejects.toMatchObject({
        data: { part: 'payload', damage: 'not-authentic' },
      });
    }
  });
});

test.skipIf(!hasCommand('bsdtar'))('what libarchive makes, Signet opens', async () => {
  const cwd = temporaryFolder();
  writeDocuments(join(cwd, 'in'), CONTENTS);
  for (const how of ['aes256', 'aes128', 'zipcrypt']) {
    const options = `--format zip --options zip:encryption=${how} --passphrase ${ZIP_PASSPHRASE}`;
    await shell(`cd in && bsdtar -cf ../b.zip ${options} *`, cwd);
    const { entries, openedBy } = await opened(cwd);
    expectEntries(entries);
    expect(openedBy).toBe('passphrase');
  }
});

test.skipIf(!hasCommand('zip'))('what Info-ZIP makes, Signet opens', async () => {
  const cwd = temporaryFolder();
  writeDocuments(join(cwd, 'in'), CONTENTS);
  await shell(`cd in && zip -qr -P ${ZIP_PASSPHRASE} ../b.zip . && zip -qr ../plain.zip .`, cwd);
  const { entries, warnings } = await opened(cwd);
  expectEntries(entries);
  // It leaves empty files in the clear.
  expect(warnings).toEqual(['legacy-encryption']);
  expectEntries((await opened(cwd, 'plain.zip')).entries);
  await shell(`cd in && zip -qr -P ${ZIP_PASSPHRASE} - . | cat > ../streamed.zip`, cwd);
  expectEntries((await opened(cwd, 'streamed.zip')).entries);
});

test.skipIf(!hasCommand('python3'))('what Python makes, Signet opens', async () => {
  const cwd = temporaryFolder();
  const script = `
import zipfile
with zipfile.ZipFile('b.zip', 'w', zipfile.ZIP_DEFLATED) as z:
    z.writestr('Zoë.txt', 'content')
    z.writestr('d/', '')
    with z.open('long', 'w', force_zip64=True) as f: f.write(b'x' * 1000)
    z.comment = b'made by Python'`;
  await shell(`python3 -c "${script}"`, cwd);
  const { entries } = await opened(cwd);
  expect(entries.map(({ name }) => name)).toEqual(['Zoë.txt', 'd/', 'long']);
  expect(entries[2]?.content?.byteLength).toBe(1000);
});
