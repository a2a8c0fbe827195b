import { describe, expect, test, vi } from 'vitest';
import { PART_BYTES } from '../../../app/s3/part-size.ts';
import { patternBytes } from '../../support/documents.ts';
import { fetchBytes, inboxAt } from '../../support/s3-inboxes.ts';
import { failureOf } from '../../support/s3-sends.ts';
import { ScriptedS3, type Fault } from '../../support/scripted-s3.ts';

const KEY = 'box/bundle.age';
const LOCATION = `s3://signet-test/${KEY}`;
const BYTES = patternBytes(3_000_000);

function cut(bytes: Buffer, ...ends: readonly number[]): Buffer[] {
  return [...ends, bytes.byteLength].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

const EQUAL_PARTS = cut(BYTES, 800_000, 1_600_000, 2_400_000);
const OWN_PARTS = ((bytes: Buffer) => cut(bytes, PART_BYTES))(patternBytes(PART_BYTES + 1000));

async function serverWith(parts: readonly Buffer[]): Promise<ScriptedS3> {
  const server = await ScriptedS3.start();
  server.model.placeParts(KEY, parts);
  return server;
}

function altered(): Fault {
  return {
    kind: 'change',
    change: (answer) => {
      const body = Buffer.from(answer.body);
      body[1_234_567] = (body[1_234_567] ?? 0) ^ 1;
      return { ...answer, body };
    },
  };
}

function withHeader(name: string, value: string): Fault {
  return {
    kind: 'change',
    change: (answer) => ({ ...answer, headers: { ...answer.headers, [name]: value } }),
  };
}

describe('a download of what was uploaded in parts', () => {
  test.each([
    { what: 'four', parts: EQUAL_PARTS },
    { what: 'two', parts: cut(BYTES, 1_600_000) },
    { what: 'two equal', parts: cut(BYTES, 1_500_000) },
    { what: 'one', parts: [BYTES] },
  ])('is proved by the MD5s of its $what, for one request more', async ({ parts }) => {
    const server = await serverWith(parts);
    const { bytes, evidence } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(bytes.equals(BYTES)).toBe(true);
    expect(evidence).toEqual(['etag-md5', 'received-size']);
    expect(
      server.asked.map(({ operation, query }) => [operation, query.get('partNumber')]),
    ).toEqual([
      ['GetObject', null],
      ['HeadObject', '1'],
    ]);
  });

  test.each([
    { what: 'four', parts: EQUAL_PARTS },
    { what: 'two', parts: cut(BYTES, 1_600_000) },
    { what: 'one', parts: [BYTES] },
  ])('is refused when it was altered on the way: $what', async ({ parts }) => {
    const server = await serverWith(parts);
    server.on('GetObject', altered);
    const error = await failureOf(fetchBytes(await inboxAt(server, 'box/'), 'bundle.age'));
    expect(error).toMatchObject({ code: 's3-integrity', data: { location: LOCATION } });
  });

  test('is proved across a connection that breaks', async () => {
    const server = await serverWith(EQUAL_PARTS);
    server.on('GetObject', (nth) =>
      nth < 3 ? { kind: 'break-off', afterBytes: 900_000 } : undefined,
    );
    const { bytes, evidence } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(bytes.equals(BYTES)).toBe(true);
    expect(evidence).toContain('etag-md5');
    expect(server.count('HeadObject')).toBe(1);
  });

  test('goes on when its connection breaks while the server is asked for the size of a part', async () => {
    const server = await serverWith(EQUAL_PARTS);
    const { promise: broken, resolve } = Promise.withResolvers<undefined>();
    server.on('GetObject', (nth, _ask, gone) => {
      if (nth > 1) return undefined;
      void gone.then(resolve);
      return { kind: 'break-off', afterBytes: 1000 };
    });
    server.on('HeadObject', async () => {
      await broken;
      return undefined;
    });
    const { bytes, evidence } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(bytes.equals(BYTES)).toBe(true);
    expect(evidence).toContain('etag-md5');
  });
});

describe('where the server does not say how large a part is', () => {
  const silences: { what: string; script: (server: ScriptedS3) => void }[] = [
    {
      what: 'ignores the question',
      script: (server) => {
        server.model.partNumbers = false;
      },
    },
    {
      what: 'refuses the question',
      script: (server) => {
        server.on('HeadObject', () => ({ kind: 'refuse', status: 400, code: 'InvalidArgument' }));
      },
    },
    {
      what: 'speaks of another object',
      script: (server) => {
        server.on('HeadObject', () => withHeader('etag', '"0"'));
      },
    },
    ...['0', '1', '999999999999'].map((bytes) => ({
      what: `says that it has ${bytes} bytes`,
      script: (server: ScriptedS3) => {
        server.on('HeadObject', () => withHeader('content-length', bytes));
      },
    })),
  ];

  test.each(silences)('and $what, the parts of Signet prove it', async ({ script }) => {
    const server = await serverWith(OWN_PARTS);
    script(server);
    const { evidence } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(evidence).toEqual(['etag-md5', 'received-size']);
  });

  test.each(silences)('and $what, less is known of parts of another size', async ({ script }) => {
    const server = await serverWith(EQUAL_PARTS);
    script(server);
    const { bytes, evidence } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(bytes.equals(BYTES)).toBe(true);
    expect(evidence).toEqual(['received-size']);
  });
});

test('a server that does not answer how large a part is holds no download up', async () => {
  const server = await serverWith(EQUAL_PARTS);
  server.on('GetObject', () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    return undefined;
  });
  server.on('HeadObject', () => {
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    return { kind: 'silence' };
  });
  const inbox = await inboxAt(server, 'box/');
  const { bytes, evidence } = await fetchBytes(inbox, 'bundle.age');
  expect(bytes.equals(BYTES)).toBe(true);
  expect(evidence).toEqual(['received-size']);
  expect(server.count('HeadObject')).toBe(1);
});

