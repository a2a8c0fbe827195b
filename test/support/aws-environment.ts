import { onTestFinished, vi } from 'vitest';
import type { S3Connection } from '../../app/s3/client.ts';
import type { ScriptedS3 } from './scripted-s3.ts';

/** A key pair of S3. */
export interface S3Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** An environment in which the AWS SDK finds no credentials, no region and no endpoint, whatever this machine has. */
export const BARE_AWS_ENVIRONMENT: Readonly<Record<string, string | undefined>> = {
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_ENDPOINT_URL: undefined,
  AWS_ENDPOINT_URL_S3: undefined,
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: undefined,
  AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
  AWS_ROLE_ARN: undefined,
  AWS_CONTAINER_CREDENTIALS_FULL_URI: undefined,
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: undefined,
  AWS_CONFIG_FILE: '/nonexistent/signet-test/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/signet-test/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/**
 * For the running test, what the AWS SDK finds in the environment is this and nothing else.
 *
 * @param variables - on top of an environment without anything about AWS
 */
export function useAwsEnvironment(variables: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries({ ...BARE_AWS_ENVIRONMENT, ...variables }))
    vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

/** The variables that hold a key pair. */
export function keyVariables({ accessKeyId, secretAccessKey }: S3Keys): Record<string, string> {
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
}

/**
 * Gives the running test the keys for a scripted server, and the way to it.
 *
 * @param server - the server
 */
export function connectionTo(server: ScriptedS3): S3Connection {
  useAwsEnvironment(
    keyVariables({ accessKeyId: server.accessKeyId, secretAccessKey: 'scripted secret' }),
  );
  return { endpoint: server.endpoint, region: 'us-east-1' };
}
