import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { S3Connection } from '../../../app/s3/client.ts';
import { patternBytes } from '../../support/documents.ts';
import {
  failureOf,
  KEY,
  sendBytes,
  senderAt,
  SHORT_TIMEOUTS,
  SMALL,
} from '../../support/s3-sends.ts';
import { ScriptedS3, type Fault } from '../../support/scripted-s3.ts';

/** Long enough for the SDK to wait for the server's "100 Continue" before it sends the body. */
const MEDIUM = patternBytes(3 * 1024 * 1024);

/** The pauses between attempts are random up to a limit; now they are none. */
function withoutPauses(): void {
  const random = vi.spyOn(Math, 'random').mockReturnValue(0);
  onTestFinished(() => {
    random.mockRestore();
  });
}

describe('a bucket in another region', () => {
  test('is named with its region when S3 says it in its answer', async () => {
    const server = await ScriptedS3.start();
    server.region = 'eu-central-1';
    const error = await failureOf((await senderAt(server)).check('bundle.age', {}));
    expect(error).toMatchObject({ code: 's3-wrong-region', data: { region: 'eu-central-1' } });
  });

  test('is reached once the region is named', async () => {
    const server = await ScriptedS3.start();
    server.region = 'eu-central-1';
    const destination = await senderAt(server, { region: 'eu-central-1' });
    await sendBytes(destination, SMALL);
    expect(server.model.objects.has(KEY)).toBe(true);
  });

  test('is named with its region when S3 redirects and says it in a header only', async () => {
    const server = await ScriptedS3.start();
    server.on('ListObjectsV2', () => ({
      kind: 'refuse',
      status: 301,
      code: 'PermanentRedirect',
      fields: { Endpoint: 'signet-test.s3.eu-central-1.amazonaws.com', Bucket: 'signet-test' },
      headers: { 'x-amz-bucket-region': 'eu-central-1' },
    }));
    const error = await failureOf((await senderAt(server)).check('bundle.age', {}));
    expect(error).toMatchObject({ code: 's3-wrong-region', data: { region: 'eu-central-1' } });
  });

  test('is never followed to where an answer points', async () => {
    const server = await ScriptedS3.start();
    const elsewhere = await ScriptedS3.start();
    server.on('PutObject', () => ({
      kind: 'refuse',
      status: 307,
      code: 'TemporaryRedirect',
      headers: { location: `${elsewhere.endpoint}/signet-test/${KEY}` },
    }));
    const error = await failureOf(sendBytes(await senderAt(server), SMALL));
    expect(error.code).toBe('s3-wrong-region');
    expect(elsewhere.asked).toEqual([]);
  });

  test('is not named by words that are no region', async () => {
    const server = await ScriptedS3.start();
    const fields = { Region: 'x; rm -rf /' };
    server.on('ListObjectsV2', () => ({
      kind: 'refuse',
      status: 400,
      code: 'AuthorizationHeaderMalformed',
      fields,
    }));
    const error = await failureOf((await senderAt(server)).check('bundle.age', {}));
    expect(error).toMatchObject({ code: 's3-wrong-region', data: {} });
    expect(error.data).toEqual({});
  });
});

describe('a server that is busy', () => {
  const slowDown: Fault = { kind: 'refuse', status: 503, code: 'SlowDown' };

  test('is asked again, and then takes the bundle', async () => {
    withoutPauses();
    const server = await ScriptedS3.start();
    server.on('PutObject', (nth) => (nth < 4 ? slowDown : undefined));
    await sendBytes(await senderAt(server), SMALL);
    expect(server.count('PutObject')).toBe(4);
    expect(server.model.objects.get(KEY)?.bytes.equals(SMALL)).toBe(true);
  });

  test('is not asked for ever', async () => {
    withoutPauses();
    const server = await ScriptedS3.start();
    server.on('PutObject', () => slowDown);
    const error = await failureOf(sendBytes(await senderAt(server), SMALL));
    expect(error.code).toBe('s3-busy');
    expect(server.count('PutObject')).toBe(4);
    expect(server.model.objects.size).toBe(0);
  });
});

describe('a clock', () => {
  test('that cannot be put right is reported', async () => {
    const server = await ScriptedS3.start();
    server.on('ListObjectsV2', () => ({
      kind: 'refuse',
      status: 403,
      code: 'RequestTimeTooSkewed',
    }));
    const error = await failureOf((await senderAt(server)).check('bundle.age', {}));
    expect(error.code).toBe('s3-clock');
  });
});

