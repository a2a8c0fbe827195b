import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemCode } from './fs-errors.ts';

/*
 * What is not finished carries a name that says so, and whose it is: `.signet-HOST-PID-RANDOM.partial`. After a power cut the
 * next run in the same folder can tell that the owner is gone and clear it away; a partial of another machine, on a shared
 * folder, is never touched.
 */
const PARTIAL = /^\.signet-(?<host>[0-9a-f]{8})-(?<pid>[0-9]+)-[0-9a-f]{12}\.partial$/;

function hostMark(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
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
 * Removes what earlier runs on this machine left half-made in a folder because they were killed.
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
    await rm(join(directory, name), { recursive: true, force: true }).catch(() => undefined);
    removed.push(name);
  }
  return removed;
}
