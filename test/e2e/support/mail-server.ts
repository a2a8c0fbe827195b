import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { makeCertificate } from '../../support/certificates.ts';

/** Who may send by it. */
export const MAIL_USER = 'ana@example.test';
/** With which password. */
export const MAIL_PASSWORD = 'correct horse';

const CERTIFICATE = makeCertificate(['127.0.0.1', 'localhost']);

const folder = mkdtempSync(join(tmpdir(), 'signet-e2e-ca-'));
process.once('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
/** The server's own certificate in a file, for programs that are to trust it. */
export const MAIL_CA = join(folder, 'ca.pem');
writeFileSync(MAIL_CA, CERTIFICATE.cert);

/** What the server was given. */
export interface Mail {
  readonly to: readonly string[];
  readonly message: Buffer;
}

/** A real SMTP server on this machine, encrypted from the first byte. */
export class MailServer {
  readonly port: number;
  readonly received: Mail[] = [];
  #server: SMTPServer | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  /** Starts one on a free port. */
  static async start(): Promise<MailServer> {
    const server = new MailServer(await freePort());
    await server.start();
    return server;
  }

  /** Starts it again, on the port that it had. */
  async start(): Promise<void> {
    const server = new SMTPServer({
      ...CERTIFICATE,
      secure: true,
      logger: false,
      disableReverseLookup: true,
      closeTimeout: 100,
      onAuth: ({ username, password }, _session, callback) => {
        if (username === MAIL_USER && password === MAIL_PASSWORD)
          callback(null, { user: MAIL_USER });
        else callback(Object.assign(new Error('5.7.8 no'), { responseCode: 535 }));
      },
      onData: (stream, { envelope }, callback) => {
        const pieces: Buffer[] = [];
        stream.on('data', (piece: Buffer) => pieces.push(piece));
        stream.on('end', () => {
          const to = envelope.rcptTo.map(({ address }) => address);
          this.received.push({ to, message: Buffer.concat(pieces) });
          callback(null);
        });
      },
    });
    // A client that hangs up is its own business.
    server.on('error', () => undefined);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    server.listen(this.port, '127.0.0.1', () => {
      resolve(undefined);
    });
    await promise;
    this.#server = server;
  }

  /** Ends it: whoever connects is refused. */
  async stop(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    if (this.#server === undefined) resolve(undefined);
    else
      this.#server.close(() => {
        resolve(undefined);
      });
    await promise;
    this.#server = undefined;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<number>();
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => {
      resolve(port);
    });
  });
  return await promise;
}
