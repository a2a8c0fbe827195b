import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectS3, type S3Connection } from '../../../app/s3/client.ts';
import { keyVariables, useAwsEnvironment } from '../../support/aws-environment.ts';
import { failureOf } from '../../support/s3-sends.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const KEYS = keyVariables({ accessKeyId: 'KEY', secretAccessKey: 'secret' });

interface Address {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
}

/** A client whose requests end here: what would have gone out is in `sent`. */
async function clientOf(
  connection: S3Connection,
): Promise<{ readonly client: S3Client; readonly sent: string[] }> {
  const client = await connectS3(connection);
  const sent: string[] = [];
  client.config.requestHandler = {
    handle: ({ protocol, hostname, port, path }: Address) => {
      sent.push(`${protocol}//${hostname}${port === undefined ? '' : `:${String(port)}`}${path}`);
      return Promise.reject(new Error('it would have been sent'));
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
  onTestFinished(() => {
    client.destroy();
  });
  return { client, sent };
}

function request(client: S3Client): Promise<unknown> {
  return client.send(new ListObjectsV2Command({ Bucket: 'team' }));
}

describe('an endpoint that was given', () => {
  test.each([
    'https://s3.example.test',
    'https://s3.example.test:9000',
    'https://s3.example.test/gateway',
    'https://192.0.2.1',
    'http://localhost:9000',
    'http://LOCALHOST:9000',
    'http://127.0.0.1:9000',
    'http://127.255.3.4',
    'http://[::1]:9000',
    // The same numbers, as addresses may be written.
    'http://127.1:9000',
    'http://0x7f.0.0.1:9000',
    'http://2130706433',
  ])('is accepted: %s', async (endpoint) => {
    useAwsEnvironment(KEYS);
    const { client } = await clientOf({ endpoint });
    await expect(request(client)).rejects.toThrow('it would have been sent');
  });

  test.each([
    ['http://s3.example.test:9000', 'http://s3.example.test:9000'],
    ['HTTP://s3.example.test', 'http://s3.example.test'],
    ['http://192.0.2.1', 'http://192.0.2.1'],
    ['http://10.0.0.1/', 'http://10.0.0.1'],
    ['http://localhost.example.test', 'http://localhost.example.test'],
    ['http://127.0.0.1.example.test', 'http://127.0.0.1.example.test'],
    ['http://0.0.0.0:9000', 'http://0.0.0.0:9000'],
    ['http://128.0.0.1', 'http://128.0.0.1'],
    ['http://[2001:db8::1]', 'http://[2001:db8::1]'],
    ['http://[::ffff:192.0.2.1]', 'http://[::ffff:c000:201]'],
  ])('without encryption to another machine is refused: %s', async (endpoint, shown) => {
    const error = await failureOf(connectS3({ endpoint }));
    expect(error).toMatchObject({ code: 'endpoint-insecure', data: { endpoint: shown } });
  });

  test('without encryption to another machine is accepted from somebody who insists', async () => {
    useAwsEnvironment(KEYS);
    const endpoint = 'http://s3.example.test:9000';
    const { client, sent } = await clientOf({ endpoint, allowHttp: true });
    await expect(request(client)).rejects.toThrow('it would have been sent');
    expect(sent).toEqual(['http://s3.example.test:9000/team/']);
  });

  test.each([
    '',
    's3.example.test',
    's3.example.test:9000',
    'localhost:9000',
    'ftp://s3.example.test',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://',
    'https://user@s3.example.test',
    'https://user:secret@s3.example.test',
    'https://:secret@s3.example.test',
    'https://s3.example.test/?X-Amz-Signature=secret',
    'https://s3.example.test/#secret',
    'https://exa mple.test',
  ])('is refused and not repeated: %j', async (endpoint) => {
    const error = await failureOf(connectS3({ endpoint }));
    expect(error).toMatchObject({ code: 'url-invalid', data: { url: '--endpoint' } });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  test('gets the bucket as the first part of the path, because only Amazon promises host names', async () => {
    useAwsEnvironment(KEYS);
    const { client, sent } = await clientOf({ endpoint: 'https://s3.example.test:9000' });
    await expect(request(client)).rejects.toThrow('it would have been sent');
    expect(sent).toEqual(['https://s3.example.test:9000/team/']);
  });
});

describe('an endpoint that nobody typed', () => {
  test.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3'])(
    'is refused without encryption, too, when it comes from %s',
    async (variable) => {
      useAwsEnvironment({ ...KEYS, [variable]: 'http://s3.example.test:9000' });
      const error = await failureOf(connectS3({ region: 'us-east-1' }));
      expect(error.code).toBe('endpoint-insecure');
    },
  );

  /** A shared configuration with two profiles that know a service of their own, and one that does not. */
  function useProfiles(variables: Readonly<Record<string, string>> = {}): void {
    const config = join(temporaryFolder(), 'config');
    const keys = 'aws_access_key_id = KEY\naws_secret_access_key = secret';
    const lines = [
      '[default]',
      keys,
      'endpoint_url = https://default.example.test',
      '[profile ana]',
      keys,
      'endpoint_url = http://s3.example.test:9000',
      '[profile team]',
      keys,
      'endpoint_url = https://everything.example.test',
      'services = ours',
      '[profile amazon]',
      keys,
      'region = eu-central-1',
      '[profile lost]',
      keys,
      'services = not-there',
      '[profile off]',
      keys,
      'endpoint_url = https://everything.example.test',
      'ignore_configured_endpoint_urls = true',
      '[services ours]',
      's3 =',
      '  endpoint_url = https://objects.example.test',
    ];
    writeFileSync(config, lines.join('\n'));
    useAwsEnvironment({ ...KEYS, AWS_CONFIG_FILE: config, ...variables });
  }

  const AMAZON = 'https://team.s3.us-east-1.amazonaws.com/';

  test('is refused without encryption, too, when it comes from the profile in use', async () => {
    useProfiles({ AWS_PROFILE: 'ana' });
    const refused = {
      code: 'endpoint-insecure',
      data: { endpoint: 'http://s3.example.test:9000' },
    };
    expect(await failureOf(connectS3({}))).toMatchObject(refused);
    useProfiles();
    expect(await failureOf(connectS3({ profile: 'ana' }))).toMatchObject(refused);
  });

  test.each([
    ['of the profile that the person chose', 'team', 'https://objects.example.test/team/'],
    [
      'of the default profile where none was chosen',
      undefined,
      'https://default.example.test/team/',
    ],
    ['of no other profile than the one that was chosen', 'amazon', AMAZON],
    ['of a profile whose services are not there', 'lost', AMAZON],
    ['of a profile that has them ignored', 'off', AMAZON],
  ])('is that %s', async (_whose, profile, url) => {
    useProfiles();
    const { client, sent } = await clientOf({ profile, region: 'us-east-1' });
    await expect(request(client)).rejects.toThrow('it would have been sent');
    expect(sent).toEqual([url]);
  });

  test('comes from the environment before the profile, for S3 before all services', async () => {
    const all = { AWS_ENDPOINT_URL: 'https://all.example.test' };
    useProfiles({ ...all, AWS_ENDPOINT_URL_S3: 'https://s3.example.test' });
    const first = await clientOf({ profile: 'team' });
    await expect(request(first.client)).rejects.toThrow('it would have been sent');
    expect(first.sent).toEqual(['https://s3.example.test/team/']);
    useProfiles({ ...all, AWS_ENDPOINT_URL_S3: '' });
    const second = await clientOf({ profile: 'team' });
    await expect(request(second.client)).rejects.toThrow('it would have been sent');
    expect(second.sent).toEqual(['https://all.example.test/team/']);
  });

  test('is ignored when the environment says so', async () => {
    useProfiles({ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' });
    const { client, sent } = await clientOf({ profile: 'team', region: 'us-east-1' });
    await expect(request(client)).rejects.toThrow('it would have been sent');
    expect(sent).toEqual([AMAZON]);
  });

  test('is not repeated when it is none', async () => {
    useAwsEnvironment({ ...KEYS, AWS_ENDPOINT_URL: 'https://user:secret@s3.example.test' });
    const error = await failureOf(connectS3({}));
    expect(error).toMatchObject({ code: 'url-invalid', data: { url: 'endpoint_url' } });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  test('is accepted when it is this machine, the bucket in its path', async () => {
    useAwsEnvironment({ ...KEYS, AWS_ENDPOINT_URL: 'http://localhost:9000' });
    const { client, sent } = await clientOf({ region: 'us-east-1' });
    await expect(request(client)).rejects.toThrow('it would have been sent');
    expect(sent).toEqual(['http://localhost:9000/team/']);
  });

  test('is Amazon’s own, encrypted, when there is none', async () => {
    useAwsEnvironment(KEYS);
    const { client, sent } = await clientOf({ region: 'eu-central-1' });
    await expect(request(client)).rejects.toThrow('it would have been sent');
    expect(sent).toEqual(['https://team.s3.eu-central-1.amazonaws.com/']);
  });

  test('does not replace the one that was given', async () => {
    useAwsEnvironment({ ...KEYS, AWS_ENDPOINT_URL_S3: 'https://elsewhere.example.test' });
    const { client, sent } = await clientOf({ endpoint: 'https://s3.example.test' });
    await expect(request(client)).rejects.toThrow('it would have been sent');
    expect(sent).toEqual(['https://s3.example.test/team/']);
  });
});
