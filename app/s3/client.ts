import type { S3Client } from '@aws-sdk/client-s3';
import { configuredEndpoint } from './configured-endpoint.ts';
import { parseEndpoint, requireSecure } from './endpoint.ts';

/** How to reach an S3 service. Credentials come from the AWS SDK's own chain unless they are given. */
export interface S3Connection {
  /** Of an S3-compatible service; when absent the one that the environment or the profile names, else Amazon's own. */
  readonly endpoint?: string | undefined;
  /** Default: from the environment or the profile, else `us-east-1`. */
  readonly region?: string | undefined;
  /** A profile of the shared AWS configuration. */
  readonly profile?: string | undefined;
  /** A key pair of the person's; nothing else is looked for then. */
  readonly credentials?: S3Credentials | undefined;
  /** Whether plain http to another machine is acceptable. */
  readonly allowHttp?: boolean | undefined;
  readonly timeouts?: S3Timeouts | undefined;
}

/** An access key. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** All in milliseconds. */
export interface S3Timeouts {
  /** To establish a connection. */
  readonly connect: number;
  /** Without a byte in either direction. */
  readonly idle: number;
  /** For one request as a whole: a part of 16 MiB at a quarter of a megabit per second. */
  readonly request: number;
}

const TIMEOUTS: S3Timeouts = { connect: 10_000, idle: 60_000, request: 600_000 };
const ATTEMPTS = 4;
/** How long a stopped request may still take to say whether it was done, in milliseconds. */
const GRACE = 10_000;
/** How long the answer to a question that can be done without is waited for, in milliseconds. */
const PATIENCE = 10_000;
/** How long cleaning up may take as a whole, in milliseconds: where the network is gone, somebody waits for nothing. */
const CLEAN_UP = 30_000;
const FALLBACK_REGION = 'us-east-1';

const unheard = (): void => undefined;
/** What the SDK would write on somebody's terminal. */
const SILENCE = { trace: unheard, debug: unheard, info: unheard, warn: unheard, error: unheard };

/**
 * Makes a client: credentials as given, else from environment, profile, SSO, process, container or instance, as the AWS SDK finds
 * them.
 *
 * @param connection - where and how
 * @returns the client; `destroy` closes its connections
 * @throws `url-invalid`, `endpoint-insecure`
 */
export async function connectS3(connection: S3Connection): Promise<S3Client> {
  const endpoint = await endpointOf(connection);
  if (endpoint !== undefined) requireSecure(endpoint, connection.allowHttp);
  const [sdk, { fromNodeProviderChain }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/credential-providers'),
  ]);
  const profile = connection.profile === undefined ? {} : { profile: connection.profile };
  const timeouts = connection.timeouts ?? TIMEOUTS;
  const create = (region: string | undefined): S3Client =>
    new sdk.S3Client({
      ...profile,
      ...(region === undefined ? {} : { region }),
      // Only Amazon promises a host name for each bucket.
      ...(endpoint === undefined ? {} : { endpoint: endpoint.href, forcePathStyle: true }),
      ignoreConfiguredEndpointUrls: true,
      credentials:
        connection.credentials === undefined
          ? fromNodeProviderChain({ ...profile, logger: SILENCE })
          : { ...connection.credentials },
      maxAttempts: ATTEMPTS,
      // S3-compatible services do not know the checksums that the SDK adds by default. Signet sends its own.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: {
        connectionTimeout: timeouts.connect,
        socketTimeout: timeouts.idle,
        requestTimeout: timeouts.request,
        throwOnRequestTimeout: true,
      },
    });
  let client = create(connection.region);
  try {
    await client.config.region();
  } catch {
    client.destroy();
    client = create(FALLBACK_REGION);
  }
  return client;
}

async function endpointOf({ endpoint, profile }: S3Connection): Promise<URL | undefined> {
  if (endpoint !== undefined) return parseEndpoint(endpoint, '--endpoint');
  const configured = await configuredEndpoint(profile);
  return configured === undefined ? undefined : parseEndpoint(configured, 'endpoint_url');
}

/**
 * The options with which a request can be stopped.
 *
 * @param signal - of the job, if it has one
 */
export function stoppable(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

/**
 * As `stoppable`, for a request that cannot be taken back: when all of it has arrived it will be done, and to break it off is only
 * not to hear of it. So when the job is stopped it gets some time to end by itself.
 *
 * @param signal - of the job, if it has one
 */
export function stoppableLate(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  const late = new AbortController();
  const stop = (): void => {
    abortAfter(late, GRACE);
  };
  if (signal?.aborted === true) stop();
  else signal?.addEventListener('abort', stop);
  return { abortSignal: late.signal };
}

/**
 * As `stoppable`, for a question that can be done without: when no answer comes soon, it is given up.
 *
 * @param signal - of the job, if it has one
 */
export function stoppableSoon(signal: AbortSignal | undefined): { abortSignal: AbortSignal } {
  const late = new AbortController();
  abortAfter(late, PATIENCE);
  const either = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
  return { abortSignal: either };
}

/** A job for what has to be put in order after another that was cancelled or failed. It ends, done or not. */
export function cleanUpJob(): { readonly signal: AbortSignal } {
  const late = new AbortController();
  abortAfter(late, CLEAN_UP);
  return { signal: late.signal };
}

function abortAfter(controller: AbortController, milliseconds: number): void {
  setTimeout(() => {
    controller.abort();
  }, milliseconds).unref();
}
