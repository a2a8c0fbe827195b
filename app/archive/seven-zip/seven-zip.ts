import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../contract/errors.ts';
import { checkCancelled, type Job } from '../../contract/job.ts';
import type { Command, Outcome, Reply, WorkerRole, WorkerStart } from './messages.ts';

/*
 * 7-Zip, compiled to WebAssembly by Emscripten (npm's 7z-wasm), in a thread of its own: its file operations are synchronous, and
 * while it works nothing else can. One thread serves one use and is terminated afterwards, which is also how a job is cancelled.
 */

/** In a checkout modules are TypeScript and packages lie in `node_modules`; in a build everything lies beside this module. */
const IN_CHECKOUT = import.meta.url.endsWith('.ts');
const WORKER = new URL(
  IN_CHECKOUT ? './seven-zip-worker.ts' : './seven-zip-worker.js',
  import.meta.url,
);

/** What the process keeps: compiling takes longer than starting a thread. */
let compiling: Promise<unknown> | undefined;

interface WebAssemblyNamespace {
  compile(bytes: Uint8Array): Promise<unknown>;
}

function machine(): Promise<unknown> {
  compiling ??= compileMachine().catch((error: unknown) => {
    compiling = undefined;
    throw new AppError('internal', {}, error);
  });
  return compiling;
}

async function compileMachine(): Promise<unknown> {
  const file = IN_CHECKOUT
    ? createRequire(import.meta.url).resolve('7z-wasm/7zz.wasm')
    : new URL('./7zz.wasm', import.meta.url);
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyNamespace };
  return await WebAssembly.compile(await readFile(file));
}

/** What a thread says while it obeys. */
export type Said = Exclude<Reply, { readonly kind: 'ended' }>;

/** A thread with 7-Zip in it. */
export interface SevenZip {
  /**
   * Has something done.
   *
   * @param command - what; one at a time
   * @param onSaid - hears what the thread says before it is done
   * @throws `cancelled`
   */
  obey(command: Command, onSaid: (said: Said) => void): Promise<Outcome>;
  /** Ends the thread, whatever it does. Harmless twice. */
  terminate(): Promise<void>;
}

/**
 * Starts a thread with 7-Zip in it. When the job is cancelled, it ends.
 *
 * @param role - what it is for
 * @param job - may be cancelled
 * @throws `cancelled`
 */
export async function startSevenZip(role: WorkerRole, job: Job): Promise<SevenZip> {
  const compiled = await machine();
  checkCancelled(job);
  const worker = new Worker(WORKER, {
    workerData: { machine: compiled, role } satisfies WorkerStart,
    // A worker inherits environment and argv by default; this one has no use for either.
    env: {},
    argv: [],
    stderr: true,
    stdout: true,
  });
  let heard: (said: Said) => void = () => undefined;
  let ended: PromiseWithResolvers<Outcome> | undefined;
  let failure: AppError | undefined;

  const fail = (error: AppError): void => {
    failure ??= error;
    ended?.reject(failure);
  };
  const onAbort = (): void => {
    fail(new AppError('cancelled', {}));
    void worker.terminate();
  };
  worker.on('message', (reply: Reply) => {
    // What arrives after the end, nobody waits for any more.
    if (failure !== undefined) return;
    if (reply.kind === 'ended') ended?.resolve(reply.outcome);
    else heard(reply);
  });
  worker.on('error', (error) => {
    fail(new AppError('internal', {}, error));
  });
  worker.on('exit', () => {
    job.signal?.removeEventListener('abort', onAbort);
    fail(new AppError('internal', {}, new Error('the thread of 7-Zip ended early')));
  });
  job.signal?.addEventListener('abort', onAbort, { once: true });

  return {
    obey: (command, onSaid) => {
      if (failure !== undefined) return Promise.reject(failure);
      heard = onSaid;
      ended = Promise.withResolvers();
      worker.postMessage(command);
      return ended.promise;
    },
    terminate: async () => {
      job.signal?.removeEventListener('abort', onAbort);
      failure ??= new AppError('internal', {}, new Error('the thread of 7-Zip was ended'));
      await worker.terminate();
      ended?.promise.catch(() => undefined);
      ended?.reject(failure);
    },
  };
}
