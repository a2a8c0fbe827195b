import type { ErrorCode, ErrorData, ErrorRecord } from '../../../app/contract/errors.ts';
import type { errors } from './en/errors.ts';
import type { Said } from './en/errors/said.ts';
import { formatSize } from './format.ts';
import { visible } from './visible.ts';
import type { T } from './words.ts';

type Codes = (typeof errors)['codes'];

/** The stories that a code's data can tell; `never` when there is only one. */
type Variant<C extends ErrorCode> = {
  [K in keyof Codes[C]]: Codes[C][K] extends string ? never : K;
}[keyof Codes[C]];

type Parameters = Readonly<Record<string, string | number>>;
type Telling<C extends ErrorCode> = Parameters &
  ([Variant<C>] extends [never] ? unknown : { readonly variant: Variant<C> });

interface Means {
  readonly size: (bytes: number) => string;
  readonly number: (value: number) => string;
  /** Words of the catalogue's `errors`. */
  readonly word: (key: string) => string;
}

const nothing = (): Parameters => ({});
const asIs = <Data extends Parameters>(data: Data): Data => data;
const limit = (data: { readonly limit: number }, { number }: Means): Parameters => ({
  limit: number(data.limit),
});

const ofAtMost = (
  data: { readonly bytes: number; readonly limit: number },
  { size }: Means,
): Parameters => ({ bytes: size(data.bytes), limit: size(data.limit) });

const smtpAnswer = ({
  host,
  status,
}: ErrorData['smtp-busy']): Parameters & { readonly variant: 'answered' | 'unanswered' } =>
  status === undefined ? { variant: 'unanswered', host } : { variant: 'answered', host, status };

