/* Questions and answers over the channel between a program and the test that started it. */

/** What a side can be asked. */
export type Handlers = Readonly<Record<string, (...args: never[]) => unknown>>;

/** One end of the channel: a child process as its parent sees it, or the other way round. */
export interface Channel {
  send(message: unknown): void;
  onMessage(hear: (message: unknown) => void): void;
}

/** What one end can do. */
export interface Rpc {
  /** Asks the other end and waits for its answer; fails when that fails. */
  ask(name: string, ...args: readonly unknown[]): Promise<unknown>;
  /** Fails all that waits for an answer that will never come. */
  hangUp(reason: string): void;
}

type Message =
  | { readonly kind: 'ask'; readonly id: number; readonly name: string; readonly args: never[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string };

/**
 * Connects one end.
 *
 * @param channel - how messages travel
 * @param handlers - what this end can be asked
 */
export function connect(channel: Channel, handlers: Handlers): Rpc {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  const reply = async (id: number, name: string, args: never[]): Promise<void> => {
    try {
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`nobody answers to ${name}`);
      channel.send({ kind: 'answer', id, value: await handler(...args) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      channel.send({ kind: 'failure', id, message });
    }
  };
  channel.onMessage((raw) => {
    const message = raw as Message;
    if (message.kind === 'ask') {
      void reply(message.id, message.name, message.args);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') asked?.resolve(message.value);
    else asked?.reject(new Error(message.message));
  });
  return {
    ask: (name, ...args) => {
      const asked = Promise.withResolvers<unknown>();
      lastId += 1;
      waiting.set(lastId, asked);
      channel.send({ kind: 'ask', id: lastId, name, args });
      return asked.promise;
    },
    hangUp: (reason) => {
      for (const asked of waiting.values()) asked.reject(new Error(reason));
      waiting.clear();
    },
  };
}
