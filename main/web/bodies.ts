import type { IncomingMessage } from 'node:http';
import { Refusal } from './answers.ts';

/** How long a body may take, in milliseconds. */
export interface BodyTimes {
  /** From one piece to the next. */
  readonly idle: number;
  /** Altogether. */
  readonly total?: number;
}

/**
 * The body of a request, piece by piece, at the pace at which it is asked for.
 *
 * @param request - whose body it is
 * @param times - how long it may take
 * @throws a refusal with 408; a plain error when the other end breaks off
 */
export async function* bodyPieces(
  request: IncomingMessage,
  times: BodyTimes,
): AsyncGenerator<Buffer> {
  // Not destroyed when the loop is left early: it is the same socket that the answer goes out on.
  const pieces = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>;
  const end = performance.now() + (times.total ?? Infinity);
  for (;;) {
    const time = Math.min(times.idle, end - performance.now());
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => {
        late.reject(new Refusal(408));
      },
      Math.max(time, 0),
    );
    const next = pieces.next();
    // When it is too late, nobody waits for it any more.
    next.catch(() => undefined);
    try {
      const piece = await Promise.race([next, late.promise]);
      if (piece.done === true) return;
      yield piece.value;
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * Reads a body of JSON.
 *
 * @param request - whose body it is
 * @param limit - how long it may be, in bytes
 * @param times - how long it may take
 * @throws a refusal with 413, 408 or 400
 */
export async function readJson(
  request: IncomingMessage,
  limit: number,
  times: BodyTimes,
): Promise<unknown> {
  // Told beforehand, it need not be read.
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new Refusal(413);
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of bodyPieces(request, times)) {
    bytes += piece.byteLength;
    if (bytes > limit) throw new Refusal(413);
    pieces.push(piece);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces)));
  } catch {
    throw new Refusal(400);
  }
}
