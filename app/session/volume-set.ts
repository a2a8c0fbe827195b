import { rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { bundleReadError } from '../files/fs-errors.ts';
import { nameProblem } from '../files/names.ts';
import { parseVolumeName, type VolumeName } from '../files/volume-names.ts';
import type { Candidate } from './bundles.ts';
import type { GrantedFile } from './grants.ts';
import type { Staging } from './staging.ts';

/**
 * The bundle that was chosen: one file, or volumes of one bundle. Volumes find each other by their names and in their folder. A
 * browser hands over copies that have neither, so these are gathered in a folder of their own, under the names they had.
 *
 * @param chosen - one file or more
 * @param staging - where copies lie
 * @throws `volume-wrong` for one that does not go with the first, `bundle-missing`, `output-unwritable`, `disk-full`
 */
export async function bundleChosen(
  chosen: readonly [GrantedFile, ...GrantedFile[]],
  staging: Staging,
): Promise<Candidate> {
  const [first] = chosen;
  const { path, name, staged } = first;
  const volume = volumeOf(first);
  if (chosen.length === 1 && (volume === undefined || !staged)) return { path, name, staged };
  checkSet(chosen);
  if (!staged) return { path, name, staged };
  const folder = await staging.makeFolder();
  try {
    for (const each of chosen)
      await rename(each.path, join(folder, lastName(each))).catch((error: unknown) => {
        throw bundleReadError(error, lastName(each));
      });
  } catch (error) {
    await staging.release(folder);
    throw error;
  }
  return { path: join(folder, lastName(first)), name: lastName(first), staged, folder };
}

/** All are volumes of one bundle, and no two are the same one. */
function checkSet(chosen: readonly [GrantedFile, ...GrantedFile[]]): void {
  const [first] = chosen;
  const bundle = volumeOf(first)?.base;
  const seen = new Set<number>();
  for (const each of chosen) {
    const volume = volumeOf(each);
    const fits = volume !== undefined && volume.base === bundle && each.staged === first.staged;
    if (!fits || seen.has(volume.number))
      throw new AppError('volume-wrong', { name: lastName(each) });
    seen.add(volume.number);
  }
}

function volumeOf(file: GrantedFile): VolumeName | undefined {
  const name = lastName(file);
  // It becomes the name of a file.
  return nameProblem(name) === undefined ? parseVolumeName(name) : undefined;
}

function lastName({ path, name, staged }: GrantedFile): string {
  return staged ? name.slice(name.lastIndexOf('/') + 1) : basename(path);
}
