import { AppError, isAppError } from '../../contract/errors.ts';
import { systemCode } from '../../files/fs-errors.ts';

/** Node's names for a certificate that cannot be trusted. */
const UNTRUSTED =
  /^(?:CERT_|CRL_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERR_TLS_CERT|HOSTNAME_MISMATCH)/;
/** OpenSSL's and BoringSSL's other failures: no version or cipher in common, or no TLS at the other end at all. */
const NO_TLS = /^(?:ERR_SSL_|ERR_TLS_|EPROTO$)/;
/** Replies that ask for a login or refuse it, at whatever step. */
const CREDENTIALS = new Set([530, 534, 535, 538]);
const TOO_LARGE = new Set([523, 552]);

/**
 * Translates a failure of nodemailer, by its codes and the server's status; never by a message.
 *
 * @param error - what a step of the conversation threw
 * @param host - the server
 * @param handedOver - whether all of the message was on its way
 */
export function smtpError(error: unknown, host: string, handedOver: boolean): AppError {
  if (isAppError(error)) return error;
  if (!(error instanceof Error)) return new AppError('internal', {}, error);
  const status = numberIn(error, 'responseCode');
  return status === undefined ? unanswered(error, host, handedOver) : answered(error, host, status);
}

/** The connection, not an answer of the server, was what failed. */
function unanswered(error: Error, host: string, handedOver: boolean): AppError {
  const code = systemCode(error);
  const original = textIn(error, 'originalCode') ?? '';
  if (UNTRUSTED.test(original)) return new AppError('smtp-untrusted', { host }, error);
  if (NO_TLS.test(original) || (code === 'ETLS' && textIn(error, 'command') === 'STARTTLS'))
    return new AppError('smtp-no-tls', { host }, error);
  switch (code ?? '') {
    case 'EAUTH':
    case 'ENOAUTH':
    case 'EOAUTH2':
      return new AppError('smtp-credentials', { host }, error);
    case 'EPROTOCOL':
      return new AppError('smtp-refused', { host }, error);
    case 'EMESSAGE':
      return new AppError('smtp-too-large', { host }, error);
    case 'ECONNECTION':
    case 'ESOCKET':
    case 'ETIMEDOUT':
    case 'EDNS':
    case 'ETLS':
      return new AppError(
        'smtp-unreachable',
        handedOver ? { host, mayHaveArrived: true } : { host },
        error,
      );
    default:
      return new AppError('internal', {}, error);
  }
}

function answered(error: Error, host: string, status: number): AppError {
  const code = systemCode(error);
  const command = textIn(error, 'command');
  // Without STARTTLS nothing more is said, whatever the reason given for it.
  if (command === 'STARTTLS') return new AppError('smtp-no-tls', { host }, error);
  if (status >= 400 && status < 500) return new AppError('smtp-busy', { host, status }, error);
  if (command === 'EHLO') return new AppError('smtp-no-tls', { host }, error);
  if (code === 'EAUTH' || CREDENTIALS.has(status))
    return new AppError('smtp-credentials', { host }, error);
  // Of a recipient these say that the mailbox is full.
  const rejected = rejectedIn(error);
  if (rejected.length > 0)
    return new AppError('smtp-no-recipient', { host, addresses: rejected }, error);
  if (TOO_LARGE.has(status) || tooLargeByClass(error))
    return new AppError('smtp-too-large', { host }, error);
  return new AppError('smtp-refused', { host, status }, error);
}

/** The enhanced status 5.3.4, "message too big for system", which follows the reply code (RFC 3463). */
function tooLargeByClass(error: Error): boolean {
  return /^5[0-9]{2}[ -]5\.3\.4\b/.test(textIn(error, 'response') ?? '');
}

function rejectedIn(error: Error): string[] {
  const rejected: unknown = 'rejected' in error ? error.rejected : undefined;
  return Array.isArray(rejected) ? rejected.filter((one) => typeof one === 'string') : [];
}

function numberIn(error: Error, name: string): number | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'number' ? value : undefined;
}

function textIn(error: Error, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
}
