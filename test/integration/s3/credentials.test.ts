import { hash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { s3Destination } from '../../../app/destinations/s3.ts';
import type { Destination } from '../../../app/destinations/destination.ts';
import type { S3Connection } from '../../../app/s3/client.ts';
import { keyVariables, useAwsEnvironment } from '../../support/aws-environment.ts';
import { failureOf, KEY, PREFIX, sendBytes, SMALL } from '../../support/s3-sends.ts';
import { ScriptedS3 } from '../../support/scripted-s3.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** Unlike `connectionTo`, it leaves the environment to the test. */
function destinationAt(
  { endpoint }: ScriptedS3,
  connection: Partial<S3Connection> = {},
): Promise<Destination> {
  return s3Destination({ endpoint, ...connection }, { bucket: 'signet-test', key: PREFIX });
}

function ini(sections: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  return Object.entries(sections)
    .map(([name, values]) => {
      const lines = Object.entries(values).map(([key, value]) => `${key} = ${value}`);
      return [`[${name}]`, ...lines, ''].join('\n');
    })
    .join('\n');
}

function keys(accessKeyId: string): Record<string, string> {
  return { aws_access_key_id: accessKeyId, aws_secret_access_key: 'secret' };
}

const IN_AN_HOUR = new Date(Date.now() + 3_600_000);

/** A server on loopback that answers everything with one thing, and notes what it was asked for. */
async function answering(asked: string[], answer: object): Promise<string> {
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

describe('credentials', () => {
  test('come from the environment', async () => {
    const server = await ScriptedS3.start();
    useAwsEnvironment(keyVariables({ accessKeyId: server.accessKeyId, secretAccessKey: 'secret' }));
    await sendBytes(await destinationAt(server), SMALL);
    expect(server.model.objects.has(KEY)).toBe(true);
  });

  test('of a session bring their token along', async () => {
    const server = await ScriptedS3.start();
    useAwsEnvironment({
      ...keyVariables({ accessKeyId: server.accessKeyId, secretAccessKey: 'secret' }),
      AWS_SESSION_TOKEN: 'the token of the session',
    });
    await (await destinationAt(server)).check('bundle.age', {});
    expect(server.asked[0]?.headers['x-amz-security-token']).toBe('the token of the session');
  });

  test('come from the profile that is named, whatever the environment holds', async () => {
    const server = await ScriptedS3.start();
    const file = join(temporaryFolder(), 'credentials');
    writeFileSync(file, ini({ default: keys('DEFAULT'), ana: keys(server.accessKeyId) }));
    useAwsEnvironment({
      ...keyVariables({ accessKeyId: 'ENVIRONMENT', secretAccessKey: 'secret' }),
      AWS_SHARED_CREDENTIALS_FILE: file,
    });
    const warn = vi.spyOn(console, 'warn');
    onTestFinished(() => {
      warn.mockRestore();
    });
    await sendBytes(await destinationAt(server, { profile: 'ana' }), SMALL);
    expect(server.model.objects.has(KEY)).toBe(true);
    // The SDK has an opinion about that, and would write it on the person's terminal.
    expect(warn).not.toHaveBeenCalled();
  });

  test('come from the profile that AWS_PROFILE names', async () => {
    const server = await ScriptedS3.start();
    const file = join(temporaryFolder(), 'credentials');
    writeFileSync(file, ini({ default: keys('DEFAULT'), ana: keys(server.accessKeyId) }));
    useAwsEnvironment({ AWS_SHARED_CREDENTIALS_FILE: file, AWS_PROFILE: 'ana' });
    await sendBytes(await destinationAt(server), SMALL);
    expect(server.model.objects.has(KEY)).toBe(true);
  });

  test('come from a process that a profile names', async () => {
    const server = await ScriptedS3.start();
    const folder = temporaryFolder();
    const config = join(folder, 'config');
    const answer = join(folder, 'answer.json');
    writeFileSync(
      answer,
      JSON.stringify({ Version: 1, AccessKeyId: server.accessKeyId, SecretAccessKey: 'secret' }),
    );
    writeFileSync(config, ini({ 'profile ana': { credential_process: `cat ${answer}` } }));
    useAwsEnvironment({ AWS_CONFIG_FILE: config });
    await sendBytes(await destinationAt(server, { profile: 'ana' }), SMALL);
    expect(server.model.objects.has(KEY)).toBe(true);
  });

  test('of a role come from the container that Signet runs in', async () => {
    const server = await ScriptedS3.start();
    const asked: string[] = [];
    const container = await answering(asked, {
      AccessKeyId: server.accessKeyId,
      SecretAccessKey: 'secret',
      Token: 'the token of the role',
      Expiration: IN_AN_HOUR.toISOString(),
    });
    useAwsEnvironment({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${container}/role` });
    await sendBytes(await destinationAt(server), SMALL);
    expect(asked).toEqual(['/role']);
    expect(server.asked[0]?.headers['x-amz-security-token']).toBe('the token of the role');
    expect(server.model.objects.has(KEY)).toBe(true);
  });

  test('of a role come from the single sign-on that a profile names', async () => {
    const server = await ScriptedS3.start();
    const asked: string[] = [];
    const portal = await answering(asked, {
      roleCredentials: {
        accessKeyId: server.accessKeyId,
        secretAccessKey: 'secret',
        sessionToken: 'the token of the role',
        expiration: IN_AN_HOUR.getTime(),
      },
    });
    const home = temporaryFolder();
    const config = join(home, 'config');
    const start = 'https://ana.example.test/start';
    const profile = { sso_start_url: start, sso_region: 'us-east-1' };
    const role = { sso_account_id: '123456789012', sso_role_name: 'sender' };
    writeFileSync(config, ini({ 'profile ana': { ...profile, ...role } }));
    // As 'aws sso login' leaves it.
    const cache = join(home, '.aws/sso/cache');
    mkdirSync(cache, { recursive: true });
    writeFileSync(
      join(cache, `${hash('sha1', start)}.json`),
      JSON.stringify({ accessToken: 'signed in', expiresAt: IN_AN_HOUR.toISOString() }),
    );
    useAwsEnvironment({ HOME: home, AWS_CONFIG_FILE: config, AWS_ENDPOINT_URL_SSO: portal });
    await sendBytes(await destinationAt(server, { profile: 'ana' }), SMALL);
    expect(asked).toEqual([
      expect.stringMatching(/^\/federation\/credentials\?.*role_name=sender/),
    ]);
    expect(server.asked[0]?.headers['x-amz-security-token']).toBe('the token of the role');
  });

  test('that are nowhere are asked for', async () => {
    const server = await ScriptedS3.start();
    useAwsEnvironment();
    const error = await failureOf((await destinationAt(server)).check('bundle.age', {}));
    expect(error).toMatchObject({ code: 's3-no-credentials', data: {} });
    expect(server.asked).toEqual([]);
  });

  test('are not there either when the named profile is not', async () => {
    const server = await ScriptedS3.start();
    const file = join(temporaryFolder(), 'credentials');
    writeFileSync(file, ini({ default: keys(server.accessKeyId) }));
    useAwsEnvironment({ AWS_SHARED_CREDENTIALS_FILE: file });
    const error = await failureOf(
      (await destinationAt(server, { profile: 'nobody' })).check('bundle.age', {}),
    );
    expect(error.code).toBe('s3-no-credentials');
    expect(server.asked).toEqual([]);
  });

  test('that S3 does not know are named as such', async () => {
    const server = await ScriptedS3.start();
    useAwsEnvironment(keyVariables({ accessKeyId: 'UNKNOWN', secretAccessKey: 'secret' }));
    const error = await failureOf((await destinationAt(server)).check('bundle.age', {}));
    expect(error).toMatchObject({ code: 's3-bad-credentials', data: {} });
  });

  test.each([
    { what: 'have the wrong secret', status: 403, code: 'SignatureDoesNotMatch' },
    { what: 'have run out', status: 400, code: 'ExpiredToken' },
  ])('that $what are named as such, and nothing arrives', async ({ status, code }) => {
    const server = await ScriptedS3.start();
    server.on('PutObject', () => ({ kind: 'refuse', status, code }));
    useAwsEnvironment(keyVariables({ accessKeyId: server.accessKeyId, secretAccessKey: 'wrong' }));
    const error = await failureOf(sendBytes(await destinationAt(server), SMALL));
    expect(error).toMatchObject({ code: 's3-bad-credentials', data: {} });
    expect(server.model.objects.size).toBe(0);
  });
});

describe('the region', () => {
  test.each([
    { from: 'the connection', connection: { region: 'eu-west-3' }, variables: {} },
    { from: 'the environment', connection: {}, variables: { AWS_REGION: 'eu-west-3' } },
  ])('comes from $from', async ({ connection, variables }) => {
    const server = await ScriptedS3.start();
    server.region = 'eu-west-3';
    useAwsEnvironment({
      ...keyVariables({ accessKeyId: server.accessKeyId, secretAccessKey: 'secret' }),
      ...variables,
    });
    await (await destinationAt(server, connection)).check('bundle.age', {});
    expect(server.count('ListObjectsV2')).toBe(1);
  });

  test('comes from the profile', async () => {
    const server = await ScriptedS3.start();
    server.region = 'eu-west-3';
    const config = join(temporaryFolder(), 'config');
    const profile = { ...keys(server.accessKeyId), region: 'eu-west-3' };
    writeFileSync(config, ini({ 'profile ana': profile }));
    useAwsEnvironment({ AWS_CONFIG_FILE: config });
    await (await destinationAt(server, { profile: 'ana' })).check('bundle.age', {});
    expect(server.count('ListObjectsV2')).toBe(1);
  });

  test('is the one that S3-compatible services expect when nobody names one', async () => {
    const server = await ScriptedS3.start();
    useAwsEnvironment(keyVariables({ accessKeyId: server.accessKeyId, secretAccessKey: 'secret' }));
    await (await destinationAt(server)).check('bundle.age', {});
    expect(server.asked[0]?.headers.authorization).toContain('/us-east-1/s3/');
  });
});
