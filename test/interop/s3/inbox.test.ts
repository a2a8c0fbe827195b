import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../../app/app.ts';
import { s3Destination } from '../../../app/destinations/s3.ts';
import type { Inbox } from '../../../app/inbox/inbox.ts';
import { s3Inbox } from '../../../app/inbox/s3.ts';
import { keyVariables, useAwsEnvironment } from '../../support/aws-environment.ts';
import { patternBytes } from '../../support/documents.ts';
import { GatewayBucket, type GatewayUser } from '../../support/gateway.ts';
import { s3Server } from '../../support/peers.ts';
import { RECIPIENT_RIGHTS, SENDER_RIGHTS } from '../../support/policies.ts';
import { fetchBytes } from '../../support/s3-inboxes.ts';
import { S3Proxy } from '../../support/s3-proxy.ts';
import { failureOf, KEY, PREFIX, sendBytes, SMALL } from '../../support/s3-sends.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe.skipIf(s3Server() === undefined)('a recipient who may list, read and delete', () => {
  let bucket: GatewayBucket;
  let sender: GatewayUser;
  let recipient: GatewayUser;
  beforeAll(async () => {
    bucket = await GatewayBucket.create();
    sender = await bucket.addUser();
    recipient = await bucket.addUser();
    await bucket.allow(
      { user: sender.name, actions: SENDER_RIGHTS, prefix: PREFIX },
      { user: recipient.name, actions: RECIPIENT_RIGHTS, prefix: 'home/' },
    );
  });
  afterEach(() => bucket.empty());
  afterAll(() => bucket.remove());

  async function inboxAt(key: string, endpoint = bucket.endpoint): Promise<Inbox> {
    useAwsEnvironment(keyVariables(recipient));
    const inbox = await s3Inbox({ endpoint }, { bucket: bucket.name, key });
    onTestFinished(() => {
      inbox.close();
    });
    return inbox;
  }

  test('lists, fetches and deletes what a sender sent', async () => {
    useAwsEnvironment(keyVariables(sender));
    const { endpoint, name } = bucket;
    const destination = await s3Destination({ endpoint }, { bucket: name, key: PREFIX });
    const placement = await sendBytes(destination, SMALL);
    destination.close();

    useAwsEnvironment(keyVariables(recipient));
    const app = createApp();
    const s3 = { endpoint };
    const [item, ...others] = await app.listInbox({ url: `s3://${name}/home/`, s3 });
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      location: placement.location,
      name: 'ana/bundle.age',
      bytes: SMALL.byteLength,
    });
    const folder = temporaryFolder();
    const from = { url: placement.location, s3 };
    const fetched = await app.fetch(from, folder);
    expect(fetched.sha256).toBe(placement.sha256);
    expect(fetched.verifiedBy).toEqual(['etag-md5', 'received-size', 'flushed-to-disk']);
    expect(readFileSync(join(folder, 'bundle.age')).equals(SMALL)).toBe(true);
    await app.deleteFromInbox(from);
    expect(await bucket.keys()).toEqual([]);
  });

  test('sees the newest first', async () => {
    for (const name of ['b', 'c', 'a'])
      await bucket.place(new Map([[`${PREFIX}${name}.age`, SMALL]]));
    const items = await (await inboxAt(PREFIX)).list({});
    expect(items.map(({ name }) => name)).toEqual(['a.age', 'c.age', 'b.age']);
  });

  test.each([
    'with space.age',
    ' .age',
    'a+b&c=d.age',
    'why?.age',
    'no #1.age',
    '100%25.age',
    '<tag>&amp;"quoted".age',
    'back\\slash.age',
    '日本語の書類.age',
    'e\u0301.age',
    '😀.age',
    "it's (1)*!~.age",
    'two\nlines.age',
    'bell\u0007.age',
    '../ben/x.age',
    './x.age',
    '/x.age',
  ])('reaches %j under exactly that name, and nothing else', async (name) => {
    await bucket.place(
      new Map([
        [`${PREFIX}${name}`, SMALL],
        ['home/ben/x.age', Buffer.from('of somebody else')],
      ]),
    );
    const inbox = await inboxAt(PREFIX);
    expect((await inbox.list({})).map((item) => item.name)).toEqual([name]);
    expect((await fetchBytes(inbox, name)).bytes.equals(SMALL)).toBe(true);
    await inbox.delete(name, {});
    expect(await bucket.keys()).toEqual(['home/ben/x.age']);
  });

  test('sees every one of more than a thousand, and a sender finds one among them', async () => {
    const names = Array.from({ length: 1100 }, (_none, index) => String(index).padStart(4, '0'));
    await bucket.place(new Map(names.map((name) => [`${PREFIX}${name}.age`, Buffer.from(name)])));
    const items = await (await inboxAt(PREFIX)).list({});
    expect(items.map(({ name }) => name.slice(0, 4)).sort()).toEqual(names);

    useAwsEnvironment(keyVariables(sender));
    const proxy = await S3Proxy.start(bucket.endpoint);
    const { endpoint } = proxy;
    const destination = await s3Destination({ endpoint }, { bucket: bucket.name, key: PREFIX });
    for (const name of ['0000.age', '0999.age', '1000.age', '1099.age'])
      expect((await failureOf(destination.check(name, {}))).code).toBe('s3-exists');
    for (const name of ['', '0', '0999', '0999.age.tar.age', '1100.age', 'é.age'])
      await destination.check(name, {});
    destination.close();
    // One page each: the listing begins next to the name that is looked for.
    expect(proxy.passed.filter(([operation]) => operation === 'ListObjectsV2')).toHaveLength(10);
  });

  test('gets a large bundle whole although the connection breaks again and again', async () => {
    const bytes = patternBytes(20 * 1024 * 1024);
    await bucket.place(new Map([[KEY, bytes]]));
    const proxy = await S3Proxy.start(bucket.endpoint);
    proxy.at('GetObject', { answering: (sent) => (sent > 6 * 1024 * 1024 ? 'break' : undefined) });
    const fetched = await fetchBytes(await inboxAt(PREFIX, proxy.endpoint), 'bundle.age');
    expect(hash('sha256', fetched.bytes)).toBe(hash('sha256', bytes));
    expect(fetched.evidence).toContain('etag-md5');
    expect(proxy.passed.map(([, status]) => status)).toEqual([200, 206, 206, 206]);
  });

  test('is told when the bundle was replaced while it came down', async () => {
    const bytes = patternBytes(20 * 1024 * 1024);
    await bucket.place(new Map([[KEY, bytes]]));
    const proxy = await S3Proxy.start(bucket.endpoint);
    proxy.at('GetObject', { answering: (sent) => (sent > 6 * 1024 * 1024 ? 'break' : undefined) });
    const { content } = await (await inboxAt(PREFIX, proxy.endpoint)).fetch('bundle.age', {});
    const reading = (async () => {
      let replacing: Promise<void> | undefined;
      for await (const piece of content) {
        expect(piece.byteLength).toBeGreaterThan(0);
        replacing ??= bucket.place(new Map([[KEY, patternBytes(bytes.byteLength, 2)]]));
        await replacing;
      }
    })();
    expect((await failureOf(reading)).code).toBe('s3-integrity');
  });

  test('is told what is not there', async () => {
    const inbox = await inboxAt(PREFIX);
    expect(await failureOf(inbox.fetch('gone.age', {}))).toMatchObject({
      code: 's3-no-object',
      data: { location: `s3://${bucket.name}/${PREFIX}gone.age` },
    });
  });
});
