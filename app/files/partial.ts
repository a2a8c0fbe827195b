import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync, type Stats } from 'node:fs';
import { lstat, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemCode } from './fs-errors.ts';

/*
 * What is not finished carries a name that says so, and whose it is: `.signet-HOST-PID-RANDOM.partial`. After a power cut the
 * next run in the same folder can tell that the owner is gone and clear it away. HOST stands for everything that gives a process
 * number its meaning: machine, name, and on Linux the namespace of processes, so that containers that share a folder do not take
 * each other for dead.
 */
const PARTIAL = /^\.signet-(?<host>[0-9a-f]{8})-(?<pid>[0-9]+)-[0-9a-f]{12}\.partial$/;

function hostMark(): string {
  const parts = [
    hostname(),
    attempt(() => readFileSync('/etc/machine-id', 'utf8')),
    attempt(() => readlinkSync('/proc/self/ns/pid')),
  ];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 8);
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** A fresh name, hidden and hard to guess, for a file or folder that is not finished. */
export function partialName(): string {
  return `.signet-${hostMark()}-${String(process.pid)}-${randomBytes(6).toString('hex')}.partial`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

/**
 * Removes what earlier runs of the same person on this machine left half-made in a folder because they were killed. A folder in
 * which others could rename things is left as it is: they could put something precious under such a name.
 *
 * @param directory - the folder; one that does not exist or cannot be listed has nothing to remove
 * @returns the names that were removed
 */
export async function sweepPartials(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  const mine = hostMark();
  const removed: string[] = [];
  for (const name of names) {
    const groups = PARTIAL.exec(name)?.groups;
    if (groups?.['host'] !== mine || isAlive(Number(groups['pid']))) continue;
    const path = join(directory, name);
    const sound = await Promise.all([stat(directory), lstat(path)]).then(
      ([folder, partial]) => isOurOwn(partial) && !othersMayRename(folder),
      () => false,
    );
    if (!sound) continue;
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
    removed.push(name);
  }
  return removed;
}

function isOurOwn(stats: Stats): boolean {
  // Windows has no such numbers, and no way for another to plant a folder that belongs to us.
  return process.getuid === undefined || stats.uid === process.getuid();
}

function othersMayRename(folder: Stats): boolean {
  if (process.getgid === undefined || (folder.mode & 0o1000) !== 0) return false;
  const group = (folder.mode & 0o020) !== 0 && folder.gid !== process.getgid();
  return group || (folder.mode & 0o002) !== 0;
}
