import { hash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { S3Model } from './s3-model.ts';
import {
  operationOf,
  S3Refusal,
  type S3Answer,
  type S3Ask,
  type S3Operation,
} from './s3-protocol.ts';

/** What goes wrong with one request whose body has arrived whole. */
export type Fault =
  /** S3 refuses; nothing was done. */
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly code: string;
      readonly fields?: Readonly<Record<string, string>>;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection breaks; nothing was done. */
  | { readonly kind: 'drop' }
  /** What was asked is done, and the connection breaks before the answer. */
  | { readonly kind: 'lose-answer' }
  /** Nothing is done, nothing is answered, the connection stays. */
  | { readonly kind: 'silence' }
  /** The connection breaks after so many bytes of the answer's body. */
  | { readonly kind: 'break-off'; readonly afterBytes: number }
  /** The answer stops after so many bytes of its body; the connection stays. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  /** What was asked is done, and the answer is another. */
  | { readonly kind: 'change'; readonly change: (answer: S3Answer) => S3Answer };

/**
 * Asked before each request is handled; `nth` counts the requests of the operation, from 1. `gone` resolves when whoever asked
 * is no longer there to be answered.
 */
export type Hook = (
  nth: number,
  ask: S3Ask,
  gone: Promise<undefined>,
) => Fault | undefined | Promise<Fault | undefined>;

/** Told while a body arrives how many bytes have come; may break the connection. */
export type ArrivalHook = (bytes: number, nth: number) => 'drop' | undefined;

/**
 * An answer in which something reads differently.
 *
 * @param pattern - what
 * @param replacement - how instead
 */
export function rewriting(pattern: RegExp, replacement: string): Fault {
  const change = (answer: S3Answer): S3Answer => ({
    ...answer,
    body: Buffer.from(answer.body.toString().replace(pattern, replacement)),
  });
  return { kind: 'change', change };
}

const SKEW_MS = 15 * 60 * 1000;

/** An S3 server on loopback whose state can be looked at and whose behaviour can be scripted, request by request. */
export class ScriptedS3 {
  readonly model: S3Model;
  /** Every request whose body arrived, in order, without the body. */
  readonly asked: Omit<S3Ask, 'body' | 'sha256'>[] = [];
  /** Where the bucket lies; requests signed for another region are refused. */
  region = 'us-east-1';
  /** The one access key that is known. */
  accessKeyId = 'SCRIPTEDACCESSKEY';
  readonly #server: Server;
  readonly #hooks = new Map<S3Operation, Hook>();
  readonly #arrivals = new Map<S3Operation, ArrivalHook>();
  readonly #counts = new Map<S3Operation, number>();
  readonly #sockets = new Set<Socket>();
  #whenQuiet: (() => void)[] = [];

  private constructor(bucket: string) {
    this.model = new S3Model(bucket);
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => request.socket.destroy());
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        if (this.#sockets.size === 0) for (const tell of this.#whenQuiet.splice(0)) tell();
      });
    });
  }

  /** Starts a server for the running test, with one bucket. */
  static async start(bucket = 'signet-test'): Promise<ScriptedS3> {
    const scripted = new ScriptedS3(bucket);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    scripted.#server.listen(0, '127.0.0.1', () => {
      resolve(undefined);
    });
    await promise;
    onTestFinished(() => {
      scripted.#server.close();
      scripted.#server.closeAllConnections();
    });
    return scripted;
  }

  /** Its address. */
  get endpoint(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** Scripts what happens to the requests of one operation. */
  on(operation: S3Operation, hook: Hook): void {
    this.#hooks.set(operation, hook);
  }

  /** Watches the bodies of one operation arrive. */
  whileArriving(operation: S3Operation, hook: ArrivalHook): void {
    this.#arrivals.set(operation, hook);
  }

  /** How often an operation was asked for, broken-off requests included. */
  count(operation: S3Operation): number {
    return this.#counts.get(operation) ?? 0;
  }

  /** Resolves when no connection is open. */
  async quiet(): Promise<void> {
    if (this.#sockets.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#whenQuiet.push(() => {
      resolve(undefined);
    });
    await promise;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const [path = '', search = ''] = (request.url ?? '').split(/\?(.*)/s);
    const [bucket = '', key = ''] = path
      .slice(1)
      .split(/\/(.*)/s)
      .map(decodeURIComponent);
    const query = new URLSearchParams(search);
    const operation = operationOf(method, key, query);
    if (operation === undefined) {
      send(response, new S3Refusal(501, 'NotImplemented').answer());
      return;
    }
    const nth = this.count(operation) + 1;
    this.#counts.set(operation, nth);
    const body = await this.#receive(request, operation, nth);
    const sha256 = hash('sha256', body, 'buffer');
    const ask = { operation, bucket, key, query, headers, body, sha256 };
    this.asked.push({ operation, bucket, key, query, headers });
    const { promise: gone, resolve } = Promise.withResolvers<undefined>();
    response.on('close', () => {
      resolve(undefined);
    });
    const fault = await this.#hooks.get(operation)?.(nth, ask, gone);
    switch (fault?.kind) {
      case 'drop':
        request.socket.destroy();
        return;
      case 'silence':
        return;
      case 'refuse':
        send(
          response,
          new S3Refusal(fault.status, fault.code, fault.fields, fault.headers).answer(),
        );
        return;
      case 'lose-answer':
        this.#answer(ask);
        request.socket.destroy();
        return;
      case 'change':
        send(response, fault.change(this.#answer(ask)));
        return;
      case 'break-off':
      case 'stall':
        sendSome(response, this.#answer(ask), fault);
        return;
      case undefined:
        send(response, this.#answer(ask));
    }
  }

  async #receive(request: IncomingMessage, operation: S3Operation, nth: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const piece of request as AsyncIterable<Buffer>) {
      pieces.push(piece);
      bytes += piece.byteLength;
      if (this.#arrivals.get(operation)?.(bytes, nth) === 'drop') request.socket.destroy();
    }
    return Buffer.concat(pieces);
  }

  #answer(ask: S3Ask): S3Answer {
    try {
      this.#admit(ask);
      return this.model.handle(ask);
    } catch (error) {
      if (error instanceof S3Refusal) return error.answer();
      throw error;
    }
  }

  /** Looks at what every request has to bring: a known key, the right region, the right time, the digest of its body. */
  #admit({ headers, sha256 }: S3Ask): void {
    const scope = /Credential=([^/]+)\/\d{8}\/([^/]+)\/s3\//.exec(headers.authorization ?? '');
    if (scope?.[1] !== this.accessKeyId) throw new S3Refusal(403, 'InvalidAccessKeyId');
    if (scope[2] !== this.region)
      throw new S3Refusal(400, 'AuthorizationHeaderMalformed', { Region: this.region });
    const stamp = String(headers['x-amz-date']).replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      '$1-$2-$3T$4:$5:$6Z',
    );
    if (!(Math.abs(Date.parse(stamp) - Date.now()) < SKEW_MS))
      throw new S3Refusal(403, 'RequestTimeTooSkewed');
    const digest = headers['x-amz-content-sha256'];
    if (digest !== 'UNSIGNED-PAYLOAD' && digest !== sha256.toString('hex'))
      throw new S3Refusal(400, 'XAmzContentSHA256Mismatch');
  }
}

function writeHead(response: ServerResponse, { status, headers, body }: S3Answer): void {
  const lengthless = status === 204 || 'transfer-encoding' in headers;
  const length = lengthless ? {} : { 'content-length': String(body.byteLength) };
  response.writeHead(status, { 'x-amz-request-id': 'SCRIPTED', ...length, ...headers });
}

function send(response: ServerResponse, answer: S3Answer): void {
  writeHead(response, answer);
  response.end(answer.body);
}

function sendSome(
  response: ServerResponse,
  answer: S3Answer,
  { kind, afterBytes }: Extract<Fault, { kind: 'break-off' | 'stall' }>,
): void {
  writeHead(response, answer);
  response.write(answer.body.subarray(0, afterBytes), () => {
    // Its end would be an orderly one; what has been written still arrives before the reset.
    if (kind === 'break-off') response.socket?.destroySoon();
  });
}
