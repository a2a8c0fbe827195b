import { NoSuchUpload, S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../../../app/contract/errors.ts';
import { isNotFound, s3Error, type S3Request } from '../../../app/s3/errors.ts';

const REQUEST: S3Request = {
  bucket: 'team',
  key: 'home/ana/bundle.age',
  right: 's3:PutObject',
  endpoint: 'https://s3.example.test',
};
const LOCATION = 's3://team/home/ana/bundle.age';
const SECRET = 'a message of somebody else’s';

function refusal(name: string, status: number, fields: object = {}): Error {
  const error = new S3ServiceException({
    name,
    message: SECRET,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status },
  });
  return Object.assign(error, fields);
}

function failure(name: string, code?: string): Error {
  const error = Object.assign(new Error(SECRET), code === undefined ? {} : { code });
  error.name = name;
  return error;
}

describe('a refusal by S3 becomes', () => {
  test.each<[string, number, ErrorCode, object]>([
    ['AccessDenied', 403, 's3-denied', { right: 's3:PutObject', bucket: 'team' }],
    ['SomethingNew', 403, 's3-denied', { right: 's3:PutObject', bucket: 'team' }],
    ['InvalidAccessKeyId', 403, 's3-bad-credentials', {}],
    ['SignatureDoesNotMatch', 403, 's3-bad-credentials', {}],
    ['InvalidToken', 400, 's3-bad-credentials', {}],
    ['ExpiredToken', 400, 's3-bad-credentials', {}],
    ['ExpiredTokenException', 403, 's3-bad-credentials', {}],
    ['TokenRefreshRequired', 400, 's3-bad-credentials', {}],
    ['InvalidSecurity', 403, 's3-bad-credentials', {}],
    ['RequestTimeTooSkewed', 403, 's3-clock', {}],
    ['PermanentRedirect', 301, 's3-wrong-region', {}],
    ['TemporaryRedirect', 307, 's3-wrong-region', {}],
    ['SomethingNew', 301, 's3-wrong-region', {}],
    ['IllegalLocationConstraintException', 400, 's3-wrong-region', {}],
    ['NoSuchBucket', 404, 's3-no-bucket', { bucket: 'team' }],
    ['NoSuchKey', 404, 's3-no-object', { location: LOCATION }],
    ['NoSuchUpload', 404, 's3-no-object', { location: LOCATION }],
    ['NotFound', 404, 's3-no-object', { location: LOCATION }],
    ['PreconditionFailed', 412, 's3-exists', { location: LOCATION }],
    ['ConditionalRequestConflict', 409, 's3-busy', {}],
    ['EntityTooLarge', 400, 'bundle-too-large', { limit: 5 * 2 ** 40 }],
    ['BadDigest', 400, 's3-integrity', { location: LOCATION }],
    ['InvalidDigest', 400, 's3-integrity', { location: LOCATION }],
    ['IncompleteBody', 400, 's3-integrity', { location: LOCATION }],
    ['XAmzContentSHA256Mismatch', 400, 's3-integrity', { location: LOCATION }],
    ['XAmzContentChecksumMismatch', 400, 's3-integrity', { location: LOCATION }],
    ['SlowDown', 503, 's3-busy', {}],
    ['ServiceUnavailable', 503, 's3-busy', {}],
    ['InternalError', 500, 's3-busy', {}],
    ['RequestTimeout', 400, 's3-busy', {}],
    ['OperationAborted', 409, 's3-busy', {}],
    ['TooManyRequests', 429, 's3-busy', {}],
    ['NotImplemented', 501, 's3-refused', { status: 501 }],
    ['BadGateway', 502, 's3-busy', {}],
    ['KeyTooLongError', 400, 's3-refused', { status: 400 }],
    ['MethodNotAllowed', 405, 's3-refused', { status: 405 }],
    ['SomethingNew', 418, 's3-refused', { status: 418 }],
    ['InvalidRange', 416, 's3-refused', { status: 416 }],
  ])('%s (%i): %s', (name, status, code, data) => {
    const error = s3Error(refusal(name, status), REQUEST);
    expect(error.code).toBe(code);
    expect(error.data).toEqual(data);
  });

  test('the region with it, where the answer says which', () => {
    const fields = { Region: 'eu-central-1' };
    const error = s3Error(refusal('AuthorizationHeaderMalformed', 400, fields), REQUEST);
    expect(error.data).toEqual({ region: 'eu-central-1' });
  });

  test('the region with it, where only a header says which', () => {
    const fields = { $response: { headers: { 'x-amz-bucket-region': 'eu-central-1' } } };
    const error = s3Error(refusal('PermanentRedirect', 301, fields), REQUEST);
    expect(error.data).toEqual({ region: 'eu-central-1' });
  });

  test.each(['', 'EU', 'eu central', '\u001b[31m', 'x'.repeat(33), 7, null, {}])(
    'nothing that is no region, such as %j',
    (region) => {
      const fields = { Region: region };
      const error = s3Error(refusal('AuthorizationHeaderMalformed', 400, fields), REQUEST);
      expect(error.data).toEqual({});
    },
  );
});