describe('a server that takes a connection and never answers', () => {
  async function deafServer(): Promise<{ connection: S3Connection; sockets: Set<Socket> }> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.resume();
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    });
    const { promise, resolve } = Promise.withResolvers<undefined>();
    server.listen(0, '127.0.0.1', () => {
      resolve(undefined);
    });
    await promise;
    onTestFinished(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    const { port } = server.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${String(port)}`;
    return { connection: { endpoint, timeouts: { ...SHORT_TIMEOUTS, idle: 200 } }, sockets };
  }

  test.each([
    { what: 'one that is sent at once', bytes: SMALL },
    { what: 'one that waits for the server to say that it may come', bytes: MEDIUM },
  ])('is given up, whatever the bundle: $what', async ({ bytes }) => {
    withoutPauses();
    const { connection, sockets } = await deafServer();
    const destination = await senderAt(await ScriptedS3.start(), connection);
    const error = await failureOf(sendBytes(destination, bytes));
    expect(error.code).toBe('s3-timeout');
    destination.close();
    await Promise.all(
      Array.from(sockets, (socket) => {
        const { promise, resolve } = Promise.withResolvers<undefined>();
        socket.on('close', () => {
          resolve(undefined);
        });
        return promise;
      }),
    );
    expect(sockets.size).toBe(0);
  });
});

describe('a server that falls silent', () => {
  test('is asked again, and then takes the bundle', async () => {
    withoutPauses();
    const server = await ScriptedS3.start();
    server.on('PutObject', (nth) => (nth < 3 ? { kind: 'silence' } : undefined));
    const destination = await senderAt(server, { timeouts: { ...SHORT_TIMEOUTS, idle: 200 } });
    await sendBytes(destination, SMALL);
    expect(server.count('PutObject')).toBe(3);
    expect(server.model.objects.get(KEY)?.bytes.equals(SMALL)).toBe(true);
    destination.close();
    await server.quiet();
  });

  test('is given up when a request as a whole takes too long, however often a byte moves', async () => {
    withoutPauses();
    const server = await ScriptedS3.start();
    server.on('PutObject', () => ({ kind: 'silence' }));
    const timeouts = { connect: 2_000, idle: 60_000, request: 250 };
    const destination = await senderAt(server, { timeouts });
    const error = await failureOf(sendBytes(destination, SMALL));
    expect(error.code).toBe('s3-timeout');
    expect(server.count('PutObject')).toBe(4);
    destination.close();
    await server.quiet();
  });
});

describe('a server that is not there', () => {
  test('is named', async () => {
    withoutPauses();
    // A port that was free a moment ago, and that nobody listens on.
    const probe = createServer();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    probe.listen(0, '127.0.0.1', () => {
      resolve(undefined);
    });
    await promise;
    const { port } = probe.address() as AddressInfo;
    probe.close();
    const endpoint = `http://127.0.0.1:${String(port)}`;
    const destination = await senderAt(await ScriptedS3.start(), { endpoint });
    const error = await failureOf(destination.check('bundle.age', {}));
    expect(error).toMatchObject({ code: 's3-unreachable', data: { endpoint } });
  });

  test('is named when the connection breaks again and again', async () => {
    withoutPauses();
    const server = await ScriptedS3.start();
    server.on('PutObject', () => ({ kind: 'drop' }));
    const error = await failureOf(sendBytes(await senderAt(server), SMALL));
    expect(error).toMatchObject({ code: 's3-unreachable', data: { endpoint: server.endpoint } });
    expect(server.model.objects.size).toBe(0);
  });
});

describe('a server that is no S3 service', () => {
  function answering(page: string): Fault {
    const answer = {
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: Buffer.from(page),
    };
    return { kind: 'change', change: () => answer };
  }

  test('is recognised before anything is sent', async () => {
    const server = await ScriptedS3.start();
    const page = answering('<!doctype html><html><body><p>Please sign in<br></body></html>');
    server.on('ListObjectsV2', () => page);
    const error = await failureOf((await senderAt(server)).check('bundle.age', {}));
    expect(error).toMatchObject({ code: 's3-refused', data: { status: 200 } });
  });

  test('is not believed when it says yes to everything', async () => {
    const server = await ScriptedS3.start();
    const page = answering('<html><body><p>Please sign in</p></body></html>');
    for (const operation of ['PutObject', 'ListObjectsV2', 'DeleteObject'] as const)
      server.on(operation, () => page);
    const error = await failureOf(sendBytes(await senderAt(server), SMALL));
    expect(error.code).toBe('s3-unverified');
  });
});
