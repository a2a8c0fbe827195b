import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import type { HostEvent } from '../../../app/contract/events.ts';
import type { JobView } from '../../../app/contract/views.ts';
import { begin, enter, pageHeaders, testHost, type TestHost } from '../../support/web-client.ts';

const JOB: JobView = {
  id: 'job',
  kind: 'seal',
  subject: 'bundle',
  state: 'running',
  stage: 'seal',
  bytes: 0,
  started: '2026-01-01T00:00:00.000Z',
};

/** Reads an event stream line by line. */
function linesOf(response: IncomingMessage): AsyncGenerator<string> {
  return (async function* () {
    let rest = '';
    for await (const piece of response.setEncoding('utf8')) {
      const lines = (rest + String(piece)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  })();
}

async function listen(
  host: TestHost,
  token: string,
): Promise<[IncomingMessage, AsyncGenerator<string>]> {
  const response = await begin(host, 'POST', '/events', pageHeaders(host, token), '{}');
  return [response, linesOf(response)];
}

async function next(lines: AsyncGenerator<string>): Promise<unknown> {
  const line = await lines.next();
  return line.done === true ? 'end' : JSON.parse(line.value);
}

test('a stream begins with the revision as it is, and carries every event as a line', async () => {
  const host = await testHost();
  host.session.revision = 41;
  const [response, lines] = await listen(host, await enter(host));
  expect(response.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
  expect(await next(lines)).toEqual({ kind: 'changed', revision: 41 });
  const events: HostEvent[] = [
    { kind: 'changed', revision: 42 },
    { kind: 'progress', revision: 43, job: { ...JOB, subject: 'line\nbreak' } },
  ];
  for (const event of events) host.session.tell(event);
  expect(await next(lines)).toEqual(events[0]);
  expect(await next(lines)).toEqual(events[1]);
  response.destroy();
});

test('a stream that is opened again catches up', async () => {
  const host = await testHost();
  const token = await enter(host);
  const [first, firstLines] = await listen(host, token);
  expect(await next(firstLines)).toEqual({ kind: 'changed', revision: 0 });
  first.destroy();
  host.session.revision = 7;
  host.session.tell({ kind: 'changed', revision: 7 });
  const [second, secondLines] = await listen(host, token);
  expect(await next(secondLines)).toEqual({ kind: 'changed', revision: 7 });
  second.destroy();
});

test('a silent stream shows that it is there', async () => {
  const host = await testHost({ times: { heartbeat: 20 } });
  const [response, lines] = await listen(host, await enter(host));
  await next(lines);
  expect(await lines.next()).toEqual({ done: false, value: '' });
  response.destroy();
});

test('who reads slowly misses progress, never the last change', async () => {
  const host = await testHost();
  const [response, lines] = await listen(host, await enter(host));
  expect(await next(lines)).toEqual({ kind: 'changed', revision: 0 });
  response.pause();
  const before = process.memoryUsage().heapUsed;
  const last = 200_000;
  for (let revision = 1; revision <= last; revision += 1)
    host.session.tell({ kind: 'progress', revision, job: { ...JOB, bytes: revision } });
  const grown = process.memoryUsage().heapUsed - before;
  let count = 0;
  for await (const line of lines) {
    const event = JSON.parse(line) as HostEvent;
    count += 1;
    if (event.kind === 'changed') {
      expect(event.revision).toBe(last);
      break;
    }
  }
  expect(count).toBeLessThan(last / 2);
  expect(grown).toBeLessThan(64 * 2 ** 20);
  response.destroy();
});

test('of very many streams, the oldest gives way', async () => {
  const host = await testHost();
  const token = await enter(host);
  const [oldest] = await listen(host, token);
  const ended = new Promise((resolve) => oldest.once('end', resolve).resume());
  const others: IncomingMessage[] = [];
  for (let count = 0; count < 8; count += 1) others.push((await listen(host, token))[0]);
  await ended;
  for (const other of others) other.destroy();
});

test('a stream that ended is told nothing any more', async () => {
  const host = await testHost();
  const token = await enter(host);
  const [first, lines] = await listen(host, token);
  await next(lines);
  const second = await enter(host);
  expect(await next(lines)).toBe('end');
  first.destroy();
  // A listener left behind would write to an answer that has ended, and fail.
  host.session.tell({ kind: 'changed', revision: 1 });
  expect(second).not.toBe(token);
});

test('a stream that ended while its reader was slow is told nothing any more either', async () => {
  const host = await testHost();
  const [first] = await listen(host, await enter(host));
  first.pause();
  for (let revision = 1; revision <= 50_000; revision += 1)
    host.session.tell({ kind: 'progress', revision, job: JOB });
  const broken = new Promise((resolve) => first.once('close', resolve));
  await enter(host);
  host.session.tell({ kind: 'changed', revision: 50_001 });
  first.resume();
  await broken;
  const [second, lines] = await listen(host, await enter(host));
  expect(await next(lines)).toEqual({ kind: 'changed', revision: 0 });
  second.destroy();
});