describe('a failure on the way becomes', () => {
  test.each<[string, string | undefined, ErrorCode]>([
    ['AbortError', undefined, 'cancelled'],
    ['AbortError', 'ABORT_ERR', 'cancelled'],
    ['TimeoutError', undefined, 's3-timeout'],
    ['TimeoutError', 'ETIMEDOUT', 's3-timeout'],
    // The SDK gives these the same name.
    ['TimeoutError', 'ECONNREFUSED', 's3-unreachable'],
    ['TimeoutError', 'ECONNRESET', 's3-unreachable'],
    ['TimeoutError', 'EPIPE', 's3-unreachable'],
    ['Error', 'ECONNRESET', 's3-unreachable'],
    ['Error', 'ENOTFOUND', 's3-unreachable'],
    ['Error', 'EAI_AGAIN', 's3-unreachable'],
    ['Error', 'EHOSTUNREACH', 's3-unreachable'],
    ['Error', 'ERR_SSL_WRONG_VERSION_NUMBER', 's3-unreachable'],
    ['Error', 'DEPTH_ZERO_SELF_SIGNED_CERT', 's3-untrusted'],
    ['Error', 'SELF_SIGNED_CERT_IN_CHAIN', 's3-untrusted'],
    ['Error', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 's3-untrusted'],
    ['Error', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 's3-untrusted'],
    ['Error', 'CERT_HAS_EXPIRED', 's3-untrusted'],
    ['Error', 'CERT_NOT_YET_VALID', 's3-untrusted'],
    ['Error', 'ERR_TLS_CERT_ALTNAME_INVALID', 's3-untrusted'],
    ['Error', 'HOSTNAME_MISMATCH', 's3-untrusted'],
    ['CredentialsProviderError', undefined, 's3-no-credentials'],
    ['TokenProviderError', undefined, 's3-no-credentials'],
    ['TypeError', undefined, 'internal'],
  ])('%s with %s: %s', (name, code, expected) => {
    expect(s3Error(failure(name, code), REQUEST).code).toBe(expected);
  });

  test.each<[string, ErrorCode]>([
    ['ECONNREFUSED', 's3-unreachable'],
    ['CERT_HAS_EXPIRED', 's3-untrusted'],
  ])('one that names the endpoint, if there is one: %s', (code, expected) => {
    const here = s3Error(failure('Error', code), REQUEST);
    expect(here).toMatchObject({ code: expected, data: { endpoint: REQUEST.endpoint } });
    const amazon = s3Error(failure('Error', code), { ...REQUEST, endpoint: undefined });
    expect(amazon.data).toEqual({});
  });

  test('is told by its codes although the SDK counted its attempts on it', () => {
    const error = Object.assign(failure('TimeoutError', 'ECONNREFUSED'), {
      $metadata: { attempts: 4, totalRetryDelay: 300 },
    });
    expect(s3Error(error, REQUEST).code).toBe('s3-unreachable');
  });
});

describe('whatever it was', () => {
  test('an error of ours stays what it is', () => {
    const error = new AppError('document-changed', { name: 'a' });
    expect(s3Error(error, REQUEST)).toBe(error);
  });

  test.each([undefined, null, 'text', 7, {}])('%j, thrown, is a defect', (thrown) => {
    expect(s3Error(thrown, REQUEST).code).toBe('internal');
  });

  test.each([refusal('AccessDenied', 403), failure('Error', 'ECONNRESET'), failure('TypeError')])(
    'no message of somebody else’s crosses a boundary, and the cause is kept: %s',
    (cause) => {
      const error = s3Error(cause, REQUEST);
      expect(`${error.message}${JSON.stringify(error.data)}`).not.toContain(SECRET);
      expect(error.cause).toBe(cause);
    },
  );
});

describe('an absence', () => {
  test('is told from every other failure', () => {
    const gone = new NoSuchUpload({ message: '', $metadata: { httpStatusCode: 404 } });
    expect(isNotFound(gone)).toBe(true);
    expect(isNotFound(refusal('NoSuchKey', 404))).toBe(true);
    expect(isNotFound(refusal('AccessDenied', 403))).toBe(false);
    expect(isNotFound(failure('Error', 'ENOTFOUND'))).toBe(false);
    expect(isNotFound(undefined)).toBe(false);
  });
});
