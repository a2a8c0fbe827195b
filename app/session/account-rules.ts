import { z } from 'zod';
import type { App, EmailAccount } from '../app.ts';
import type { CommandInput } from '../contract/commands.ts';
import { AppError } from '../contract/errors.ts';

/** An account as it is kept: without the secret. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls';
  readonly user: string;
  /** As typed: an address, or a name and an address. */
  readonly from: string;
  readonly method: 'password' | 'token';
  /** The address alone. */
  readonly address: string;
}

/** The shape of a kept account; whether its values will do is for `checkedAccount`. */
export const storedAccount = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/),
  name: z.string(),
  host: z.string(),
  port: z.number(),
  security: z.enum(['tls', 'starttls']),
  user: z.string(),
  from: z.string(),
  method: z.enum(['password', 'token']),
  /** Whether its secret was given to the keychain. */
  kept: z.boolean().optional(),
});

type Given = Omit<CommandInput<'saveAccount'>, 'id' | 'secret'>;

/**
 * Refuses what cannot be an account, and brings the rest into one form.
 *
 * @param app - knows what an account has to be
 * @param given - as the person typed it, or as a file has it
 * @returns the account, without id
 * @throws `email-account-invalid` with the field
 */
export async function checkedAccount(app: App, given: Given): Promise<Omit<Account, 'id'>> {
  const name = given.name.trim();
  if (name === '' || name.length > 200 || !name.isWellFormed() || /[\p{Cc}\ufffd]/u.test(name))
    throw new AppError('email-account-invalid', { field: 'name' });
  const { port, security, method } = given;
  const account = {
    name,
    host: given.host.trim(),
    port,
    security,
    user: given.user.trim(),
    from: given.from.trim(),
    method,
  };
  const { host, address } = await app.checkAccount(emailAccount(account, ''));
  return { ...account, host, address };
}

/**
 * An account as the core takes it.
 *
 * @param account - without the secret
 * @param secret - its password or token
 */
export function emailAccount(
  { host, port, security, user, from, method }: Omit<Account, 'id' | 'name' | 'address'>,
  secret: string,
): EmailAccount {
  const login =
    method === 'password'
      ? ({ kind: 'password', password: secret } as const)
      : ({ kind: 'oauth2', accessToken: secret } as const);
  return { host, port, security, user, login, from };
}
