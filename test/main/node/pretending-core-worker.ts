import { parentPort, workerData } from 'node:worker_threads';
import type { SessionOptions } from '../../../app/contract/host.ts';
import { AppError } from '../../../app/contract/errors.ts';
import { serveCore } from '../../../main/node/serve-core.ts';
import { fakeSession } from '../../support/fake-session.ts';

/* A core for the tests of what lies between it and its host: commands make it do what they are called. */
const options = workerData as SessionOptions;

await serveCore(parentPort!, (ports) => {
  if (options.version === 'die') process.exit(3);
  if (options.version === 'refuse')
    return Promise.reject(new AppError('settings-unwritable', { path: '/x' }));
  const session = fakeSession();
  const usual = fakeSession();
  session.invoke = async (command, input) => {
    switch (command) {
      case 'hang':
        return new Promise(() => undefined);
      case 'die':
        setImmediate(() => {
          throw new Error('a defect');
        });
        return new Promise(() => undefined);
      case 'exit':
        process.exit(3);
      case 'tell':
        session.tell({ kind: 'changed', revision: Number(input) });
        break;
      case 'throw':
        throw new Error('a defect');
      case 'ask':
        return { ok: true, value: await ports.readSecret(String(input)) };
      case 'ask in vain':
        return ports.copyText('x', true).then(
          () => ({ ok: true, value: 'copied' }),
          (error: unknown) => ({ ok: true, value: (error as AppError).code }),
        );
      case 'surroundings':
        return {
          ok: true,
          value: { argv: process.argv.slice(2), home: process.env['HOME'], options },
        };
    }
    return usual.invoke(command, input);
  };
  session.running = () => Promise.resolve(2);
  if (options.version === 'never closes') session.close = () => new Promise(() => undefined);
  return Promise.resolve(session);
});
