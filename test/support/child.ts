import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isRoot } from './peers.ts';

const run = promisify(execFile);

/** The user and group that own nothing; root can become them, and then permissions count. */
const NOBODY = 65_534;

/** Under what conditions a child runs. */
export interface Conditions {
  /** As a user for whom permissions count: nobody where the tests run as root. */
  readonly unprivileged?: boolean;
  /** No file may become longer than this, in units of 512 bytes. */
  readonly fileBlocks?: number;
}

/**
 * Does one thing with the app in a process of its own, for conditions that would disturb this one.
 *
 * @param call - JavaScript; an expression with a promise in which `app` is the app
 * @param conditions - how the child runs
 * @returns what the promise gave, or `{ code, data }` of the error that it failed with
 */
export async function appInChild(call: string, conditions: Conditions = {}): Promise<unknown> {
  const app = new URL('../../app/app.ts', import.meta.url).href;
  const script = `
    const { createApp } = await import(${JSON.stringify(app)});
    const app = createApp({ logN: 4 });
    const result = await (${call}).catch(({ code, data }) => ({ code, data }));
    console.log(JSON.stringify(result ?? null));`;
  const limit =
    conditions.fileBlocks === undefined ? '' : `ulimit -f ${String(conditions.fileBlocks)};`;
  const { stdout } = await run(
    'sh',
    ['-c', `${limit} exec "$0" "$@"`, process.execPath, '--input-type=module', '-e', script],
    {
      // Nobody's home is nowhere to keep caches in.
      env: { PATH: process.env['PATH'] },
      // A child that hangs is a finding, not a reason to wait for ever.
      timeout: 20_000,
      ...(conditions.unprivileged === true && isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    },
  );
  return JSON.parse(stdout) as unknown;
}
