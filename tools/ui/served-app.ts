import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SIGNET = fileURLToPath(new URL('../../dist/main/signet.js', import.meta.url));

/** A loopback host that runs. */
export interface ServedApp {
  /** Good for one page, within a minute. */
  readonly link: string;
  readonly process: ChildProcess;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
}

/**
 * What the host sees whose person lives in a folder of ours.
 *
 * @param home - the home folder; settings lie in it, too
 */
export function homeEnvironment(home: string): NodeJS.ProcessEnv {
  return { ...process.env, HOME: home, SIGNET_DATA: join(home, '.data') };
}

/**
 * Starts the loopback host as it is built.
 *
 * @param env - what its process sees
 */
export async function serveApp(env: NodeJS.ProcessEnv): Promise<ServedApp> {
  const child = spawn(process.execPath, [SIGNET, 'serve', '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  // Whoever started it may fail; it must not go on alone.
  const end = (): void => void child.kill();
  process.on('exit', end);
  child.once('exit', () => process.off('exit', end));
  for await (const line of createInterface(child.stdout)) {
    const link = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(line)?.[0];
    if (link !== undefined) return { link, process: child, stop: () => stop(child) };
  }
  throw new Error('the loopback host ended before it was ready');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  await once(child, 'exit');
}
