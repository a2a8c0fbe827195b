import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { AppError } from '../../app/contract/errors.ts';

/** Where a program runs, as far as its folders depend on it. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** This process's surroundings. */
export function surroundings(): Surroundings {
  return { platform: process.platform, env: process.env, home: homedir() };
}

/**
 * The folder for settings, connections and activity: the platform's own place for such, or what `SIGNET_DATA` names. It need not
 * exist.
 *
 * @param around - the surroundings; this process's own unless given
 */
export function dataFolder(around: Surroundings = surroundings()): string {
  const { platform, env, home } = around;
  const chosen = env['SIGNET_DATA'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Signet');
  if (platform === 'win32')
    return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Signet');
  // An empty or relative path counts as none, as the XDG specification wants it.
  const base = env['XDG_DATA_HOME'] ?? '';
  return join(isAbsolute(base) ? base : join(home, '.local', 'share'), 'signet');
}

/** A private folder that belongs to this process. */
export interface StagingFolder {
  readonly path: string;
  /** Removes it with everything in it, at once: there may be no later. Never throws; the next start tries again. */
  release(): void;
}

/**
 * Makes a private folder for this process, and removes those that processes left behind which are no more.
 *
 * It lies in the data folder, not among the system's temporary files: those may be held in memory, which documents would fill, and are
 * often shared by everybody on the machine.
 *
 * @param data - the data folder, made 0700 when it is missing
 * @throws `settings-unwritable`
 */
export async function claimStagingFolder(data: string): Promise<StagingFolder> {
  const all = join(data, 'staging');
  const path = join(all, `${ownMark()}.${randomBytes(8).toString('hex')}`);
  try {
    await mkdir(all, { recursive: true, mode: 0o700 });
    await chmod(all, 0o700);
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    throw new AppError('settings-unwritable', { path: all }, error);
  }
  claimed.add(path);
  for (const name of readdirSync(all)) {
    const other = join(all, name);
    if (!claimed.has(other) && !isAlive(name)) remove(other);
  }
  return {
    path,
    release: () => {
      claimed.delete(path);
      remove(path);
    },
  };
}

/** Those of this process: tests claim several. */
const claimed = new Set<string>();

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Somebody has a file in it open, on Windows; it is private still, and the next start tries again.
  }
}

/** What a folder of this process is called by: its number, and where that can be told, when it was started. */
function ownMark(): string {
  return mark(process.pid);
}

function mark(pid: number): string {
  return `${String(pid)}-${startOf(pid)}`;
}

/** When a process was started, in ticks since the machine was: numbers are given out again, and sooner than one would think. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    // The second field is the program's name in brackets, which may itself hold brackets and spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Whether the process that a folder is called by still runs. */
function isAlive(name: string): boolean {
  const pid = Number(/^([0-9]{1,10})-/.exec(name)?.[1]);
  // This one's own are known by path; another with its number is from before.
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process may have got the number; what is in this folder was the person's own.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return name.startsWith(`${mark(pid)}.`);
}
