import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../app/contract/errors.ts';
import { rawRefusal, type Exchange } from './answers.ts';

const ADDRESS = '127.0.0.1';

/** What of the server's behaviour tests make quicker, in milliseconds. */
export interface ServerTimes {
  /** For the head of a request. */
  readonly head: number;
}

/** A server that listens. */
export interface LoopbackServer {
  readonly port: number;
  /** Breaks off everything. */
  close(): Promise<void>;
}

/**
 * Listens on this machine's own address, for nobody outside. Whatever is answered, the parser's complaints included, carries the
 * headers of the page.
 *
 * @param port - 0 for a random one
 * @param times - limits
 * @param handle - answers a request; must not throw
 * @throws `host-failed` when the port cannot be had
 */
export async function listenOnLoopback(
  port: number,
  times: ServerTimes,
  handle: (exchange: Exchange) => void,
): Promise<LoopbackServer> {
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      // A missing Host is refused as any wrong one is, with our headers.
      requireHostHeader: false,
      headersTimeout: times.head,
      connectionsCheckingInterval: Math.min(times.head, 2_000),
      // A large document takes its time; bodies have limits of their own.
      requestTimeout: 0,
    },
    (request, response) => {
      handle({ request, response });
    },
  );
  server.maxConnections = 64;
  // Both would be answered behind our back.
  server.on('checkContinue', (request, response) => {
    response.writeContinue();
    handle({ request, response });
  });
  server.on('checkExpectation', (request, response) => {
    handle({ request, response });
  });
  server.on('connect', (_request, socket) => {
    socket.on('error', () => undefined);
    socket.end(rawRefusal(405));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    socket.end(rawRefusal(PARSER_STATUS[error.code ?? ''] ?? 400));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(new AppError('host-failed', {}, error));
    });
    server.listen(port, ADDRESS, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) };
}

const PARSER_STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
