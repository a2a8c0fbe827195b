import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { startDigest, type Digest } from '../../../app/digest/digest.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { watchWorkers } from './workers.ts';

const MIB = 1024 * 1024;
const full = new Uint8Array(4 * MIB);

/** A digest and the thread that it runs in. */
function start(): { digest: Digest; worker: Worker } {
  const workers = watchWorkers();
  const digest = startDigest(undefined);
  const [worker] = workers;
  if (worker === undefined) throw new Error('no worker was started');
  return { digest, worker };
}

describe('the worker of a digest', () => {
  it('ends when the digest is abandoned', async () => {
    const { digest, worker } = start();
    await digest.update(full);
    const ended = once(worker, 'exit');
    digest.abandon();
    await ended;
    expect(worker.threadId).toBe(-1);
  });

  it('ends when the digest is abandoned while its ring is full', async () => {
    const { digest, worker } = start();
    void digest.update(full);
    const waiting = digest.update(full);
    const ended = once(worker, 'exit');
    digest.abandon();
    // Whoever still waits is told, rather than left waiting for ever.
    await expect(waiting).rejects.toMatchObject({ code: 'internal' });
    await ended;
    expect(worker.threadId).toBe(-1);
  });

  it('ends when the digest is finished', async () => {
    const { digest, worker } = start();
    const ended = once(worker, 'exit');
    await digest.finish();
    await ended;
    expect(worker.threadId).toBe(-1);
  });
});

describe('a digest whose worker', () => {
  // A request that it cannot understand makes the real worker throw.
  const failures: readonly [string, (worker: Worker) => void][] = [
    [
      'throws',
      (worker) => {
        worker.postMessage(null);
      },
    ],
    [
      'ends early',
      (worker) => {
        void worker.terminate();
      },
    ],
  ];

  it.each(failures)('%s fails in finish', async (_how, fail) => {
    const { digest, worker } = start();
    await digest.update(new Uint8Array(10));
    fail(worker);
    await expect(digest.finish()).rejects.toMatchObject({ code: 'internal', data: {} });
  });

  it.each(failures)('%s fails in an update that waits for room', async (_how, fail) => {
    const { digest, worker } = start();
    // First, as the worker frees what it was sent before.
    fail(worker);
    expect(digest.update(full)).toBeUndefined();
    const waiting = digest.update(full);
    await expect(waiting).rejects.toMatchObject({ code: 'internal', data: {} });
  });

  it.each(failures)('%s fails in every call afterwards', async (_how, fail) => {
    const { digest, worker } = start();
    const ended = once(worker, 'exit');
    fail(worker);
    // With the error, before the thread is over: what comes of that later must not crash the process.
    await ended.catch(() => undefined);
    expect(() => digest.update(new Uint8Array(1))).toThrow(
      expect.objectContaining({ code: 'internal', data: {} }),
    );
    await expect(digest.finish()).rejects.toMatchObject({ code: 'internal' });
    digest.abandon();
    if (worker.threadId !== -1) await once(worker, 'exit');
  });
});

/*
 * Whether a process ends can only be seen on a process. Each of these would run into the limit, and so fail, if a forgotten
 * thread kept it alive.
 */
describe('a process', () => {
  const module = JSON.stringify(new URL('../../../app/digest/digest.ts', import.meta.url).href);

  async function run(code: string): Promise<string> {
    const script = join(temporaryFolder(), 'script.mjs');
    await writeFile(script, `import { startDigest } from ${module};\n${code}`);
    const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 20_000 });
    return stdout;
  }

  it.each([
    ['started', ''],
    ['abandoned', 'digest.abandon();'],
    ['fed', 'digest.update(new Uint8Array(10));'],
    [
      'abandoned after it had to wait',
      'await digest.update(new Uint8Array(9e6)); digest.abandon();',
    ],
    ['finished', 'process.stdout.write((await digest.finish()).slice(0, 0));'],
  ])('ends after a digest was %s', async (_how, code) => {
    expect(await run(`const digest = startDigest(undefined);\n${code}\nconsole.log('over');`)).toBe(
      'over\n',
    );
  });

  it('does not end before the digest that it waits for', async () => {
    const code = 'console.log(await startDigest(undefined).finish());';
    expect(await run(code)).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n',
    );
  });
});
