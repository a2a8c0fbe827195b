import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { surroundings, type Surroundings } from '../node/folders.ts';

/** How long an opener may go on before it counts as having started what it opens, in milliseconds. */
const PATIENCE = 3_000;

/** A program and its arguments. */
type CommandLine = readonly [string, ...string[]];

/** Opens things with the programs that the person prefers for them. Answers whether it worked, as far as that can be told. */
export interface Opener {
  /** A document of ours, or an address; anybody on this machine may get to see which. */
  open(target: string): Promise<boolean>;
  /** The folder of that path, or the folder that a file of that path is in. */
  reveal(path: string): Promise<boolean>;
}

/**
 * The system's own opener: `xdg-open`, `open`, or what Windows has for it. No shell is involved.
 *
 * @param around - the surroundings; this process's own unless given
 */
export function systemOpener(around: Surroundings = surroundings()): Opener {
  return {
    open: (target) => run(openCommand(target, around), around),
    reveal: async (path) => run(await revealCommand(path, around), around),
  };
}

/** `undefined` where there is nobody to look at what would be opened. */
function openCommand(target: string, { platform, env }: Surroundings): CommandLine | undefined {
  if (platform === 'darwin') return ['/usr/bin/open', target];
  if (platform === 'win32') {
    const system = `${env['SystemRoot'] ?? 'C:\\Windows'}\\System32`;
    return [`${system}\\rundll32.exe`, 'url.dll,FileProtocolHandler', target];
  }
  const display = env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '';
  return display === '' ? undefined : ['xdg-open', target];
}

async function revealCommand(path: string, around: Surroundings): Promise<CommandLine | undefined> {
  // To open a folder there may be to start it: an application is one.
  if (around.platform === 'darwin') return ['/usr/bin/open', '-R', path];
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  return openCommand(isFolder ? path : dirname(path), around);
}

async function run(command: CommandLine | undefined, around: Surroundings): Promise<boolean> {
  if (command === undefined) return false;
  const [program, ...args] = command;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const child = spawn(program, args, {
    stdio: 'ignore',
    // It outlives this program, and Ctrl-C is not meant for it.
    detached: true,
    shell: false,
    windowsHide: true,
    env: { ...around.env },
  });
  // Some stay for as long as the browser that they started.
  const timer = setTimeout(resolve, PATIENCE, true);
  child.once('error', () => {
    resolve(false);
  });
  child.once('exit', (code) => {
    resolve(code === 0);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    child.unref();
  }
}
