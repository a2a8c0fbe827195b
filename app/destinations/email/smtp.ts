import { Readable } from 'node:stream';
import { getCACertificates } from 'node:tls';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { AppError } from '../../contract/errors.ts';
import { checkCancelled, type Job } from '../../contract/job.ts';
import { checkAccount, type EmailAccount } from './account.ts';
import { Conversation } from './conversation.ts';
import { smtpError } from './smtp-errors.ts';

/** Who a message goes to and comes from, on the envelope. */
export interface SmtpEnvelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** A finished message on disk. */
export interface FinishedMessage {
  readonly path: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** RFC 5322, read once. */
  content(): AsyncIterable<Uint8Array>;
}

/** What became of a message for one recipient: what the server said, which is not yet their mailbox. */
export interface RecipientResult {
  readonly address: string;
  /** `deferred`: not now, as servers say to a sender whom they do not know yet. */
  readonly state: 'accepted' | 'deferred' | 'rejected';
  /** The server's reply code. */
  readonly status: number;
}

/** How long to wait for a server, in milliseconds. */
export interface SmtpPatience {
  /** For a connection. */
  readonly connect: number;
  /** For its greeting and for TLS. */
  readonly greeting: number;
  /** For any sign of life later. */
  readonly silence: number;
}

const PATIENCE: SmtpPatience = { connect: 30_000, greeting: 30_000, silence: 120_000 };
/** A reply is a few lines. */
const MAX_REPLY_BYTES = 64 * 1024;

/**
 * Sends one message over a connection of its own. Credentials and message travel over TLS 1.2 or newer, to a server whose
 * certificate is good, or not at all.
 *
 * @param given - the account
 * @param envelope - ASCII addresses, at least one recipient
 * @param message - what is sent
 * @param job - reports `upload`; cancelling closes the connection
 * @param patience - how long to wait; for a person's patience unless given
 * @returns what the server said of each recipient; at least one was accepted
 * @throws `smtp-unreachable`, `smtp-untrusted`, `smtp-no-tls`, `smtp-credentials`, `smtp-busy`, `smtp-too-large`, `smtp-refused`,
 * `smtp-no-recipient`, `email-account-invalid`, `cancelled`, and what the message's content throws
 */
export async function sendMessage(
  given: EmailAccount,
  envelope: SmtpEnvelope,
  message: FinishedMessage,
  job: Job,
  patience = PATIENCE,
): Promise<RecipientResult[]> {
  const account = checkAccount(given);
  const { host } = account;
  const connection = await prepare(account, patience);
  checkCancelled(job);
  const conversation = new Conversation(connection, job.signal);
  let sent = 0;
  let failure: unknown;
  async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const piece of message.content()) {
        yield piece;
        sent += piece.byteLength;
        job.onProgress?.({ stage: 'upload', bytes: sent, total: message.bytes });
      }
      // A file that became shorter must not be ended as if it were whole.
      if (sent !== message.bytes) throw new AppError('bundle-unreadable', { path: message.path });
    } catch (error) {
      failure = error;
      // Nodemailer writes its own code into whatever it is thrown.
      throw new Error('the message cannot be read', { cause: error });
    }
  }
  try {
    await conversation.step((done) => {
      connection.connect(done);
    });
    requireRoom(connection, host, message.bytes);
    await conversation.within(patience.silence, login(conversation, connection, account));
    const content = Readable.from(counted(), { objectMode: false });
    const info = await conversation.step<SMTPConnection.SentMessageInfo>((done) => {
      const to = [...envelope.to];
      connection.send({ from: envelope.from, to, size: message.bytes }, content, done);
    });
    // An answer before the end of the message is no answer to it.
    if (sent !== message.bytes) throw new AppError('smtp-refused', { host });
    await conversation.farewell();
    return results(envelope.to, info);
  } catch (error) {
    throw smtpError(failure ?? error, host, sent === message.bytes);
  } finally {
    conversation.end();
  }
}

/**
 * Signs in and out again: nothing is sent.
 *
 * @param given - the account
 * @param job - cancelling closes the connection
 * @param patience - how long to wait; for a person's patience unless given
 * @throws `smtp-unreachable`, `smtp-untrusted`, `smtp-no-tls`, `smtp-credentials`, `smtp-busy`, `smtp-refused`,
 * `email-account-invalid`, `cancelled`
 */
export async function signIn(given: EmailAccount, job: Job, patience = PATIENCE): Promise<void> {
  const account = checkAccount(given);
  const connection = await prepare(account, patience);
  checkCancelled(job);
  const conversation = new Conversation(connection, job.signal);
  try {
    await conversation.step((done) => {
      connection.connect(done);
    });
    await conversation.within(patience.silence, login(conversation, connection, account));
    await conversation.farewell();
  } catch (error) {
    throw smtpError(error, account.host, false);
  } finally {
    conversation.end();
  }
}

async function prepare(account: EmailAccount, patience: SmtpPatience): Promise<SMTPConnection> {
  const { default: Connection } = await import('nodemailer/lib/smtp-connection');
  const { ca, host, port, security } = account;
  return new Connection({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    // What it would say of itself otherwise is the name of this machine.
    name: '[127.0.0.1]',
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(ca === undefined ? {} : { ca: [...getCACertificates(), ca] }),
    },
    connectionTimeout: patience.connect,
    dnsTimeout: patience.connect,
    greetingTimeout: patience.greeting,
    socketTimeout: patience.silence,
    socketCloseTimeout: 0,
    maxResponseSize: MAX_REPLY_BYTES,
    logger: false,
  });
}

/** The limit that the server named in its answer to EHLO (RFC 1870), if it did. */
function requireRoom(connection: SMTPConnection, host: string, bytes: number): void {
  const answer = connection.lastServerResponse;
  const named = /^250[ -]SIZE[ \t]+([0-9]{1,15})\s*$/im.exec(answer === false ? '' : answer)?.[1];
  const limit = Number(named ?? 0);
  if (limit > 0 && bytes > limit) throw new AppError('smtp-too-large', { host, limit });
}

async function login(
  conversation: Conversation,
  connection: SMTPConnection,
  { host, login: by, user }: EmailAccount,
): Promise<void> {
  // Belt and braces: a connection that is not encrypted never comes as far as this.
  if (!connection.secure) throw new AppError('smtp-no-tls', { host });
  if (by.kind === 'password') {
    const credentials = { user, pass: by.password };
    await conversation.step((done) => {
      connection.login({ credentials }, done);
    });
    return;
  }
  const { default: XOAuth2 } = await import('nodemailer/lib/xoauth2');
  const oauth2 = new XOAuth2({ user, accessToken: by.accessToken }, false);
  await conversation.step((done) => {
    connection.login({ oauth2 }, done);
  });
}

function results(
  recipients: readonly string[],
  info: SMTPConnection.SentMessageInfo,
): RecipientResult[] {
  const refused = new Map(
    (info.rejectedErrors ?? []).map((error) => [error.recipient, error.responseCode ?? 0]),
  );
  const accepted = Number(info.response.slice(0, 3));
  return recipients.map((address) => {
    const status = refused.get(address);
    return status === undefined
      ? { address, state: 'accepted', status: accepted }
      : { address, state: status >= 400 && status < 500 ? 'deferred' : 'rejected', status };
  });
}
