import type { CommandInput } from '../../../../../app/contract/commands.ts';
import type { AccountField, ErrorRecord } from '../../../../../app/contract/errors.ts';
import type { AccountView } from '../../../../../app/contract/views.ts';

/** What is typed into the form, but for the secret. */
export interface AccountForm {
  readonly name: string;
  readonly host: string;
  readonly port: string;
  readonly security: AccountView['security'];
  readonly user: string;
  readonly from: string;
  readonly method: AccountView['method'];
}

/** The steps of the form, in order. */
export const STEPS = ['server', 'signIn', 'check'] as const;
/** One of them. */
export type Step = (typeof STEPS)[number];

/** An input that can be wrong. */
export type FormField = AccountField | 'secret';
/** What is wrong. */
export type Problems = Readonly<Partial<Record<FormField, true>>>;

const STEP_OF: Readonly<Record<FormField, Step>> = {
  name: 'server',
  host: 'server',
  port: 'server',
  user: 'signIn',
  from: 'signIn',
  secret: 'signIn',
};

/** The usual port of each way to encrypt. */
const PORTS: Readonly<Record<AccountView['security'], string>> = { tls: '465', starttls: '587' };
const MAX_PORT = 65_535;

/**
 * What the form begins with.
 *
 * @param account - the one to be changed, or `null` for a new one
 */
export function formFor(account: AccountView | null): AccountForm {
  return {
    name: account?.name ?? '',
    host: account?.host ?? '',
    port: account === null ? PORTS.tls : String(account.port),
    security: account?.security ?? 'tls',
    user: account?.user ?? '',
    from: account?.from ?? '',
    method: account?.method ?? 'password',
  };
}

/**
 * The form with another way to encrypt, and its usual port, unless another was entered.
 *
 * @param form - as it is
 * @param security - the other way
 */
export function withSecurity(form: AccountForm, security: AccountForm['security']): AccountForm {
  const usual = form.port.trim() === '' || form.port.trim() === PORTS[form.security];
  return { ...form, security, port: usual ? PORTS[security] : form.port };
}

/**
 * The form with another sender, who for most services is the user, too.
 *
 * @param form - as it is
 * @param from - as typed
 */
export function withSender(form: AccountForm, from: string): AccountForm {
  const follows = form.user === '' || form.user === bareAddress(form.from);
  return { ...form, from, user: follows ? bareAddress(from) : form.user };
}

function bareAddress(from: string): string {
  return (/<([^<>]*)>\s*$/.exec(from)?.[1] ?? from).trim();
}

/**
 * Whether the secret may be left empty, because the one that belongs to this sign-in is there.
 *
 * @param form - as typed
 * @param account - as it is now
 */
export function hasSecret(form: AccountForm, account: AccountView | null): boolean {
  return (
    account !== null &&
    account.secret !== 'missing' &&
    account.method === form.method &&
    account.user === form.user.trim() &&
    account.host === form.host.trim()
  );
}

/**
 * What has to be put right before the next step. Only what anybody can see: the rest is the core's to judge.
 *
 * @param step - the one to be left
 * @param form - as typed
 * @param secret - as typed
 * @param account - as it is now, or `null` for a new one
 */
export function problemsIn(
  step: Step,
  form: AccountForm,
  secret: string,
  account: AccountView | null,
): Problems {
  const empty = (text: string): boolean => text.trim() === '';
  if (step === 'server')
    return {
      ...(empty(form.name) ? { name: true } : {}),
      ...(empty(form.host) ? { host: true } : {}),
      ...(portOf(form.port) === null ? { port: true } : {}),
    };
  if (step === 'check') return {};
  return {
    ...(form.from.includes('@') ? {} : { from: true }),
    ...(empty(form.user) ? { user: true } : {}),
    ...(empty(secret) && !hasSecret(form, account) ? { secret: true } : {}),
  };
}

function portOf(typed: string): number | null {
  const text = typed.trim();
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port >= 1 && port <= MAX_PORT ? port : null;
}

/**
 * Whose problem an error of saving is.
 *
 * @param error - what saving answered
 * @returns the step to go to and the input, or `null` when it is about none of the inputs
 */
export function problemOf(
  error: ErrorRecord,
): { readonly step: Step; readonly problems: Problems } | null {
  if (error.code !== 'email-account-invalid') return null;
  const { field } = error.data as { readonly field: AccountField };
  return { step: STEP_OF[field], problems: { [field]: true } };
}

/**
 * What is handed to the core.
 *
 * @param form - as typed, without problems
 * @param secret - as typed; empty to leave it as it is
 * @param id - of the account to be changed
 */
export function inputFor(
  form: AccountForm,
  secret: string,
  id: string | undefined,
): CommandInput<'saveAccount'> {
  // A token is pasted and has no space; a password may well have one, but no line break.
  const typed = form.method === 'token' ? secret.trim() : secret.replace(/[\r\n]+$/, '');
  return {
    ...(id === undefined ? {} : { id }),
    name: form.name.trim(),
    host: form.host.trim(),
    port: portOf(form.port) ?? 0,
    security: form.security,
    user: form.user.trim(),
    from: form.from.trim(),
    method: form.method,
    ...(typed === '' ? {} : { secret: typed }),
  };
}
