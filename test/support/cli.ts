import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';

/** The project's folder. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** The program that is tested. */
export const PROGRAM = fileURLToPath(new URL('../../main/cli/signet.ts', import.meta.url));

/** How a program was run, as far as it is not as usual. */
export interface RunOptions {
  readonly cwd?: string | undefined;
  /** Added to the few variables that the program sees. */
  readonly env?: Readonly<Record<string, string>>;
  /** All of its standard input. */
  readonly input?: string;
  /** Whether its standard input stays open. */
  readonly interactive?: boolean;
  readonly uid?: number;
}

/** What a program did. */
export interface Run {
  /** `null` when a signal killed it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Run>;
  /** Resolves when this was written to standard error; fails when the program ends without having done so. */
  readonly saysOnStderr: (text: string) => Promise<void>;
}

/** What the program sees of the environment: nothing of whoever runs the tests, and no credentials. */
function plainEnvironment(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: '/nonexistent',
    LANG: 'C.UTF-8',
    AWS_EC2_METADATA_DISABLED: 'true',
    // Halves the time that it takes to start.
    NODE_COMPILE_CACHE: fileURLToPath(
      new URL('../../node_modules/.cache/compile', import.meta.url),
    ),
  };
}

/**
 * Starts a program, and ends it with the test if it has not ended by then.
 *
 * @param command - its path or name
 * @param args - as given
 * @param options - what is not as usual
 */
export function start(command: string, args: readonly string[], options: RunOptions = {}): Running {
  const { cwd, env, input = '', interactive = false, uid } = options;
  const child = spawn(command, args, {
    cwd,
    env: { ...plainEnvironment(), ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (stdout += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr += piece));
  // It may have ended before it read any of it.
  child.stdin.on('error', () => undefined);
  if (!interactive) child.stdin.end(input);
  const ended = new Promise<Run>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
  return {
    child,
    ended,
    saysOnStderr: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (stderr.includes(text)) resolve();
        };
        child.stderr.on('data', look);
        child.once('close', () => {
          reject(new Error(`it ended without '${text}': ${stderr}`));
        });
        look();
      }),
  };
}

/**
 * Starts Signet.
 *
 * @param args - its arguments
 * @param options - what is not as usual
 */
export function startSignet(args: readonly string[], options?: RunOptions): Running {
  return start(process.execPath, [PROGRAM, ...args], options);
}

/**
 * Runs Signet to its end.
 *
 * @param args - its arguments
 * @param options - what is not as usual
 */
export function signet(args: readonly string[], options?: RunOptions): Promise<Run> {
  return startSignet(args, options).ended;
}

/**
 * The object of `--json`. Fails when standard output holds anything else.
 *
 * @param run - of Signet
 */
export function jsonOf(run: Run): Record<string, unknown> {
  expect(run.stdout, run.stderr).toMatch(/^\{.*\}\n$/);
  return JSON.parse(run.stdout) as Record<string, unknown>;
}

/**
 * The error in the object of `--json`.
 *
 * @param run - of Signet
 */
export function jsonErrorOf(run: Run): Record<string, unknown> {
  const { error, ...others } = jsonOf(run);
  expect(others).toEqual({});
  return error as Record<string, unknown>;
}
