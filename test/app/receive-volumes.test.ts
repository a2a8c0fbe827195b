import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FormatId } from '../../app/contract/formats.ts';
import { folderDestination } from '../../app/destinations/folder.ts';
import { openBundleFile } from '../../app/files/bundle-file.ts';
import { writeVolumes } from '../../app/files/write-volumes.ts';
import { inspectBundle, openBundle, type OpenedBundle } from '../../app/receive.ts';
import { send } from '../../app/send.ts';
import { stateOf } from '../support/folder-state.ts';
import { TEMPLATE } from '../support/templates.ts';
import { temporaryFolder } from '../support/temporary.ts';

const PASSPHRASE = 'violet-kettle-seven-danish-bridges-under-water';
const VOLUME = 2_000_000;
const document = randomBytes(1_000_000);
const PAGES = Array.from({ length: 7 }, (_unused, index) => `scan ${String(index + 1)}.jpg`);

/** A bundle of 7 MB in four volumes; a page is larger by a third, and has five. */
async function inVolumes(format: FormatId, name: string): Promise<string> {
  const folder = temporaryFolder();
  for (const page of PAGES) writeFileSync(join(folder, page), document);
  const { location } = await send(
    {
      paths: PAGES.map((page) => join(folder, page)),
      lock: { kind: 'generated', passphrase: PASSPHRASE },
      format,
      name,
      logN: 4,
      pageTemplate: () => Promise.resolve(TEMPLATE),
    },
    folderDestination(folder),
    {},
  );
  const file = await openBundleFile(location);
  await writeVolumes(file, folder, VOLUME, {});
  await file.close();
  rmSync(location);
  for (const page of PAGES) rmSync(join(folder, page));
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
      for (const page of PAGES) expect(readFileSync(join(out, page)).equals(document)).toBe(true);
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
      // A ZIP is authentic only by the document, and one lies in both.
      data:
        format === 'age' ? { name: `${name}.003` } : { name: `${name}.002`, last: `${name}.003` },
    });
    expect(Object.keys(stateOf(folder))).toEqual(before);
  });
});

describe.each<[FormatId, string, string]>([
  // What is found wrong first lies where the exchanged volumes begin.
  ['age', 'x.tar.age', 'x.tar.age.002'],
  ['html', 'x.html', 'x.html.002'],
  // The first document whose header is not where it should be.
  ['zip', 'x.zip', 'x.zip.002'],
  // The archive as a whole.
  ['7z', 'x.7z', 'x.7z.001 to x.7z.004'],
])('two volumes in each other’s place, %s', (format, name, named) => {
  async function exchanged(one: number, other: number): Promise<unknown> {
    const folder = await inVolumes(format, name);
    const at = (number: number): string => join(folder, `${name}.00${String(number)}`);
    renameSync(at(one), join(folder, 'aside'));
    renameSync(at(other), at(one));
    renameSync(join(folder, 'aside'), at(other));
    return await open(at(1), join(folder, 'out')).catch((error: unknown) => error);
  }

  it('are named, as nearly as the format tells', async () => {
    const [first, last] = named.split(' to ');
    expect(await exchanged(2, 3)).toMatchObject({
      code: 'volume-wrong',
      data: last === undefined ? { name: first } : { name: first, last },
    });
  });

  it('are named, too, when the beginning is not where it belongs', async () => {
    expect(await exchanged(1, 3)).toMatchObject({
      code: 'volume-wrong',
      data: { name: `${name}.001` },
    });
  });
});
