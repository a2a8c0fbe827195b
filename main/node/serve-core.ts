import type { MessagePort } from 'node:worker_threads';
import { AppError, toAppError } from '../../app/contract/errors.ts';
import type { HostPorts, Session } from '../../app/contract/host.ts';
import {
  PORT_NAMES,
  type AnyMethod,
  type CoreMethod,
  type FromCore,
  type PortName,
  type ToCore,
} from './core-messages.ts';

/**
 * The worker's end: makes a session whose ports lie beyond a message port, and runs what comes in through it.
 *
 * @param port - to the host
 * @param create - makes the session
 */
export async function serveCore(
  port: MessagePort,
  create: (ports: HostPorts) => Promise<Session>,
): Promise<void> {
  const post = (message: FromCore): void => {
    port.postMessage(message);
  };
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  const ask = (name: PortName, args: readonly unknown[]): Promise<unknown> => {
    const answer = Promise.withResolvers<unknown>();
    lastId += 1;
    asked.set(lastId, answer);
    post({ kind: 'port-call', id: lastId, port: name, args });
    return answer.promise;
  };
  const ports = Object.fromEntries(
    PORT_NAMES.map((name) => [name, (...args: readonly unknown[]) => ask(name, args)]),
  ) as unknown as HostPorts;

  // Asked questions are answered before the session is there: making it may need a secret.
  const making = Promise.withResolvers<Session>();
  const run = async (message: Extract<ToCore, { kind: 'call' }>): Promise<void> => {
    const { id, method, args } = message;
    try {
      const session = (await making.promise) as unknown as Readonly<Record<CoreMethod, AnyMethod>>;
      post({ kind: 'answer', id, answer: { value: await session[method](...args) } });
    } catch {
      post({ kind: 'answer', id, answer: null });
    }
  };
  port.on('message', (message: ToCore) => {
    if (message.kind === 'call') {
      void run(message);
      return;
    }
    const question = asked.get(message.id);
    asked.delete(message.id);
    if (message.answer === null) question?.reject(new AppError('host-failed', {}));
    else question?.resolve(message.answer.value);
  });

  try {
    const session = await create(ports);
    session.listen((event) => {
      post({ kind: 'event', event });
    });
    making.resolve(session);
    post({ kind: 'ready' });
  } catch (error) {
    // Only the record crosses; a stack stays here.
    const { code, data } = toAppError(error);
    making.promise.catch(() => undefined);
    making.reject(error);
    post({ kind: 'refused', error: { code, data } });
  }
}
