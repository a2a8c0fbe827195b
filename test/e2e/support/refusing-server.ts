import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers every request as S3 does that refuses it for one reason. */
export class RefusingServer {
  /** How much of all bodies was sent to it. */
  bytes = 0;
  readonly #server: Server;

  private constructor(code: string) {
    this.#server = createServer((request, response) => {
      request.on('data', (piece: Buffer) => (this.bytes += piece.byteLength));
      request.on('end', () => {
        response.writeHead(403, { 'content-type': 'application/xml' });
        response.end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
      });
    });
  }

  /**
   * Starts one.
   *
   * @param code - of the refusal
   */
  static async start(code: string): Promise<RefusingServer> {
    const refusing = new RefusingServer(code);
    refusing.#server.listen(0, '127.0.0.1');
    await once(refusing.#server, 'listening');
    return refusing;
  }

  /** Its address. */
  get endpoint(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** Ends it. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
