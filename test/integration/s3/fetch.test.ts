import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { patternBytes } from '../../support/documents.ts';
import { fetchBytes, inboxAt } from '../../support/s3-inboxes.ts';
import { failureOf, SHORT_TIMEOUTS } from '../../support/s3-sends.ts';
import { ScriptedS3, type Fault } from '../../support/scripted-s3.ts';

const KEY = 'box/bundle.age';
const LOCATION = `s3://signet-test/${KEY}`;
const BYTES = patternBytes(3 * 1024 * 1024);

async function serverWithBundle(): Promise<ScriptedS3> {
  const server = await ScriptedS3.start();
  server.model.place(KEY, BYTES);
  return server;
}

function withHeader(name: string, value: string): Fault {
  return {
    kind: 'change',
    change: (answer) => ({ ...answer, headers: { ...answer.headers, [name]: value } }),
  };
}

describe('a download', () => {
  test('brings every byte, and says what proves it', async () => {
    const server = await serverWithBundle();
    const fetched = await (await inboxAt(server, 'box/')).fetch('bundle.age', {});
    expect(fetched).toMatchObject({ name: 'bundle.age', bytes: BYTES.byteLength });
    const { bytes, evidence } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(bytes.equals(BYTES)).toBe(true);
    expect(evidence).toEqual(['etag-md5', 'received-size']);
  });

  test.each(['aws:kms', 'aws:kms:dsse'])(
    'under %s, where the ETag only looks like an MD5, goes through',
    async (kind) => {
      const server = await serverWithBundle();
      server.on('GetObject', () => ({
        kind: 'change',
        change: (answer) => ({
          ...answer,
          headers: {
            ...answer.headers,
            etag: `"${'0'.repeat(32)}"`,
            'x-amz-server-side-encryption': kind,
          },
        }),
      }));
      const { bytes } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
      expect(bytes.equals(BYTES)).toBe(true);
    },
  );

  test('that breaks off goes on where it broke off, and only with the same object', async () => {
    const server = await serverWithBundle();
    server.on('GetObject', (nth) =>
      nth < 3 ? { kind: 'break-off', afterBytes: 1_000_000 } : undefined,
    );
    const { bytes, evidence } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(bytes.equals(BYTES)).toBe(true);
    expect(evidence).toContain('etag-md5');
    const etag = `"${hash('md5', BYTES, 'hex')}"`;
    expect(server.asked.map(({ headers }) => [headers.range, headers['if-match']])).toEqual([
      [undefined, undefined],
      ['bytes=1000000-', etag],
      ['bytes=2000000-', etag],
    ]);
  });

  test('that breaks off before its first byte is asked for once more', async () => {
    const server = await serverWithBundle();
    server.on('GetObject', (nth) => (nth === 1 ? { kind: 'break-off', afterBytes: 0 } : undefined));
    const { bytes } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(bytes.equals(BYTES)).toBe(true);
  });

  test('that falls silent is taken up again', async () => {
    const server = await serverWithBundle();
    server.on('GetObject', (nth) =>
      nth === 1 ? { kind: 'stall', afterBytes: 1_000_000 } : undefined,
    );
    const inbox = await inboxAt(server, 'box/', { timeouts: { ...SHORT_TIMEOUTS, idle: 250 } });
    const { bytes } = await fetchBytes(inbox, 'bundle.age');
    expect(bytes.equals(BYTES)).toBe(true);
    inbox.close();
    await server.quiet();
  });

  test('may break off more often than it may fail, as long as it gets on', async () => {
    const server = await serverWithBundle();
    server.on('GetObject', () => ({ kind: 'break-off', afterBytes: 400_000 }));
    const { bytes } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(bytes.equals(BYTES)).toBe(true);
    expect(server.count('GetObject')).toBe(8);
  });

  test('that does not get on is given up', async () => {
    const server = await serverWithBundle();
    server.on('GetObject', (nth) =>
      nth === 1
        ? { kind: 'break-off', afterBytes: 1_000_000 }
        : { kind: 'break-off', afterBytes: 0 },
    );
    const inbox = await inboxAt(server, 'box/');
    const error = await failureOf(fetchBytes(inbox, 'bundle.age'));
    expect(error).toMatchObject({ code: 's3-unreachable', data: { endpoint: server.endpoint } });
    expect(server.count('GetObject')).toBe(4);
  });

  test('is not put together from two objects when the bundle is replaced in between', async () => {
    const server = await serverWithBundle();
    server.on('GetObject', (nth) => {
      if (nth === 2) server.model.place(KEY, patternBytes(BYTES.byteLength, 5));
      return nth === 1 ? { kind: 'break-off', afterBytes: 1_000_000 } : undefined;
    });
    const error = await failureOf(fetchBytes(await inboxAt(server, 'box/'), 'bundle.age'));
    expect(error).toMatchObject({ code: 's3-integrity', data: { location: LOCATION } });
  });

  test('says so when the bundle is deleted in between', async () => {
    const server = await serverWithBundle();
    server.on('GetObject', (nth) => {
      if (nth === 2) server.model.objects.delete(KEY);
      return nth === 1 ? { kind: 'break-off', afterBytes: 1_000_000 } : undefined;
    });
    const error = await failureOf(fetchBytes(await inboxAt(server, 'box/'), 'bundle.age'));
    expect(error).toMatchObject({ code: 's3-no-object', data: { location: LOCATION } });
  });

  test('is refused when it was altered on the way', async () => {
    const server = await serverWithBundle();
    server.on('GetObject', () => ({
      kind: 'change',
      change: (answer) => {
        const body = Buffer.from(answer.body);
        body[1_234_567] = (body[1_234_567] ?? 0) ^ 1;
        return { ...answer, body };
      },
    }));
    const error = await failureOf(fetchBytes(await inboxAt(server, 'box/'), 'bundle.age'));
    expect(error).toMatchObject({ code: 's3-integrity', data: { location: LOCATION } });
  });

  test.each([
    { what: 'from the beginning', headers: {}, from: 0 },
    { what: 'from somewhere else', headers: { 'content-range': 'bytes 5-9/10' }, from: 500_000 },
  ])('is refused when its rest is sent $what', async ({ headers, from }) => {
    const server = await serverWithBundle();
    server.on('GetObject', (nth) => {
      if (nth === 1) return { kind: 'break-off', afterBytes: 1_000_000 };
      const body = BYTES.subarray(from, from + BYTES.byteLength - 1_000_000);
      const status = from === 0 ? 200 : 206;
      return {
        kind: 'change',
        // An ETag of an upload in parts, so that the MD5 cannot tell.
        change: (answer) => ({
          status,
          headers: { etag: answer.headers['etag'] ?? '', ...headers },
          body,
        }),
      };
    });
    const etag = `${'0'.repeat(32)}-2`;
    server.model.objects.set(KEY, {
      bytes: BYTES,
      etag,
      modified: new Date(),
      encryption: undefined,
    });
    const error = await failureOf(fetchBytes(await inboxAt(server, 'box/'), 'bundle.age'));
    expect(error).toMatchObject({ code: 's3-integrity', data: { location: LOCATION } });
  });

  test('of unknown size is refused, because nobody could tell whether it ended too early', async () => {
    const server = await serverWithBundle();
    server.on('GetObject', () => withHeader('transfer-encoding', 'chunked'));
    const error = await failureOf(fetchBytes(await inboxAt(server, 'box/'), 'bundle.age'));
    expect(error.code).toBe('s3-refused');
  });

  test('of an empty object is empty', async () => {
    const server = await ScriptedS3.start();
    server.model.place(KEY, Buffer.alloc(0));
    const { bytes } = await fetchBytes(await inboxAt(server, 'box/'), 'bundle.age');
    expect(bytes.byteLength).toBe(0);
  });

  test('that is cancelled ends at once, and its connection with it', async () => {
    const server = await serverWithBundle();
    server.on('GetObject', () => ({ kind: 'stall', afterBytes: 1_000_000 }));
    const controller = new AbortController();
    const inbox = await inboxAt(server, 'box/');
    const { content } = await inbox.fetch('bundle.age', { signal: controller.signal });
    const reading = (async () => {
      let received = 0;
      for await (const piece of content) {
        received += piece.byteLength;
        if (received === 1_000_000) controller.abort();
      }
    })();
    expect((await failureOf(reading)).code).toBe('cancelled');
    expect(server.count('GetObject')).toBe(1);
    inbox.close();
    await server.quiet();
  });

  test('that nobody reads to its end lets go of its connection', async () => {
    const server = await serverWithBundle();
    server.on('GetObject', () => ({ kind: 'stall', afterBytes: 1_000_000 }));
    const inbox = await inboxAt(server, 'box/');
    const { content } = await inbox.fetch('bundle.age', {});
    for await (const piece of content) {
      expect(piece.byteLength).toBeGreaterThan(0);
      break;
    }
    await server.quiet();
  });
});
