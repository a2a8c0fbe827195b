import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { EmailAccount } from '../../app/app.ts';
import type { Desk } from './console.ts';
import { printable } from './format.ts';
import { askSecret, canAsk, readSecretFile } from './secrets.ts';
import { UsageError } from './usage-error.ts';

/** The options of commands that send email. */
export interface SmtpOptions {
  readonly smtp?: string;
  readonly smtpPasswordFile?: string;
  readonly smtpTokenFile?: string;
  readonly ca?: string;
}

/** A mail server and who signs in there. */
export type SmtpServer = Pick<EmailAccount, 'host' | 'port' | 'security' | 'user'>;

/** An account without a sender. */
export type SmtpLogin = Omit<EmailAccount, 'from'>;

const SCHEMES = {
  smtps: { security: 'tls', port: 465 },
  smtp: { security: 'starttls', port: 587 },
} as const;

const FORM = 'Use smtps://USER@HOST (TLS) or smtp://USER@HOST (STARTTLS).';
const URL_PARTS =
  /^(?<scheme>smtps?):\/\/(?:(?<user>.*)@)?(?:\[(?<ip>[0-9a-f:.]+)\]|(?<name>[^@:/?#[\]\s]+))(?::(?<port>[0-9]{1,5}))?\/?$/isu;

/**
 * Adds the options of commands that send email.
 *
 * @param command - the command
 * @param what - the description of `--smtp`
 */
export function withSmtpOptions(command: Command, what: string): Command {
  return command
    .option('--smtp <url>', what)
    .option('--smtp-password-file <file>', 'read the password from a file (default: ask for it)')
    .option('--smtp-token-file <file>', 'read an OAuth2 access token from a file')
    .option('--ca <file>', 'trust these certificates (PEM), too');
}

/**
 * Reads the URL of a mail server. What is wrong with one is said without repeating it: there may be a password in it.
 *
 * @param url - such as `smtps://ana@example.org@smtp.example.org`; port 465 for `smtps` and 587 for `smtp` unless given
 * @throws a usage error
 */
export function parseSmtpUrl(url: string): SmtpServer {
  const { scheme, user: encoded, ip, name, port } = URL_PARTS.exec(url)?.groups ?? {};
  const user = decoded(encoded ?? '');
  if (encoded?.includes(':') === true || user?.includes(':') === true)
    throw new UsageError(
      'A password may not be in the address of the mail server: others can see it there.',
      'Leave it out; use --smtp-password-file, or Signet asks for it.',
    );
  const host = ip ?? decoded(name ?? '');
  if (scheme === undefined || user === undefined || host === undefined)
    throw new UsageError('That is not the address of a mail server.', FORM);
  if (user === '') throw new UsageError('--smtp does not say who signs in.', FORM);
  const usual = SCHEMES[scheme.toLowerCase() as keyof typeof SCHEMES];
  return {
    host,
    port: port === undefined ? usual.port : Number(port),
    security: usual.security,
    user,
  };
}

/**
 * Refuses options that do not go together.
 *
 * @param options - as given
 * @returns the server; `undefined` where none was named
 * @throws a usage error
 */
export function serverOf(options: SmtpOptions): SmtpServer | undefined {
  const { ca, smtp, smtpPasswordFile, smtpTokenFile } = options;
  if (smtpPasswordFile !== undefined && smtpTokenFile !== undefined)
    throw new UsageError(
      '--smtp-password-file and --smtp-token-file cannot go together.',
      'Use one of them.',
    );
  if (smtp !== undefined) return parseSmtpUrl(smtp);
  const lone = Object.entries({
    '--smtp-password-file': smtpPasswordFile,
    '--smtp-token-file': smtpTokenFile,
    '--ca': ca,
  }).find(([, given]) => given !== undefined);
  if (lone !== undefined) throw new UsageError(`${lone[0]} goes only with --smtp.`, FORM);
  return undefined;
}

/**
 * Checks an account, then gets its secret: from a file, or from the person.
 *
 * @param server - the server
 * @param from - the sender; must be an address
 * @param options - as given
 * @param desk - asks and checks
 * @throws `email-account-invalid`, `cancelled`; a usage error where a file or the terminal will not do
 */
export async function signOn(
  server: SmtpServer,
  from: string,
  options: SmtpOptions,
  { app, clear, job }: Desk,
): Promise<SmtpLogin> {
  const ca = options.ca === undefined ? undefined : await readCertificates(options.ca);
  const login = (secret: string): EmailAccount['login'] =>
    options.smtpTokenFile === undefined
      ? { kind: 'password', password: secret }
      : { kind: 'oauth2', accessToken: secret };
  const { host } = await app.checkAccount({ ...server, from, login: login('') });
  const account = { ...server, host, ca };
  const file = options.smtpTokenFile ?? options.smtpPasswordFile;
  if (file !== undefined) return { ...account, login: login(await readSecret(file, options)) };
  if (!canAsk())
    throw new UsageError(
      'There is no terminal to ask for the password of the email account on.',
      'Use --smtp-password-file or --smtp-token-file.',
    );
  clear();
  const asked = await askSecret(`Password of ${printable(server.user)} at ${host}: `, job.signal);
  return { ...account, login: login(asked) };
}

async function readSecret(file: string, options: SmtpOptions): Promise<string> {
  const what = options.smtpTokenFile === undefined ? 'password' : 'token';
  const secret = await readSecretFile(file, what);
  if (secret === '')
    throw new UsageError(`The ${what} file '${file}' is empty.`, `Write the ${what} into it.`);
  return secret;
}

async function readCertificates(path: string): Promise<string> {
  const text = await readFile(path, 'latin1').catch(() => {
    throw new UsageError(
      `The certificate file '${path}' cannot be read.`,
      'Check the path and its permissions.',
    );
  });
  const found = text.match(/-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/gs) ?? [];
  if (found.length === 0 || !found.every(isCertificate))
    throw new UsageError(
      `There is no certificate in '${path}'.`,
      'Check that it is a certificate in PEM, which begins with -----BEGIN CERTIFICATE-----.',
    );
  return found.join('\n');
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.byteLength > 0;
  } catch {
    return false;
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
