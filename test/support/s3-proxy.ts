import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { operationOf, type S3Operation } from './s3-protocol.ts';

/** What happens at the moments of one kind of request; each is told how often it was asked for, from 1. */
export interface Moments {
  /** While its body passes: how much has. `break` breaks the connection. */
  readonly arriving?: (bytes: number) => 'break' | undefined;
  /** It has reached the server whole, which is now at work. */
  readonly asked?: (nth: number) => void;
  /** The server has answered. `lose` keeps that from the client: its connection breaks. */
  readonly answered?: (nth: number, status: number) => 'lose' | undefined;
  /** While the answer's body passes: how much has. `break` breaks the connection. */
  readonly answering?: (bytes: number) => 'break' | undefined;
}

/**
 * Stands between a client and a real S3 server and passes everything on as it is, so that a test can act at one exact moment of
 * one request. The signature stays good, because the client signs for the address of the proxy and the server gets just that.
 */
export class S3Proxy {
  /** The operations with the status of their answers, in order. */
  readonly passed: [S3Operation | 'other', number][] = [];
  readonly #upstream: URL;
  readonly #moments = new Map<S3Operation, Moments>();
  readonly #counts = new Map<S3Operation, number>();
  readonly #server = createServer((asked, answer) => {
    this.#pass(asked, answer);
  });

  private constructor(upstream: string) {
    this.#upstream = new URL(upstream);
  }

  /** Starts a proxy for the running test. */
  static async start(upstream: string): Promise<S3Proxy> {
    const proxy = new S3Proxy(upstream);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    proxy.#server.listen(0, '127.0.0.1', () => {
      resolve(undefined);
    });
    await promise;
    onTestFinished(() => {
      proxy.#server.close();
      proxy.#server.closeAllConnections();
    });
    return proxy;
  }

  /** Its address. */
  get endpoint(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** Acts at the moments of one operation. */
  at(operation: S3Operation, moments: Moments): void {
    this.#moments.set(operation, moments);
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { method = '', url = '' } = asked;
    const [path = '', search = ''] = url.split(/\?(.*)/s);
    const key = path.slice(1).split(/\/(.*)/s)[1] ?? '';
    const operation = operationOf(method, key, new URLSearchParams(search));
    const moments = operation === undefined ? undefined : this.#moments.get(operation);
    const nth = operation === undefined ? 0 : (this.#counts.get(operation) ?? 0) + 1;
    if (operation !== undefined) this.#counts.set(operation, nth);
    // The client was told already that its body may come.
    const headers = { ...asked.headers };
    delete headers.expect;
    const { hostname, port } = this.#upstream;
    const onward = request({ hostname, port, method, path: url, headers });
    let bytes = 0;
    asked.on('data', (piece: Buffer) => {
      bytes += piece.byteLength;
      if (moments?.arriving?.(bytes) === 'break') asked.socket.destroy();
    });
    asked.pipe(onward);
    onward.on('finish', () => {
      moments?.asked?.(nth);
    });
    onward.on('response', (upstream) => {
      const status = upstream.statusCode ?? 0;
      this.passed.push([operation ?? 'other', status]);
      if (moments?.answered?.(nth, status) === 'lose') {
        upstream.resume();
        asked.socket.destroy();
        return;
      }
      answer.writeHead(status, upstream.headers);
      let sent = 0;
      upstream.on('data', (piece: Buffer) => {
        sent += piece.byteLength;
        if (moments?.answering?.(sent) === 'break') asked.socket.destroy();
      });
      upstream.pipe(answer);
    });
    onward.on('error', () => asked.socket.destroy());
    // Whoever hangs up in the middle of a request hangs up on the server, too.
    asked.on('error', () => onward.destroy());
    answer.on('close', () => {
      if (!answer.writableFinished) onward.destroy();
    });
  }
}
