import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Which way of a connection is held, and after how many bytes on it. */
export interface Hold {
  readonly way: 'up' | 'down';
  readonly after: number;
}

/**
 * Stands between the app and a server and passes bytes on, until so many have passed on one connection that it is to be held: then nothing
 * more passes that way. So an upload can be caught in the middle, while requests that are short still get through.
 */
export class HeldProxy {
  readonly endpoint: string;
  readonly #server: Server;
  readonly #held = Promise.withResolvers<undefined>();
  readonly #release = Promise.withResolvers<undefined>();
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, upstream: URL) {
    this.#server = server;
    this.endpoint = `${upstream.protocol}//127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  /**
   * Starts one.
   *
   * @param upstream - the server's address; what it says in its certificate has to fit 127.0.0.1
   * @param hold - what is held
   */
  static async start(upstream: string, hold: Hold): Promise<HeldProxy> {
    const to = new URL(upstream);
    const server = createServer((near) => {
      const far = connect(Number(to.port), to.hostname);
      proxy.#join(near, far, hold.way === 'up' ? hold.after : Infinity);
      proxy.#join(far, near, hold.way === 'down' ? hold.after : Infinity);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new HeldProxy(server, to);
    return proxy;
  }

  /** Resolves when something is held. */
  get held(): Promise<undefined> {
    return this.#held.promise;
  }

  /** Lets everything pass. */
  release(): void {
    this.#release.resolve(undefined);
  }

  /** Ends it, with every connection. */
  async close(): Promise<void> {
    this.release();
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(from: Socket, to: Socket, limit: number): void {
    this.#sockets.add(from);
    let passed = 0;
    from.on('data', (piece) => {
      passed += piece.byteLength;
      if (!to.write(piece)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
      if (passed < limit) return;
      from.pause();
      this.#held.resolve(undefined);
      void this.#release.promise.then(() => {
        limit = Infinity;
        from.resume();
      });
    });
    from.on('end', () => to.end());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    from.on('error', () => to.destroy());
  }
}