/** How the data of each code become the parameters of its words. */
const TELLINGS: {
  readonly [C in ErrorCode]: (data: ErrorData[C], means: Means) => Telling<C>;
} = {
  internal: nothing,
  cancelled: nothing,

  'no-documents': nothing,
  'document-missing': asIs,
  'document-unreadable': asIs,
  'document-changed': asIs,
  'document-special': ({ name, kind }, { word }) => ({ name, kind: word(`specialKinds.${kind}`) }),
  'document-name': ({ name, problem }, { word }) => ({
    name,
    problem: word(`nameProblems.${problem}`),
  }),
  'document-duplicate': asIs,
  'too-many-documents': limit,
  'documents-blocked': asIs,
  'draft-busy': nothing,
  'note-too-long': ofAtMost,
  'bundle-name': ({ name, problem }, { word }) => ({
    name,
    problem: word(`nameProblems.${problem}`),
  }),

  'passphrase-weak': ({ bits, floor, reason }, { number }) => ({
    variant: reason,
    // Not rounded up to the floor that it does not reach.
    bits: number(Math.floor(bits)),
    floor: number(floor),
  }),
  'passphrase-words': asIs,
  'passphrase-forgotten': nothing,
  'recipient-invalid': ({ recipient }) => ({
    variant: recipient === '' ? 'missing' : 'wrong',
    recipient,
  }),
  'recipients-mixed': nothing,
  'too-many-recipients': limit,

  'format-needs-passphrase': ({ format }, { word }) => ({ format: word(`anyFormat.${format}`) }),
  'page-too-large': ofAtMost,
  'page-template-missing': nothing,
  'proof-failed': ({ name }) =>
    name === undefined ? { variant: 'whole' } : { variant: 'named', name },

  'output-exists': asIs,
  'output-unwritable': asIs,
  'output-missing': asIs,
  'output-unsafe': asIs,
  'disk-full': asIs,
  'folder-unreadable': asIs,

  'bundle-missing': asIs,
  'bundle-unreadable': asIs,
  'not-a-bundle': ({ path, found }) => ({ variant: found, path }),
  'bundle-damaged': ({ part, damage, name = '' }, { word }) => ({
    variant: damage === 'mismatch' && name !== '' ? 'mismatch-named' : damage,
    part: word(`parts.${part}`),
    name,
  }),
  'not-enough-memory': ({ bytes }, { size }) => ({ bytes: size(bytes) }),
  'work-factor-too-high': (data, { size }) => ({
    logN: data.logN,
    limit: data.limit,
    // scrypt with r = 8 needs 128 r N bytes.
    memory: size(1024 * 2 ** data.logN),
  }),
  'unsafe-entry': ({ name, problem }, { word }) => ({
    name,
    problem: word(`${isSpecial(problem) ? 'specialKinds' : 'nameProblems'}.${problem}`),
  }),
  'duplicate-entry': asIs,
  'too-many-entries': limit,
  'format-unsupported': ({ format, feature }, { word }) => ({
    variant: feature,
    format: word(`thisFormat.${format}`),
  }),
  'expands-too-much': ({ kind, limit }, { number, size }) =>
    kind === 'total'
      ? { variant: kind, size: size(limit) }
      : { variant: kind, times: number(limit) },
  'volume-missing': asIs,
  'volume-wrong': ({ name, last }) =>
    last === undefined ? { variant: 'one', name } : { variant: 'several', name, last },
  'wrong-passphrase': nothing,
  'no-matching-key': nothing,
  'passphrase-needed': nothing,
  'key-needed': nothing,
  'identity-invalid': asIs,

  's3-denied': asIs,
  's3-no-credentials': nothing,
  's3-bad-credentials': nothing,
  's3-no-bucket': asIs,
  's3-no-object': asIs,
  'fetch-name': ({ name, problem }, { word }) => ({
    name,
    problem: word(`nameProblems.${problem}`),
  }),
  's3-wrong-region': ({ region }) =>
    region === undefined ? { variant: 'unknown' } : { variant: 'known', region },
  's3-clock': nothing,
  's3-exists': asIs,
  's3-busy': nothing,
  's3-timeout': nothing,
  's3-unreachable': ({ endpoint }, { word }) => ({ endpoint: endpoint ?? word('s3') }),
  's3-untrusted': ({ endpoint }, { word }) => ({ endpoint: endpoint ?? word('s3') }),
  's3-unverified': asIs,
  's3-integrity': asIs,
  's3-refused': ({ status }) =>
    status === undefined ? { variant: 'unanswered' } : { variant: 'answered', status },
  's3-left-behind': ({ location, after, remains, right }, { word }) => {
    const stopped = after === 'cancelled';
    const how = stopped ? word('ended.cancelled') : `${word('ended.failed')} (${after})`;
    return right === undefined
      ? { variant: remains, location, how }
      : { variant: `${remains}-denied`, location, how, right };
  },
  'bundle-too-large': (data, { size }) => ({ limit: size(data.limit) }),
  'url-invalid': asIs,
  'endpoint-insecure': asIs,
  'connection-invalid': ({ field }) => ({ variant: field }),
  'secret-missing': asIs,

  'email-address': asIs,
  'email-no-recipients': nothing,
  'email-passphrase-inside': nothing,
  'email-too-large': ofAtMost,
  'email-account-invalid': ({ field }) => ({ variant: field }),
  'smtp-unreachable': ({ host, mayHaveArrived }) => ({
    variant: mayHaveArrived === true ? 'may-have-arrived' : 'not-sent',
    host,
  }),
  'smtp-untrusted': asIs,
  'smtp-no-tls': asIs,
  'smtp-credentials': asIs,
  'smtp-busy': smtpAnswer,
  'smtp-too-large': ({ host, limit }, { size }) =>
    limit === undefined
      ? { variant: 'unknown', host }
      : { variant: 'known', host, limit: size(limit) },
  'smtp-refused': smtpAnswer,
  'smtp-no-recipient': ({ host, addresses }) => ({ host, addresses: addresses.join(', ') }),

  'engine-unavailable': asIs,
  'engine-wrong': asIs,
  'input-invalid': asIs,
  'reference-unknown': ({ kind }, { word }) => ({ kind: word(`references.${kind}`) }),
  'not-available': asIs,
  'host-failed': nothing,
  'host-gone': nothing,
  'settings-unwritable': asIs,
};

const SPECIAL: Record<ErrorData['document-special']['kind'], true> = {
  'symbolic-link': true,
  'hard-link': true,
  device: true,
  pipe: true,
  socket: true,
  other: true,
};

function isSpecial(problem: ErrorData['unsafe-entry']['problem']): boolean {
  return Object.hasOwn(SPECIAL, problem);
}

/**
 * The words for an error. Names in it come from outside: what in them could deceive the eye is shown as its code.
 *
 * @param error - as it crossed the boundary
 * @param t - for the words
 * @param language - for numbers
 */
export function errorText<C extends ErrorCode>(
  error: ErrorRecord<C>,
  t: T,
  language: string,
): Said {
  // The keys are put together from parts; that each exists is what the types above and the tests see to.
  const say = t as unknown as (key: string, parameters?: Parameters) => string;
  const tell: (data: ErrorData[C], means: Means) => Parameters = TELLINGS[error.code];
  const { variant, ...told } = tell(error.data, {
    size: (bytes) => formatSize(bytes, language),
    number: (value) => new Intl.NumberFormat(language).format(value),
    word: (key) => say(`errors.${key}`),
  });
  const parameters = Object.fromEntries(
    Object.entries(told).map(([key, value]) => [
      key,
      typeof value === 'string' ? visible(value) : value,
    ]),
  );
  const key = ['errors.codes', error.code, ...(variant === undefined ? [] : [variant])].join('.');
  return {
    title: say(`${key}.title`, parameters),
    meaning: say(`${key}.meaning`, parameters),
    next: say(`${key}.next`, parameters),
  };
}
