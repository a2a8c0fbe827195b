import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { HostPorts, SessionOptions } from '../../app/contract/host.ts';
import { startWebHost, type Replacements, type WebHost } from '../../main/web/host.ts';
import { onTestFinished } from 'vitest';
import { writeDocuments } from './documents.ts';
import { fakeSession, type FakeSession } from './fake-session.ts';
import { temporaryFolder } from './temporary.ts';

/** A loopback host round a session that only pretends, and what surrounds it. */
export interface TestHost {
  readonly host: WebHost;
  readonly port: number;
  readonly session: FakeSession;
  readonly ports: HostPorts;
  readonly stagingFolder: string;
  readonly rendererFolder: string;
  /** What the opener was asked to open. */
  readonly opened: string[];
  readonly clock: { now: number };
  /** Whether the opener works. */
  opens: boolean;
}

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/**
 * Starts a loopback host for the running test.
 *
 * @param replacements - on top of those of every test
 */
export async function testHost(replacements: Replacements = {}): Promise<TestHost> {
  const folder = writeDocuments(temporaryFolder(), {
    'renderer/index.html': '<!doctype html><title>Signet</title>',
    'renderer/assets/main.js': 'export {};\n',
    'renderer/assets/main.js.map': '{}',
    'secret.html': 'outside',
  });
  const session = fakeSession();
  const clock = { now: 0 };
  const opened: string[] = [];
  let around: { options: SessionOptions; ports: HostPorts } | undefined;
  const open = (target: string): Promise<boolean> => {
    opened.push(target);
    return Promise.resolve(test.opens);
  };
  const host = await startWebHost({
    version: '0.0.0',
    rendererFolder: `${folder}/renderer`,
    dataFolder: `${folder}/data`,
    replacements: {
      now: () => clock.now,
      opener: { open, reveal: open },
      secrets: {
        keeps: false,
        read: () => Promise.resolve(null),
        write: () => Promise.resolve(false),
        remove: () => Promise.resolve(),
      },
      startSession: (options, ports) => {
        around = { options, ports };
        return Promise.resolve(session);
      },
      ...replacements,
    },
  });
  onTestFinished(() => host.close());
  const test: TestHost = {
    host,
    port: Number(new URL(host.origin).port),
    session,
    get ports() {
      return around!.ports;
    },
    get stagingFolder() {
      return around!.options.stagingFolder;
    },
    rendererFolder: `${folder}/renderer`,
    opened,
    clock,
    opens: true,
  };
  return test;
}

/** The launch secret in a link. */
export function secretIn(link: string): string {
  return new URL(link).hash.slice(1);
}

/** What a browser sends along with a call of the page's own. */
export function pageHeaders({ host }: TestHost, token?: string): Record<string, string> {
  return {
    origin: host.origin,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

/** Exchanges a launch secret as the page does. */
export function exchange(test: TestHost, secret: unknown): Promise<Answer> {
  const headers = pageHeaders(test);
  return ask(test, 'POST', '/session', headers, JSON.stringify({ secret }));
}

/** Comes in with a new link. Answers with the token. */
export async function enter(test: TestHost): Promise<string> {
  const { body } = await exchange(test, secretIn(test.host.newLink()));
  return (JSON.parse(body.toString()) as { token: string }).token;
}

/** Makes one request, of whatever kind. */
export async function ask(
  test: TestHost,
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
  body?: string | Buffer,
): Promise<Answer> {
  const response = await begin(test, method, path, headers, body);
  const { statusCode = 0, headers: answered } = response;
  return { status: statusCode, headers: answered, body: await buffer(response) };
}

/** Makes one request and answers with its response, unread. */
export function begin(
  test: TestHost,
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
  body?: string | Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const call = request({
      host: '127.0.0.1',
      port: test.port,
      method,
      path,
      headers,
      agent: false,
    });
    call.once('response', (response) => {
      call.off('error', reject).on('error', () => undefined);
      resolve(response);
    });
    call.once('error', reject);
    call.end(body);
  });
}

/**
 * Sends bytes of the attacker's own making, and reads until the connection ends.
 *
 * @param test - the host
 * @param text - lines end with CR LF already
 */
export function sendRaw(test: TestHost, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(test.port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (piece: string) => (answer += piece));
    socket.once('error', reject);
    socket.once('close', () => {
      resolve(answer);
    });
    socket.write(text);
  });
}

/** The status in a raw answer. */
export function rawStatus(answer: string): number {
  return Number(/^HTTP\/1\.1 ([0-9]{3}) /.exec(answer)?.[1]);
}
