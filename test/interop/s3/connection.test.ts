import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Destination } from '../../../app/destinations/destination.ts';
import { s3Destination } from '../../../app/destinations/s3.ts';
import type { S3Connection } from '../../../app/s3/client.ts';
import {
  BARE_AWS_ENVIRONMENT,
  keyVariables,
  useAwsEnvironment,
  type S3Keys,
} from '../../support/aws-environment.ts';
import { start } from '../../support/cli.ts';
import { GatewayBucket, type GatewayUser } from '../../support/gateway.ts';
import { s3Server } from '../../support/peers.ts';
import { SENDER_RIGHTS } from '../../support/policies.ts';
import { S3Proxy } from '../../support/s3-proxy.ts';
import { failureOf, KEY, PREFIX, sendBytes, SMALL } from '../../support/s3-sends.ts';

const server = s3Server();

/** A clock that runs, but wrong: as on a computer whose time was never set. */
function shiftClock(milliseconds: number): () => void {
  const Right = Date;
  class Wrong extends Right {
    constructor(...values: [] | [number | string]) {
      super(...((values.length === 0 ? [Right.now() + milliseconds] : values) as [number]));
    }
    static override now(): number {
      return Right.now() + milliseconds;
    }
  }
  vi.stubGlobal('Date', Wrong);
  const putRight = (): void => {
    vi.unstubAllGlobals();
  };
  onTestFinished(putRight);
  return putRight;
}

describe.skipIf(server === undefined)('the way to a real server', () => {
  let bucket: GatewayBucket;
  let sender: GatewayUser;
  beforeAll(async () => {
    bucket = await GatewayBucket.create();
    sender = await bucket.addUser();
    await bucket.allow({ user: sender.name, actions: SENDER_RIGHTS, prefix: PREFIX });
  });
  afterEach(() => bucket.empty());
  afterAll(() => bucket.remove());

  async function destination(
    keys: S3Keys,
    connection: Partial<S3Connection> = {},
    name = bucket.name,
  ): Promise<Destination> {
    useAwsEnvironment(keyVariables(keys));
    const { endpoint } = bucket;
    const made = await s3Destination({ endpoint, ...connection }, { bucket: name, key: PREFIX });
    onTestFinished(() => {
      made.close();
    });
    return made;
  }

  test.each([
    { what: 'the secret is wrong', keys: (): S3Keys => ({ ...sender, secretAccessKey: 'wrong' }) },
    { what: 'nobody has the key', keys: (): S3Keys => ({ ...sender, accessKeyId: 'NOBODY' }) },
  ])('is closed when $what', async ({ keys }) => {
    const to = await destination(keys());
    // Amazon says what is wrong with a key. A gateway that also takes temporary keys says no more than that it is not allowed.
    const refused = ['s3-bad-credentials', 's3-denied'];
    expect(refused).toContain((await failureOf(to.check('bundle.age', {}))).code);
    expect(refused).toContain((await failureOf(sendBytes(to, SMALL))).code);
    expect(await bucket.keys()).toEqual([]);
  });

  test('says which bucket is not there', async () => {
    const name = `${bucket.name}-not`;
    const to = await destination(sender, {}, name);
    const expected = { code: 's3-no-bucket', data: { bucket: name } };
    expect(await failureOf(to.check('bundle.age', {}))).toMatchObject(expected);
    expect(await failureOf(sendBytes(to, SMALL))).toMatchObject(expected);
  });

  test.each([20, -20])('is found although the clock here is %i minutes off', async (minutes) => {
    const proxy = await S3Proxy.start(bucket.endpoint);
    const to = await destination(sender, { endpoint: proxy.endpoint });
    const putRight = shiftClock(minutes * 60_000);
    await to.check('bundle.age', {});
    await sendBytes(to, SMALL);
    putRight();
    // The first signature was too old or too new; what the server said of its time made the second one good.
    expect(proxy.passed).toEqual([
      ['ListObjectsV2', 403],
      ['ListObjectsV2', 200],
      ['PutObject', 200],
      ['ListObjectsV2', 200],
    ]);
    expect((await bucket.read(KEY)).equals(SMALL)).toBe(true);
  });

  test('is not taken when nobody vouches for the server', async () => {
    const endpoint = server?.httpsEndpoint ?? '';
    const to = await destination(sender, { endpoint });
    const error = await failureOf(to.check('bundle.age', {}));
    expect(error).toMatchObject({ code: 's3-untrusted', data: { endpoint } });
  });

  test('is taken over TLS when NODE_EXTRA_CA_CERTS vouches for the server', async () => {
    const module = new URL('../../../app/destinations/s3.ts', import.meta.url).href;
    const script = `
      const { s3Destination } = await import(${JSON.stringify(module)});
      const endpoint = ${JSON.stringify(server?.httpsEndpoint)};
      const prefix = { bucket: '${bucket.name}', key: '${PREFIX}' };
      const to = await s3Destination({ endpoint }, prefix);
      await to.check('bundle.age', {});
      const bundle = (async function* () { yield Buffer.from('over TLS'); })();
      const { verifiedBy } = await to.put('bundle.age', bundle, 8, {});
      to.close();
      console.log(JSON.stringify(verifiedBy));`;
    // Node reads this variable once, when it starts.
    const variables = { ...BARE_AWS_ENVIRONMENT, ...keyVariables(sender) };
    const env = Object.fromEntries(
      Object.entries({ ...variables, NODE_EXTRA_CA_CERTS: server?.caFile }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    );
    const run = await start(process.execPath, ['--input-type=module', '-e', script], { env }).ended;
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toEqual(['etag-md5', 'listed-size']);
    expect((await bucket.read(KEY)).toString()).toBe('over TLS');
  });
});
