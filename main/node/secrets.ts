import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../app/contract/errors.ts';

/** What is asked of the keychain; over a private pipe, never by arguments. */
export type KeychainRequest = {
  readonly service: string;
  readonly name: string;
} & (
  | { readonly task: 'read' | 'remove' }
  /** `probe` writes, reads back and removes. */
  | { readonly task: 'write' | 'probe'; readonly secret: string }
);

/** What came of it. Why something failed is not told: nothing could be made of it but a guess. */
export type KeychainAnswer =
  { readonly ok: true; readonly secret: string | null } | { readonly ok: false };

/** Where the secrets of connections are kept. */
export interface SecretStore {
  /** Whether they survive the program. */
  readonly keeps: boolean;
  /**
   * The secret of that name, or `null`.
   *
   * @throws `host-failed`
   */
  read(name: string): Promise<string | null>;
  /** Keeps a secret; `false` when it was not kept, for want of a safe place. Never throws. */
  write(name: string, secret: string): Promise<boolean>;
  /**
   * Removes a secret, or finds none.
   *
   * @throws `host-failed`
   */
  remove(name: string): Promise<void>;
}

/** How the keychain is reached: for tests. */
export interface KeychainSettings {
  /** The program that carries out one request. */
  readonly program?: string;
  /** What it sees. */
  readonly env?: NodeJS.ProcessEnv;
  /** How long the probe may take, in milliseconds. */
  readonly probeLimit?: number;
}

const SERVICE = 'Signet';
/** Long enough for a slow keychain; a hanging one is found out before the screen is missed. */
const PROBE_LIMIT = 4_000;
/** The system may ask the person for leave. */
const TASK_LIMIT = 60_000;

const PROGRAM = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? './keychain-child.ts' : './keychain-child.js',
    import.meta.url,
  ),
);

/**
 * Opens the operating system's keychain: Keychain on macOS, the Credential Manager on Windows, the desktop's Secret Service on Linux.
 * Whether it can be relied on is found out by writing, reading and removing a worthless value; where that fails or takes too long,
 * nothing is ever kept.
 *
 * @param settings - for tests
 */
export async function openKeychain(settings: KeychainSettings = {}): Promise<SecretStore> {
  const { program = PROGRAM, env = process.env, probeLimit = PROBE_LIMIT } = settings;
  const ask = (request: KeychainRequest, limit: number): Promise<KeychainAnswer> =>
    runErrand(program, env, request, limit);
  const probe = randomBytes(16).toString('hex');
  const probed = await ask(
    { task: 'probe', service: SERVICE, name: `probe-${probe}`, secret: probe },
    probeLimit,
  );
  const keeps = probed.ok && probed.secret === probe;
  if (!keeps)
    return {
      keeps,
      read: () => Promise.resolve(null),
      write: () => Promise.resolve(false),
      remove: () => Promise.resolve(),
    };
  return {
    keeps,
    read: async (name) => {
      const answer = await ask({ task: 'read', service: SERVICE, name }, TASK_LIMIT);
      if (!answer.ok) throw new AppError('host-failed', {});
      return answer.secret;
    },
    write: async (name, secret) =>
      (await ask({ task: 'write', service: SERVICE, name, secret }, TASK_LIMIT)).ok,
    remove: async (name) => {
      const answer = await ask({ task: 'remove', service: SERVICE, name }, TASK_LIMIT);
      if (!answer.ok) throw new AppError('host-failed', {});
    },
  };
}

function runErrand(
  program: string,
  env: NodeJS.ProcessEnv,
  request: KeychainRequest,
  limit: number,
): Promise<KeychainAnswer> {
  const { promise, resolve } = Promise.withResolvers<KeychainAnswer>();
  const child = fork(program, [], {
    env,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const timer = setTimeout(() => {
    resolve({ ok: false });
    child.kill('SIGKILL');
  }, limit);
  child.once('message', (answer) => {
    resolve(answer as KeychainAnswer);
  });
  child.once('error', () => {
    resolve({ ok: false });
  });
  child.once('exit', () => {
    clearTimeout(timer);
    resolve({ ok: false });
  });
  child.send(request, () => {
    // When it cannot be sent, the child has ended, or ends for want of a parent.
  });
  return promise;
}
