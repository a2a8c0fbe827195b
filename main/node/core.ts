import { Worker } from 'node:worker_threads';
import { AppError } from '../../app/contract/errors.ts';
import type { HostEvent } from '../../app/contract/events.ts';
import type { HostPorts, Session, SessionOptions } from '../../app/contract/host.ts';
import type { Result } from '../../app/contract/result.ts';
import type { AnyMethod, CoreMethod, FromCore, PortName, ToCore } from './core-messages.ts';

/** The worker's module lies beside this one, as source in a checkout and as JavaScript in a build. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './core-worker.ts' : './core-worker.js',
  import.meta.url,
);

/** How long the core may take to cancel its jobs and clear away what is private, in milliseconds. */
const CLOSE_LIMIT = 10_000;

const GONE: Result<never> = { ok: false, error: { code: 'host-gone', data: {} } };
const DEFECT: Result<never> = { ok: false, error: { code: 'internal', data: {} } };

/** A call's answer; `null` when it failed, which only a defect can make it do. */
type Answer = { readonly value: unknown } | null;

/** The session, as it runs in a worker thread. */
export interface Core extends Session {
  /** Resolves when the thread has ended: because it was closed, or because it died. Never rejects. */
  readonly ended: Promise<'closed' | 'died'>;
}

/** What tests set. */
export interface CoreSettings {
  /** Another module for the thread. */
  readonly worker?: URL;
  /** How long `close` waits, in milliseconds. */
  readonly closeLimit?: number;
}

/**
 * Starts the session in a worker thread, behind one port, so that neither sealing nor hashing ever holds up a window or a socket.
 *
 * A thread that dies takes jobs, draft and passphrases with it, and nobody starts another: a screen that went on as if nothing had
 * happened would be lying. What was asked and is not answered yet is answered by `host-gone`, as is everything asked later; listeners
 * hear a last `changed`, whose revision is above all others, so that the screen asks and learns of it.
 *
 * @param options - handed to the session
 * @param ports - what the session may ask for
 * @param settings - for tests
 * @throws what making the session throws; `internal` when the thread ended before there was one
 */
export async function startCore(
  options: SessionOptions,
  ports: HostPorts,
  settings: CoreSettings = {},
): Promise<Core> {
  // The environment goes along: the AWS configuration is found by it. Arguments do not.
  const worker = new Worker(settings.worker ?? WORKER, {
    name: 'core',
    workerData: options,
    argv: [],
  });
  const called = ports as unknown as Readonly<Record<PortName, AnyMethod>>;
  const calls = new Map<number, (answer: Answer | 'gone') => void>();
  const listeners = new Set<(event: HostEvent) => void>();
  const ready = Promise.withResolvers<undefined>();
  const ended = Promise.withResolvers<'closed' | 'died'>();
  let state: 'running' | 'closing' | 'ended' = 'running';
  let lastId = 0;
  let closed: Promise<void> | undefined;

  const post = (message: ToCore): void => {
    worker.postMessage(message);
  };
  const tell = (event: HostEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const end = (cause?: unknown): void => {
    if (state === 'ended') return;
    const how = state === 'closing' ? 'closed' : 'died';
    state = 'ended';
    for (const answer of calls.values()) answer('gone');
    calls.clear();
    tell({ kind: 'changed', revision: Number.MAX_SAFE_INTEGER });
    listeners.clear();
    ready.reject(new AppError('internal', {}, cause));
    ended.resolve(how);
  };
  const answerPort = async (message: Extract<FromCore, { kind: 'port-call' }>): Promise<void> => {
    const { id, port, args } = message;
    try {
      post({ kind: 'port-answer', id, answer: { value: await called[port](...args) } });
    } catch {
      post({ kind: 'port-answer', id, answer: null });
    }
  };
  const hear = (message: FromCore): void => {
    switch (message.kind) {
      case 'ready':
        ready.resolve(undefined);
        return;
      case 'refused':
        ready.reject(new AppError(message.error.code, message.error.data));
        return;
      case 'answer':
        calls.get(message.id)?.(message.answer);
        calls.delete(message.id);
        return;
      case 'event':
        tell(message.event);
        return;
      case 'port-call':
        void answerPort(message);
    }
  };
  worker.on('message', hear);
  worker.on('error', end);
  worker.on('messageerror', end);
  worker.on('exit', () => {
    end();
  });

  const call = (method: CoreMethod, args: readonly unknown[]): Promise<Answer | 'gone'> => {
    if (state === 'ended') return Promise.resolve('gone');
    const { promise, resolve } = Promise.withResolvers<Answer | 'gone'>();
    lastId += 1;
    calls.set(lastId, resolve);
    try {
      post({ kind: 'call', id: lastId, method, args });
    } catch {
      // Something that cannot be copied, from a screen that sends what no contract knows.
      calls.delete(lastId);
      resolve(null);
    }
    return promise;
  };
  const result = async <T>(method: CoreMethod, args: readonly unknown[]): Promise<Result<T>> => {
    const answer = await call(method, args);
    if (answer === 'gone') return GONE;
    return answer === null ? DEFECT : (answer.value as Result<T>);
  };
  const close = async (): Promise<void> => {
    if (state === 'ended') return;
    state = 'closing';
    const limit = Promise.withResolvers<null>();
    const timer = setTimeout(limit.resolve, settings.closeLimit ?? CLOSE_LIMIT, null);
    await Promise.race([call('close', []), limit.promise]);
    clearTimeout(timer);
    await worker.terminate();
    end();
  };

  try {
    await ready.promise;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return {
    invoke: (command, input) => result('invoke', [command, input]),
    listen: (onEvent) => {
      listeners.add(onEvent);
      return () => {
        listeners.delete(onEvent);
      };
    },
    grant: (files) => result('grant', [files]),
    openFile: (path) => result('openFile', [path]),
    running: async () => {
      const answer = await call('running', []);
      return answer !== 'gone' && typeof answer?.value === 'number' ? answer.value : 0;
    },
    close: () => (closed ??= close()),
    ended: ended.promise,
  };
}
