import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { S3Client } from '@aws-sdk/client-s3';
import { connectS3 } from '../../../app/s3/client.ts';
import { findObject, listObjects, type ListedObject } from '../../../app/s3/listing.ts';
import { useAwsEnvironment } from '../../support/aws-environment.ts';
import { S3Model } from '../../support/s3-model.ts';
import { S3Refusal, type S3Answer } from '../../support/s3-protocol.ts';
import { failureOf } from '../../support/s3-sends.ts';

interface Listing {
  readonly client: S3Client;
  readonly model: S3Model;
  /** The requests, as their queries. */
  readonly asked: URLSearchParams[];
}

/** A client whose requests never leave the process: the model answers them. */
async function listing(answer?: () => S3Answer): Promise<Listing> {
  useAwsEnvironment({ AWS_ACCESS_KEY_ID: 'KEY', AWS_SECRET_ACCESS_KEY: 'secret' });
  const model = new S3Model('team');
  const asked: URLSearchParams[] = [];
  const client = await connectS3({ endpoint: 'https://s3.example.test', region: 'us-east-1' });
  const handle = (query: URLSearchParams): S3Answer => {
    asked.push(query);
    try {
      const nothing = { headers: {}, body: Buffer.alloc(0), sha256: Buffer.alloc(0) };
      const ask = {
        operation: 'ListObjectsV2',
        bucket: 'team',
        key: '',
        query,
        ...nothing,
      } as const;
      return answer?.() ?? model.handle(ask);
    } catch (error) {
      if (error instanceof S3Refusal) return error.answer();
      throw error;
    }
  };
  client.config.requestHandler = {
    handle: ({ query }) => {
      const { status, headers, body } = handle(
        new URLSearchParams(query as Record<string, string>),
      );
      const response = { statusCode: status, headers: { ...headers }, body: Readable.from([body]) };
      return Promise.resolve({ response });
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
  onTestFinished(() => {
    client.destroy();
  });
  return { client, model, asked };
}

async function all(client: S3Client, key: string): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  for await (const object of listObjects(client, { bucket: 'team', key }, {})) objects.push(object);
  return objects;
}

describe('a listing', () => {
  test('shows what may be seen of an object without the right to read it', async () => {
    const { client, model } = await listing();
    const modified = new Date('2026-11-21T12:34:56Z');
    const { etag } = model.place('home/ana/a.age', Buffer.from('abc'), modified);
    expect(await all(client, 'home/ana/')).toEqual([
      { key: 'home/ana/a.age', bytes: 3, modified, etag },
    ]);
  });

  test.each([1, 2, 3, 1000])('is complete on pages of %i', async (pageSize) => {
    const { client, model, asked } = await listing();
    model.pageSize = pageSize;
    const names = Array.from({ length: 5 }, (_none, index) => `home/ana/${String(index)}`);
    for (const name of names) model.place(name, Buffer.from(name));
    expect((await all(client, 'home/ana/')).map(({ key }) => key)).toEqual(names);
    expect(asked).toHaveLength(Math.ceil(5 / pageSize));
    expect(asked.every((query) => query.get('prefix') === 'home/ana/')).toBe(true);
  });

  test('is not asked for further than it is read', async () => {
    const { client, model, asked } = await listing();
    model.pageSize = 1;
    for (const name of ['a', 'b', 'c']) model.place(name, Buffer.alloc(0));
    for await (const object of listObjects(client, { bucket: 'team', key: '' }, {})) {
      expect(object.key).toBe('a');
      break;
    }
    expect(asked).toHaveLength(1);
  });

  test('of nothing is empty', async () => {
    const { client } = await listing();
    expect(await all(client, 'home/ana/')).toEqual([]);
  });

  test('bears a server that says less than S3 does', async () => {
    const { client } = await listing(() => ({
      status: 200,
      headers: {},
      body: Buffer.from(
        '<ListBucketResult><Contents><Key>k</Key></Contents><Contents/></ListBucketResult>',
      ),
    }));
    expect(await all(client, '')).toEqual([
      { key: 'k', bytes: 0, modified: new Date(0), etag: '' },
    ]);
  });

  test('names the right that it needs', async () => {
    const { client, model } = await listing();
    model.denied.add('s3:ListBucket');
    expect(await failureOf(all(client, 'home/ana/'))).toMatchObject({
      code: 's3-denied',
      data: { right: 's3:ListBucket', bucket: 'team' },
    });
  });

  test('does not begin for somebody who stopped', async () => {
    const { client, asked } = await listing();
    const job = { signal: AbortSignal.abort() };
    const pages = listObjects(client, { bucket: 'team', key: '' }, job);
    expect((await failureOf(pages.next())).code).toBe('cancelled');
    expect(asked).toEqual([]);
  });
});

describe('one object', () => {
  test('is found among many with one request, whatever stands before it', async () => {
    const { client, model, asked } = await listing();
    model.pageSize = 10;
    for (let index = 0; index < 500; index += 1)
      model.place(`home/ana/${String(index).padStart(4, '0')}.age`, Buffer.alloc(index));
    const found = await findObject(client, { bucket: 'team', key: 'home/ana/0432.age' }, {});
    expect(found?.bytes).toBe(432);
    expect(asked).toHaveLength(1);
  });

  test('is missed with one request, too', async () => {
    const { client, model, asked } = await listing();
    model.pageSize = 2;
    for (const name of ['a', 'b.old', 'b/x', 'c', 'd'])
      model.place(`home/ana/${name}`, Buffer.alloc(0));
    const found = await findObject(client, { bucket: 'team', key: 'home/ana/b' }, {});
    expect(found).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['home/ana/b.age', 'home/ana/'],
    ['b.age', ''],
    ['home/ana/b', 'home/ana/'],
    ['x/y', 'x/'],
  ])(
    '%j is looked for in its folder, because a policy may allow that and nothing longer',
    async (key, folder) => {
      const { client, asked } = await listing();
      await findObject(client, { bucket: 'team', key }, {});
      expect(asked[0]?.get('prefix') ?? '').toBe(folder);
    },
  );

  test('is found by its exact key among any others, in the order of bytes', async () => {
    // Characters whose order differs between UTF-16, UTF-8 and collation, and that begin alike.
    const names = fc.string({
      unit: fc.constantFrom(
        'a',
        'b',
        '.',
        '-',
        '~',
        'é',
        'ｚ',
        '😀',
        '\ue000',
        '日',
        ' ',
        '+',
        '%',
      ),
      minLength: 1,
      maxLength: 4,
    });
    const { client, model } = await listing();
    model.pageSize = 3;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(names, { maxLength: 12 }), names, async (others, name) => {
        model.objects.clear();
        for (const other of others) model.place(`home/ana/${other}`, Buffer.from(other));
        const found = await findObject(client, { bucket: 'team', key: `home/ana/${name}` }, {});
        expect(found?.key).toBe(others.includes(name) ? `home/ana/${name}` : undefined);
      }),
    );
  });
});
