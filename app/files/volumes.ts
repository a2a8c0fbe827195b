import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { BundleFile, BundlePartFile } from './bundle-file.ts';
import { pieces } from './read-pieces.ts';
import { bundleReadError, systemCode } from './fs-errors.ts';
import { parseVolumeName, possibleWidths, volumeDigits, volumeName } from './volume-names.ts';

interface Volume extends BundlePartFile {
  readonly handle: FileHandle;
  readonly modified: Date;
}

/**
 * Opens a bundle that was split into volumes, as one.
 *
 * @param path - any of its volumes; the others are looked for beside it
 * @throws `volume-missing` for a gap, `volume-wrong` for one whose size does not go with the others, `bundle-missing`,
 * `bundle-unreadable`, `not-a-bundle` for a path that is no volume's
 */
export async function openVolumes(path: string): Promise<BundleFile> {
  const paths = await findVolumes(path);
  const volumes: Volume[] = [];
  try {
    for (const each of paths) volumes.push(await openVolume(each));
    checkSizes(volumes);
  } catch (error) {
    await closeAll(volumes);
    throw error;
  }
  return joined(volumes);
}

/**
 * The name of the volume that holds a byte, to be named when the byte proves wrong.
 *
 * @param file - a bundle in one piece or in volumes
 * @param offset - the byte; one behind the end counts as the last
 */
export function volumeAt(file: BundleFile, offset: number): string {
  let end = 0;
  for (const part of file.parts) {
    end += part.bytes;
    if (offset < end) return basename(part.path);
  }
  return basename(file.parts.at(-1)?.path ?? file.path);
}

/**
 * The name that the next volume would have: the one to ask for when a bundle in volumes ends too early.
 *
 * @param file - a bundle
 * @returns `undefined` for a bundle that is one file
 */
export function volumeAfter(file: BundleFile): string | undefined {
  const first = parseVolumeName(basename(file.path));
  if (first?.number !== 1) return undefined;
  return volumeName(first.base, file.parts.length + 1, first.digits.length);
}

/** The paths of all volumes, from the first on. */
async function findVolumes(path: string): Promise<string[]> {
  const given = parseVolumeName(basename(path));
  if (given === undefined) throw new AppError('not-a-bundle', { path, found: 'other' });
  if (!(await isThere(path))) throw new AppError('bundle-missing', { path });
  const directory = dirname(path);
  const nameOf = (number: number, width: number): string => volumeName(given.base, number, width);
  const widths = possibleWidths(given.digits);
  const [narrowest = volumeDigits(1)] = widths;
  let width: number | undefined;
  for (const each of widths)
    if (width === undefined && (await isThere(join(directory, nameOf(1, each))))) width = each;
  if (width === undefined) throw new AppError('volume-missing', { name: nameOf(1, narrowest) });
  const paths: string[] = [];
  // Asked for by name, because a file system may not care about the case or the form of one.
  while (await isThere(join(directory, nameOf(paths.length + 1, width))))
    paths.push(join(directory, nameOf(paths.length + 1, width)));
  const highest = Math.max(given.number, await highestVolume(directory, given.base, width));
  if (highest > paths.length)
    throw new AppError('volume-missing', { name: nameOf(paths.length + 1, width) });
  return paths;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
    throw bundleReadError(error, path);
  }
}

/** The highest number among the volumes in a folder; 0 where it cannot be listed. */
async function highestVolume(directory: string, base: string, width: number): Promise<number> {
  const names = await readdir(directory).catch(() => []);
  let highest = 0;
  for (const name of names) {
    const volume = parseVolumeName(name);
    if (volume?.base.normalize() !== base.normalize()) continue;
    if (name === volumeName(volume.base, volume.number, width))
      highest = Math.max(highest, volume.number);
  }
  return highest;
}

async function openVolume(path: string): Promise<Volume> {
  const wrong = new AppError('volume-wrong', { name: basename(path) });
  // Asked first: opening a pipe would wait for somebody to write into it.
  const found = await stat(path).catch((error: unknown) => {
    throw bundleReadError(error, path);
  });
  if (!found.isFile()) throw wrong;
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw bundleReadError(error, path);
  });
  const stats = await handle.stat();
  if (stats.isFile() && stats.size > 0)
    return { path, bytes: stats.size, modified: stats.mtime, handle };
  await handle.close();
  throw wrong;
}

/** All but the last have one size, and the last is not larger. */
function checkSizes(volumes: readonly Volume[]): void {
  const whole = volumes.slice(0, -1);
  const size = mostCommon(whole.map(({ bytes }) => bytes));
  const odd =
    whole.find(({ bytes }) => bytes !== size) ??
    volumes.slice(-1).find(({ bytes }) => size !== undefined && bytes > size);
  if (odd !== undefined) throw new AppError('volume-wrong', { name: basename(odd.path) });
}

/** Of equally common ones the first. */
function mostCommon(sizes: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}

function joined(volumes: readonly Volume[]): BundleFile {
  const [first] = volumes;
  if (first === undefined) throw new AppError('internal', {});
  const bytes = volumes.reduce((sum, volume) => sum + volume.bytes, 0);
  const read = (position: number, length: number): Promise<Uint8Array> =>
    readAcross(volumes, first.bytes, position, Math.max(0, Math.min(length, bytes - position)));
  return {
    path: first.path,
    name: parseVolumeName(basename(first.path))?.base ?? basename(first.path),
    bytes,
    modified: first.modified,
    parts: volumes.map((volume) => ({ path: volume.path, bytes: volume.bytes })),
    read,
    content: (start = 0, end = bytes) => pieces(read, start, Math.min(end, bytes)),
    close: () => closeAll(volumes),
  };
}

async function readAcross(
  volumes: readonly Volume[],
  volumeBytes: number,
  position: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let used = 0;
  while (used < length) {
    const at = position + used;
    const index = Math.min(Math.floor(at / volumeBytes), volumes.length - 1);
    const volume = volumes[index];
    if (volume === undefined) break;
    const within = at - index * volumeBytes;
    const count = Math.min(length - used, volume.bytes - within);
    const { bytesRead } = await volume.handle.read(bytes, used, count, within);
    if (bytesRead === 0) break;
    used += bytesRead;
  }
  return bytes.subarray(0, used);
}

async function closeAll(volumes: readonly Volume[]): Promise<void> {
  for (const { handle } of volumes) await handle.close().catch(() => undefined);
}
