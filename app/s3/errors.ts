import { AppError, isAppError } from '../contract/errors.ts';
import { systemCode } from '../files/fs-errors.ts';
import { formatS3Url, type S3Location } from './url.ts';

/** What was being asked of S3 when it failed. */
export interface S3Request extends S3Location {
  /** The right that the request needs, in the words of an IAM policy. */
  readonly right: S3Right;
}

/** The rights that Signet ever needs. */
export type S3Right =
  | 's3:PutObject'
  | 's3:GetObject'
  | 's3:DeleteObject'
  | 's3:ListBucket'
  | 's3:AbortMultipartUpload'
  | 's3:ListMultipartUploadParts';

const BAD_CREDENTIALS = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidToken',
  'TokenRefreshRequired',
  'InvalidSecurity',
]);
const WRONG_REGION = new Set([
  'PermanentRedirect',
  'TemporaryRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
]);
const CORRUPTED = new Set([
  'BadDigest',
  'InvalidDigest',
  'IncompleteBody',
  'XAmzContentSHA256Mismatch',
  'XAmzContentChecksumMismatch',
]);
const BUSY = new Set([
  'SlowDown',
  'ServiceUnavailable',
  'InternalError',
  'RequestTimeout',
  'OperationAborted',
]);

/** OpenSSL's names for a certificate that cannot be trusted. */
const UNTRUSTED =
  /^(?:CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|ERR_TLS_CERT|HOSTNAME_MISMATCH)/;

/**
 * Translates a failure of the AWS SDK, by its error names, HTTP status and system codes; never by its messages.
 *
 * @param error - what a `send` threw
 * @param request - what was asked
 */
export function s3Error(error: unknown, request: S3Request): AppError {
  if (isAppError(error)) return error;
  if (!(error instanceof Error)) return new AppError('internal', {}, error);
  const at = request.endpoint === undefined ? {} : { endpoint: request.endpoint };
  if (error.name === 'AbortError') return new AppError('cancelled', {}, error);
  const code = systemCode(error);
  // The SDK also calls it a timeout when a connection is refused or breaks.
  if (error.name === 'TimeoutError' && (code === undefined || code === 'ETIMEDOUT'))
    return new AppError('s3-timeout', {}, error);
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError')
    return new AppError('s3-no-credentials', {}, error);
  const status = statusOf(error);
  if (status === undefined) {
    if (code === undefined) return new AppError('internal', {}, error);
    return new AppError(UNTRUSTED.test(code) ? 's3-untrusted' : 's3-unreachable', at, error);
  }
  return answered(error, status, request);
}

function answered(error: Error, status: number, request: S3Request): AppError {
  const { name } = error;
  const { bucket, right } = request;
  const location = formatS3Url(request);
  if (BAD_CREDENTIALS.has(name)) return new AppError('s3-bad-credentials', {}, error);
  if (name === 'RequestTimeTooSkewed') return new AppError('s3-clock', {}, error);
  if (WRONG_REGION.has(name) || status === 301 || status === 307) {
    const region = regionOf(error);
    return new AppError('s3-wrong-region', region === undefined ? {} : { region }, error);
  }
  if (name === 'NoSuchBucket') return new AppError('s3-no-bucket', { bucket }, error);
  if (name === 'EntityTooLarge')
    return new AppError('bundle-too-large', { limit: 5 * 2 ** 40 }, error);
  if (CORRUPTED.has(name)) return new AppError('s3-integrity', { location }, error);
  if (status === 403) return new AppError('s3-denied', { right, bucket }, error);
  if (status === 404) return new AppError('s3-no-object', { location }, error);
  if (status === 412) return new AppError('s3-exists', { location }, error);
  // Somebody else is writing to the same name at this moment; whether they get it nobody knows yet.
  if (name === 'ConditionalRequestConflict') return new AppError('s3-busy', {}, error);
  // What a server does not implement it will not implement in a minute, either.
  if (status === 501) return new AppError('s3-refused', { status }, error);
  if (BUSY.has(name) || status >= 500 || status === 429) return new AppError('s3-busy', {}, error);
  return new AppError('s3-refused', { status }, error);
}

function statusOf(error: Error): number | undefined {
  if (!('$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata))
    return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** The region that S3 names in the body of its refusal, or in a header when it redirects. */
function regionOf(error: Error): string | undefined {
  const named = 'Region' in error ? error.Region : headerOf(error, 'x-amz-bucket-region');
  return typeof named === 'string' && /^[a-z0-9-]{1,32}$/.test(named) ? named : undefined;
}

function headerOf(error: Error, name: string): unknown {
  const answer: unknown = '$response' in error ? error.$response : undefined;
  if (typeof answer !== 'object' || answer === null || !('headers' in answer)) return undefined;
  return (answer.headers as Readonly<Record<string, unknown>>)[name];
}

/**
 * Whether an S3 request failed because the thing it names does not exist.
 *
 * @param error - what a `send` threw
 */
export function isNotFound(error: unknown): boolean {
  return error instanceof Error && statusOf(error) === 404;
}

/**
 * The right that a request failed for, as data of an error; nothing where it failed for another reason.
 *
 * @param error - what a `send` threw
 * @param request - what was asked
 */
export function missingRight(error: unknown, request: S3Request): { readonly right?: S3Right } {
  return isAppError(s3Error(error, request), 's3-denied') ? { right: request.right } : {};
}
