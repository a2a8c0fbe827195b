import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { AppError, type AccountField } from '../../contract/errors.ts';
import { parseAddress } from './address.ts';

/** A mailbox to send from. */
export interface EmailAccount {
  /** The server's name or IP address. */
  readonly host: string;
  readonly port: number;
  /** Encrypted from the start, as on port 465, or from STARTTLS on, as on 587. There is no third. */
  readonly security: 'tls' | 'starttls';
  readonly user: string;
  readonly login:
    | { readonly kind: 'password'; readonly password: string }
    | { readonly kind: 'oauth2'; readonly accessToken: string };
  /** The sender, `a@b.example` or `Name <a@b.example>`. */
  readonly from: string;
  /** Authorities to trust beside the public ones, in PEM. */
  readonly ca?: string | undefined;
}

const HOST = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const MAX_USER = 320;

/**
 * Refuses an account with which nothing can be sent.
 *
 * @param account - as the person entered it
 * @returns it, the host in the form in which it is asked for
 * @throws `email-account-invalid` with the first field that will not do
 */
export function checkAccount<A extends EmailAccount>(account: A): A {
  const host = plainHost(account.host);
  if (host === undefined) throw refused('host');
  const { port, user } = account;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw refused('port');
  if (user === '' || user.length > MAX_USER || /\p{Cc}/u.test(user)) throw refused('user');
  try {
    parseAddress(account.from);
  } catch (error) {
    throw refused('from', error);
  }
  return { ...account, host };
}

function plainHost(host: string): string | undefined {
  if (isIP(host) !== 0) return host;
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(host)) return undefined;
  const ascii = domainToASCII(host);
  return HOST.test(ascii) && !ascii.includes('..') ? ascii : undefined;
}

function refused(field: AccountField, cause?: unknown): AppError {
  return new AppError('email-account-invalid', { field }, cause);
}
