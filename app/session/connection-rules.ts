import { z } from 'zod';
import { AppError, type ConnectionField } from '../contract/errors.ts';
import type { CommandInput } from '../contract/commands.ts';
import { parseEndpoint, requireSecure } from '../s3/endpoint.ts';
import { isBucketName } from '../s3/url.ts';

/** A connection as it is kept: without the secret. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly credentials:
    | { readonly kind: 'profile'; readonly profile: string }
    | { readonly kind: 'keys'; readonly accessKeyId: string };
  readonly rights?: z.infer<typeof rights> | undefined;
}

const right = z.enum(['granted', 'denied', 'unknown']);
const rights = z.strictObject({
  checked: z.iso.datetime(),
  list: right,
  put: right,
  read: right,
  remove: right,
});

/** The shape of a kept connection; whether its values will do is for `checkedConnection`. */
export const storedConnection = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/),
  name: z.string(),
  bucket: z.string(),
  prefix: z.string(),
  region: z.string().optional(),
  endpoint: z.string().optional(),
  credentials: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('profile'), profile: z.string() }),
    z.strictObject({ kind: z.literal('keys'), accessKeyId: z.string() }),
  ]),
  rights: rights.optional(),
  /** Whether its secret was given to the keychain, which is not asked before it is needed: it may ask the person. */
  kept: z.boolean().optional(),
});

/** Leaves room in a key, which has 1,024 bytes, for the name of a bundle. */
const MAX_PREFIX_BYTES = 700;

type Given = Omit<CommandInput<'saveConnection'>, 'id'>;

/**
 * Refuses what cannot be a connection, and brings the rest into one form.
 *
 * @param given - as the person typed it, or as a file has it
 * @returns the connection, without id and without the secret
 * @throws `connection-invalid` with the field
 */
export function checkedConnection(given: Given): Omit<Connection, 'id' | 'rights'> {
  const name = given.name.trim();
  require(name !== '' && name.length <= 200 && isPlain(name), 'name');
  const bucket = given.bucket.trim();
  require(isBucketName(bucket), 'bucket');
  const region = orNothing(given.region);
  require(region === undefined || /^[a-z0-9][a-z0-9_-]{0,63}$/i.test(region), 'region');
  const endpoint = orNothing(given.endpoint);
  return {
    name,
    bucket,
    prefix: checkedPrefix(given.prefix),
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint: checkedEndpoint(endpoint) }),
    credentials: checkedCredentials(given.credentials),
  };
}

function checkedPrefix(typed: string): string {
  const inner = typed.trim().replace(/^\/+|\/+$/g, '');
  if (inner === '') return '';
  // Services resolve dots and doubled slashes each in their own way.
  const segments = inner.split('/');
  require(segments.every((segment) => !['', '.', '..'].includes(segment)), 'prefix');
  require(isPlain(inner) && Buffer.byteLength(inner) <= MAX_PREFIX_BYTES, 'prefix');
  return `${inner}/`;
}

function checkedEndpoint(typed: string): string {
  try {
    const url = parseEndpoint(typed, '--endpoint');
    requireSecure(url);
    return url.href.replace(/\/$/, '');
  } catch (error) {
    throw new AppError('connection-invalid', { field: 'endpoint' }, error);
  }
}

function checkedCredentials(given: Given['credentials']): Connection['credentials'] {
  if (given.kind === 'profile') {
    // None is the SDK's own choice. The characters are those that a section of the shared configuration is named with.
    const profile = given.profile.trim();
    require(/^[\w.@:+/ -]{0,200}$/.test(profile), 'profile');
    return { kind: 'profile', profile };
  }
  const accessKeyId = given.accessKeyId.trim();
  require(/^[\x21-\x7e]{1,256}$/.test(accessKeyId), 'keys');
  const secret = given.secretAccessKey;
  require(secret === undefined || /^[\x21-\x7e]{1,256}$/.test(secret.trim()), 'keys');
  return { kind: 'keys', accessKeyId };
}

/** Neither controls nor what is no Unicode: they are shown, and go into addresses. */
function isPlain(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\u2028-\u202e\u2066-\u2069\ufffd]/u.test(text);
}

function orNothing(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function require(good: boolean, field: ConnectionField): asserts good {
  if (!good) throw new AppError('connection-invalid', { field });
}
