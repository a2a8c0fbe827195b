import type { IncomingMessage, ServerResponse } from 'node:http';
import { PAGE_HEADERS } from '../node/page-policy.ts';

/** Why a request is turned away. The status says everything; the body is empty. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param status - of the answer
   * @param headers - besides those of every answer
   */
  constructor(status: number, headers: Readonly<Record<string, string>> = {}) {
    super(String(status));
    this.status = status;
    this.headers = headers;
  }
}

/** A request and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Begins an answer.
 *
 * @param exchange - the request
 * @param status - of the answer
 * @param headers - besides those of every answer
 */
export function begin(
  { response }: Exchange,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...PAGE_HEADERS, ...headers });
}

/**
 * Answers with a value.
 *
 * @param exchange - the request
 * @param value - goes out as JSON
 */
export function answerJson(exchange: Exchange, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  begin(exchange, 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(body.byteLength),
  });
  exchange.response.end(body);
}

/**
 * Turns a request away. The connection ends with it: what is left of the body is not worth reading.
 *
 * @param exchange - the request
 * @param refusal - why
 */
export function refuse(exchange: Exchange, refusal: Refusal): void {
  const { response } = exchange;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  begin(exchange, refusal.status, {
    ...refusal.headers,
    'content-length': '0',
    connection: 'close',
  });
  response.end();
}

/**
 * The same, where there is no request yet that could be answered: for what the parser does not understand.
 *
 * @param status - of the answer
 */
export function rawRefusal(status: number): string {
  const headers = { ...PAGE_HEADERS, 'content-length': '0', connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${String(status)} Refused\r\n${lines.join('')}\r\n`;
}
