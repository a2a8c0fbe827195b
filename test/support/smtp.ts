import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';
import type { EmailAccount } from '../../app/destinations/email/account.ts';
import type { FinishedMessage, SmtpPatience } from '../../app/destinations/email/smtp.ts';
import { isAppError, type ErrorCode } from '../../app/contract/errors.ts';
import { makeCertificate, type TestCertificate } from './certificates.ts';
import { pieces } from './streams.ts';

export const USER = 'sender@example.test';
export const PASSWORD = 'correct horse';
export const TOKEN = 'ya29.token';
/** Short, so that a test of a silent server does not take half a minute. */
export const IMPATIENT: SmtpPatience = { connect: 2000, greeting: 700, silence: 700 };

/** The certificate of a server on this machine. */
export const CERTIFICATE = makeCertificate(['127.0.0.1', 'localhost']);

type Options = NonNullable<ConstructorParameters<typeof SMTPServer>[0]>;

/** What a server was given. */
export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly message: Buffer;
}

/** A real server on this machine, for the running test. */
export interface TestServer {
  readonly port: number;
  readonly received: Received[];
  /** How often somebody logged in, and how. */
  readonly logins: string[];
  /** The names that clients gave in EHLO. */
  readonly greetings: string[];
  /** How many connections are open. */
  connections(): number;
}

/**
 * Starts an SMTP server that takes everything from `USER`.
 *
 * @param options - what is different about it
 */
export async function startSmtp(options: Options = {}): Promise<TestServer> {
  const received: Received[] = [];
  const logins: string[] = [];
  const greetings: string[] = [];
  const server = new SMTPServer({
    ...CERTIFICATE,
    secure: true,
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 100,
    authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
    onAuth: (auth, session, callback) => {
      logins.push(auth.method);
      greetings.push(session.hostNameAppearsAs || '');
      const good =
        auth.method === 'XOAUTH2' ? auth.accessToken === TOKEN : auth.password === PASSWORD;
      if (auth.username === USER && good) callback(null, { user: USER });
      else callback(smtpReply(535, '5.7.8 Error: authentication failed'));
    },
    onData: (stream, session, callback) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          callback(smtpReply(552, '5.3.4 Message exceeds fixed size limit'));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          message: Buffer.concat(pieces),
        });
        callback(null);
      });
    },
    ...options,
  });
  // A client that hangs up is what many tests are about.
  server.on('error', () => undefined);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => {
    resolve(undefined);
  });
  await promise;
  onTestFinished(async () => {
    const closed = Promise.withResolvers<undefined>();
    server.close(() => {
      closed.resolve(undefined);
    });
    await closed.promise;
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    logins,
    greetings,
    connections: () => server.connections.size,
  };
}

/**
 * A refusal with its code.
 *
 * @param responseCode - three digits
 * @param message - the rest of the line
 */
export function smtpReply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** What a scripted server says to a command; `undefined` breaks the connection, an empty text says nothing. */
export type Script = (command: string) => string | undefined;

/** A server that says what it was told to. */
export interface ScriptedServer {
  readonly port: number;
  /** The lines that clients sent, the message left out. */
  readonly heard: string[];
  /** How many bytes of messages came. */
  readonly messageBytes: () => number;
}

const POLITE: Readonly<Record<string, string>> = {
  '': '220 mail.example.test ESMTP\r\n',
  EHLO: '250-mail.example.test\r\n250-AUTH PLAIN LOGIN XOAUTH2\r\n250 8BITMIME\r\n',
  AUTH: '235 2.7.0 Accepted\r\n',
  MAIL: '250 2.1.0 Ok\r\n',
  RCPT: '250 2.1.5 Ok\r\n',
  DATA: '354 Go ahead\r\n',
  '.': '250 2.0.0 Queued\r\n',
  QUIT: '221 2.0.0 Bye\r\n',
  STARTTLS: '220 2.0.0 Ready\r\n',
};

/** What a well-behaved server would say to a line; the greeting for an empty one, the verdict for a dot. */
export function polite(line: string): string {
  return POLITE[line.split(' ')[0] ?? ''] ?? '500 5.5.1 What?\r\n';
}

/**
 * Starts a server that answers line by line as a script says, for what a real one cannot be made to do.
 *
 * @param script - asked with an empty text at first, then with each line, then with a dot for the end of a message
 * @param tls - its certificate; `none` for one that does not encrypt
 */
export async function startScripted(
  script: Script,
  tls: TestCertificate | 'none' = CERTIFICATE,
): Promise<ScriptedServer> {
  const heard: string[] = [];
  let messageBytes = 0;
  const converse = (socket: Socket): void => {
    let buffered = '';
    let inMessage = false;
    const answer = (line: string): void => {
      const reply = script(line);
      if (reply === undefined) socket.destroy();
      else if (reply !== '') socket.write(reply);
      if (line === 'DATA' && reply?.startsWith('3') === true) inMessage = true;
    };
    socket.on('error', () => undefined);
    socket.on('data', (piece) => {
      buffered += piece.toString('latin1');
      if (inMessage) messageBytes += piece.byteLength;
      for (;;) {
        const ending = inMessage ? '\r\n.\r\n' : '\r\n';
        const end = buffered.indexOf(ending);
        if (end < 0 || socket.destroyed) {
          // Of a message only what its end may begin with has to be kept.
          if (inMessage) buffered = buffered.slice(-4);
          return;
        }
        const line = inMessage ? '.' : buffered.slice(0, end);
        buffered = buffered.slice(end + ending.length);
        inMessage = false;
        heard.push(line);
        answer(line);
      }
    });
    answer('');
  };
  const server: Server = tls === 'none' ? createServer(converse) : createTlsServer(tls, converse);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.on('tlsClientError', () => undefined);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => {
    resolve(undefined);
  });
  await promise;
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    messageBytes: () => messageBytes,
  };
}

/**
 * An account on a server of this machine.
 *
 * @param port - of the server
 * @param different - what is different about it
 */
export function accountAt(port: number, different: Partial<EmailAccount> = {}): EmailAccount {
  return {
    host: '127.0.0.1',
    port,
    security: 'tls',
    user: USER,
    login: { kind: 'password', password: PASSWORD },
    from: `Sender <${USER}>`,
    ca: CERTIFICATE.cert,
    ...different,
  };
}

export const TO = ['one@example.test', 'two@example.test'];
export const ENVELOPE = { from: USER, to: TO };

/**
 * A message with lines that begin with dots and no line break at its end.
 *
 * @param size - of its attachment, about
 */
export function messageOf(size = 3000): FinishedMessage {
  const lines =
    randomBytes(size)
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  return finished(Buffer.from(`Subject: x\r\n\r\n.\r\n..dots\r\n${lines.join('\r\n')}`));
}

/**
 * A message that is all in memory.
 *
 * @param bytes - what it delivers
 * @param promised - how long it says that it is
 */
export function finished(bytes: Buffer, promised = bytes.byteLength): FinishedMessage {
  return { path: '/outbox/x.eml', bytes: promised, content: () => pieces(bytes, 16 * 1024) };
}

/**
 * How something was refused.
 *
 * @param sending - has to fail with an error of ours
 */
export async function refusal(
  sending: Promise<unknown>,
): Promise<{ code: ErrorCode; data: unknown }> {
  try {
    await sending;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { code: error.code, data: error.data };
  }
  throw new Error('nothing was refused');
}
