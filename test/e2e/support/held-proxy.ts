import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Which way is held, and when that many bytes have passed on it altogether. */
export interface Hold {
  readonly way: 'up' | 'down';
  readonly after: number;
}

/** What is shorter than this always passes: it is not what is held, but what somebody does about it. */
const SHORT = 128 * 1024;

/**
 * Stands between the app and a server and passes bytes on, until so many have passed: then every connection in the middle of something
 * long is held. So an upload can be caught in the middle, while requests that are short still get through.
 */
export class HeldProxy {
  readonly endpoint: string;
  readonly #server: Server;
  readonly #held = Promise.withResolvers<undefined>();
  readonly #release = Promise.withResolvers<undefined>();
  readonly #sockets = new Set<Socket>();
  readonly #hold: Hold;
  #passed = 0;
  #open = false;

  private constructor(server: Server, upstream: URL, hold: Hold) {
    this.#server = server;
    this.#hold = hold;
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
      // How much of one message has passed, up to the answer.
      const running = { up: 0, down: 0 };
      proxy.#join(near, far, 'up', running);
      proxy.#join(far, near, 'down', running);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new HeldProxy(server, to, hold);
    return proxy;
  }

  /** Resolves when something is held. */
  get held(): Promise<undefined> {
    return this.#held.promise;
  }

  /** Lets everything pass. */
  release(): void {
    this.#open = true;
    this.#release.resolve(undefined);
  }

  /** Ends it, with every connection. */
  async close(): Promise<void> {
    this.release();
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(from: Socket, to: Socket, way: Hold['way'], running: Record<Hold['way'], number>): void {
    this.#sockets.add(from);
    from.on('data', (piece) => {
      running[way] += piece.byteLength;
      running[way === 'up' ? 'down' : 'up'] = 0;
      if (!to.write(piece)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
      if (way !== this.#hold.way) return;
      this.#passed += piece.byteLength;
      if (this.#passed < this.#hold.after || running[way] < SHORT || this.#open) return;
      from.pause();
      this.#held.resolve(undefined);
      void this.#release.promise.then(() => from.resume());
    });
    from.on('end', () => to.end());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    from.on('error', () => to.destroy());
  }
}