describe('where an ETag proves nothing', () => {
  test.each([
    { what: 'the first larger', parts: cut(BYTES, 1_000_000, 1_500_000, 2_300_000) },
    { what: 'the last smaller', parts: cut(BYTES, 800_000, 1_700_000, 2_500_000) },
    { what: 'the first smaller', parts: cut(BYTES, 100_000, 1_500_000, 2_300_000) },
  ])('because its parts differ, $what, a download goes through', async ({ parts }) => {
    const server = await serverWith(parts);
    const { bytes, evidence } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(bytes.equals(BYTES)).toBe(true);
    expect(evidence).toEqual(['received-size']);
  });

  test('because KMS made it, a download goes through', async () => {
    const server = await serverWith(EQUAL_PARTS);
    server.model.objects.set(KEY, {
      ...server.model.placeParts(KEY, EQUAL_PARTS),
      etag: `${'0'.repeat(32)}-4`,
    });
    server.on('GetObject', () => withHeader('x-amz-server-side-encryption', 'aws:kms'));
    const { evidence } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(evidence).toEqual(['received-size']);
    expect(server.count('HeadObject')).toBe(0);
  });

  test.each<{ what: string; parts: Buffer[]; script: (server: ScriptedS3) => void }>([
    {
      what: 'knows no parts',
      parts: [BYTES],
      script: (server) => {
        server.model.partNumbers = false;
      },
    },
    {
      what: 'counts the parts otherwise',
      parts: EQUAL_PARTS,
      script: (server) => {
        server.on('HeadObject', () => withHeader('x-amz-mp-parts-count', '5'));
      },
    },
  ])('because the server $what, a download goes through', async ({ parts, script }) => {
    const server = await serverWith(parts);
    const etag = `${'0'.repeat(32)}-${String(parts.length)}`;
    server.model.objects.set(KEY, { ...server.model.placeParts(KEY, parts), etag });
    script(server);
    const { evidence } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(evidence).toEqual(['received-size']);
  });

  test.each(['0', '-5', '-0', '-99999', `${'0'.repeat(32)}-0`, `${'0'.repeat(32)}-99999`])(
    'because it is %j, a download goes through',
    async (etag) => {
      const server = await serverWith(EQUAL_PARTS);
      server.model.objects.set(KEY, { ...server.model.placeParts(KEY, EQUAL_PARTS), etag });
      const { evidence } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
      expect(evidence).toEqual(['received-size']);
    },
  );
});
