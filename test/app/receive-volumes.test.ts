import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderDestination } from '../../app/destinations/folder.ts';
import { openBundleFile } from '../../app/files/bundle-file.ts';
import { writeVolumes } from '../../app/files/write-volumes.ts';
import { inspectBundle, openBundle, type OpenedBundle } from '../../app/receive.ts';
import { send } from '../../app/send.ts';
import { stateOf } from '../support/folder-state.ts';
import { temporaryFolder } from '../support/temporary.ts';

const PASSPHRASE = 'violet-kettle-seven-danish-bridges-under-water';
const VOLUME = 2_000_000;
const document = randomBytes(7_000_000);

/** A bundle of 7 MB in four volumes. */
async function inVolumes(format: 'age' | 'zip', name: string): Promise<string> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'scan.jpg'), document);
  const { location } = await send(
    {
      paths: [join(folder, 'scan.jpg')],
      lock: { kind: 'generated', passphrase: PASSPHRASE },
      format,
      name,
      logN: 4,
    },
    folderDestination(folder),
    {},
  );
  const file = await openBundleFile(location);
  await writeVolumes(file, folder, VOLUME, {});
  await file.close();
  rmSync(location);
  rmSync(join(folder, 'scan.jpg'));
  return folder;
}

function open(path: string, directory: string): Promise<OpenedBundle> {
  return openBundle({ path, passphrase: PASSPHRASE, into: { directory, onConflict: 'fail' } }, {});
}

describe.each([
  ['age', 'x.tar.age'],
  ['zip', 'x.zip'],
] as const)('a bundle in volumes, %s', (format, name) => {
  it('opens by its first volume, and by any other', async () => {
    const folder = await inVolumes(format, name);
    for (const volume of ['001', '003']) {
      const out = join(folder, `out ${volume}`);
      const opened = await open(join(folder, `${name}.${volume}`), out);
      expect(opened.verified).toBe(true);
      expect(readFileSync(join(out, 'scan.jpg')).equals(document)).toBe(true);
    }
    expect(await inspectBundle(join(folder, `${name}.001`), {})).toMatchObject({ format });
  });

  it('names a volume in the middle that is missing', async () => {
    const folder = await inVolumes(format, name);
    rmSync(join(folder, `${name}.002`));
    const before = Object.keys(stateOf(folder));
    await expect(open(join(folder, `${name}.001`), join(folder, 'out'))).rejects.toMatchObject({
      code: 'volume-missing',
      data: { name: `${name}.002` },
    });
    expect(Object.keys(stateOf(folder))).toEqual(before);
  });

  it('names the next volume when the last is missing', async () => {
    const folder = await inVolumes(format, name);
    rmSync(join(folder, `${name}.004`));
    await expect(open(join(folder, `${name}.001`), join(folder, 'out'))).rejects.toMatchObject({
      code: 'volume-missing',
      data: { name: `${name}.004` },
    });
  });

  it('names a volume that is not the one that belongs there', async () => {
    const folder = await inVolumes(format, name);
    const other = await inVolumes(format, name);
    renameSync(join(other, `${name}.003`), join(folder, `${name}.003`));
    const before = Object.keys(stateOf(folder));
    await expect(open(join(folder, `${name}.001`), join(folder, 'out'))).rejects.toMatchObject({
      code: 'volume-wrong',
      // A ZIP is authentic only by the document, and this one lies in all of them.
      data:
        format === 'age' ? { name: `${name}.003` } : { name: `${name}.001`, last: `${name}.004` },
    });
    expect(Object.keys(stateOf(folder))).toEqual(before);
  });
});

it('two volumes in each other’s place are noticed at the first of them', async () => {
  const folder = await inVolumes('age', 'x.tar.age');
  const at = (number: number): string => join(folder, `x.tar.age.00${String(number)}`);
  renameSync(at(2), join(folder, 'aside'));
  renameSync(at(3), at(2));
  renameSync(join(folder, 'aside'), at(3));
  await expect(open(at(1), join(folder, 'out'))).rejects.toMatchObject({
    code: 'volume-wrong',
    data: { name: 'x.tar.age.002' },
  });
});
