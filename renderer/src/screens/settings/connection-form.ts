import type { CommandInput } from '../../../../app/contract/commands.ts';
import type { ConnectionField, ErrorRecord } from '../../../../app/contract/errors.ts';
import type { ConnectionView } from '../../../../app/contract/views.ts';
import type { settings } from '../../words/en/settings.ts';

/** What is typed into the form, but for the secret. */
export interface ConnectionForm {
  readonly name: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  readonly endpoint: string;
  readonly how: 'profile' | 'keys';
  readonly profile: string;
  readonly accessKeyId: string;
}

/** The steps of the form, in order. */
export const STEPS = ['where', 'signIn', 'access'] as const;
/** One of them. */
export type Step = (typeof STEPS)[number];

/** An input that can be wrong. */
export type FormField = Exclude<keyof ConnectionForm, 'how'> | 'secret';
/** Why an input will not do, as a key of its words. */
export type Problem = keyof (typeof settings)['form']['problems'];
/** What is wrong, by input. */
export type Problems = Readonly<Partial<Record<FormField, Problem>>>;

/** On which step an input is. */
const STEP_OF: Readonly<Record<FormField, Step>> = {
  name: 'where',
  bucket: 'where',
  prefix: 'where',
  region: 'where',
  endpoint: 'where',
  profile: 'signIn',
  accessKeyId: 'signIn',
  secret: 'signIn',
};

/**
 * What the form begins with.
 *
 * @param connection - the one to be changed, or `null` for a new one
 */
export function formFor(connection: ConnectionView | null): ConnectionForm {
  const credentials = connection?.credentials;
  return {
    name: connection?.name ?? '',
    bucket: connection?.bucket ?? '',
    prefix: connection?.prefix ?? '',
    region: connection?.region ?? '',
    endpoint: connection?.endpoint ?? '',
    how: credentials?.kind ?? 'keys',
    profile: credentials?.kind === 'profile' ? credentials.profile : '',
    accessKeyId: credentials?.kind === 'keys' ? credentials.accessKeyId : '',
  };
}

/**
 * Whether a secret may be left empty, because the one that belongs to this access key is there.
 *
 * @param form - as typed
 * @param connection - as it is now
 */
export function hasSecret(form: ConnectionForm, connection: ConnectionView | null): boolean {
  const credentials = connection?.credentials;
  return (
    credentials?.kind === 'keys' &&
    credentials.secret !== 'missing' &&
    credentials.accessKeyId === form.accessKeyId.trim()
  );
}

/**
 * What has to be put right before the next step. Only what anybody can see: the rest is the core's to judge.
 *
 * @param step - the one to be left
 * @param form - as typed
 * @param secret - as typed
 * @param connection - as it is now, or `null` for a new one
 */
export function problemsIn(
  step: Step,
  form: ConnectionForm,
  secret: string,
  connection: ConnectionView | null,
): Problems {
  if (step === 'where')
    return {
      ...(form.name.trim() === '' ? { name: 'name' } : {}),
      ...(form.bucket.trim() === '' ? { bucket: 'bucket' } : {}),
    };
  if (step === 'access' || form.how === 'profile') return {};
  // Of the two the core refuses both in one, and only here it is known which it was.
  const left = secret === '' && hasSecret(form, connection);
  return {
    ...(isKey(form.accessKeyId) ? {} : { accessKeyId: 'accessKeyId' }),
    ...(left || isKey(secret) ? {} : { secret: 'secret' }),
  };
}

/** Keys are made of visible ASCII. */
function isKey(typed: string): boolean {
  return /^[\x21-\x7e]+$/.test(typed.trim());
}

/**
 * Whose problem an error of saving is.
 *
 * @param error - what saving answered
 * @param form - as it was sent
 * @returns the step to go to and what to say there, or `null` when it is about none of the inputs
 */
export function problemOf(
  error: ErrorRecord,
  form: ConnectionForm,
): { readonly step: Step; readonly problems: Problems } | null {
  if (error.code !== 'connection-invalid') return null;
  const { field } = error.data as { readonly field: ConnectionField };
  const input = field === 'keys' ? 'accessKeyId' : field;
  const open = input === 'endpoint' && /^\s*http:/i.test(form.endpoint);
  return { step: STEP_OF[input], problems: { [input]: open ? 'insecure' : input } };
}

/**
 * What is handed to the core.
 *
 * @param form - as typed
 * @param secret - as typed; empty to leave it as it is
 * @param id - of the connection to be changed
 */
export function inputFor(
  form: ConnectionForm,
  secret: string,
  id: string | undefined,
): CommandInput<'saveConnection'> {
  const region = form.region.trim();
  const endpoint = form.endpoint.trim();
  // Pasted secrets bring a line break or a space along; none has one inside.
  const typed = secret.trim();
  return {
    ...(id === undefined ? {} : { id }),
    name: form.name.trim(),
    bucket: form.bucket.trim(),
    prefix: form.prefix.trim(),
    ...(region === '' ? {} : { region }),
    ...(endpoint === '' ? {} : { endpoint }),
    credentials:
      form.how === 'profile'
        ? { kind: 'profile', profile: form.profile.trim() }
        : {
            kind: 'keys',
            accessKeyId: form.accessKeyId.trim(),
            ...(typed === '' ? {} : { secretAccessKey: typed }),
          },
  };
}

/**
 * Where a connection leads, to show.
 *
 * @param connection - bucket and prefix
 */
export function placeOf({ bucket, prefix }: { bucket: string; prefix: string }): string {
  return `s3://${bucket}/${prefix}`;
}
