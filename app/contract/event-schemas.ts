import { z } from 'zod';
import { errorRecord } from './error-schemas.ts';
import type { HostEvent } from './events.ts';

const id = z.string().min(1).max(64);
const count = z.int().nonnegative();

/** What a job led to. */
const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('receipt'), receipt: id }),
  z.strictObject({ kind: z.literal('opened'), bundle: id }),
  z.strictObject({
    kind: z.literal('saved'),
    bundle: id,
    folder: z.string(),
    placed: count,
    skipped: count,
  }),
  z.strictObject({ kind: z.literal('fetched'), bundle: id }),
  z.strictObject({ kind: z.literal('downloaded'), folder: z.string(), entries: count }),
  z.strictObject({ kind: z.literal('removed'), entries: count }),
  z.strictObject({ kind: z.literal('mailed'), messages: count }),
]);

const job = z.strictObject({
  id,
  kind: z.enum(['seal', 'unlock', 'save', 'fetch', 'download', 'remove', 'mail']),
  subject: z.string(),
  about: z.array(id).readonly().exactOptional(),
  state: z.enum(['running', 'cancelling', 'done', 'failed', 'cancelled']),
  stage: z.enum([
    'collect',
    'derive',
    'seal',
    'upload',
    'verify',
    'list',
    'fetch',
    'open',
    'place',
  ]),
  bytes: count,
  total: count.exactOptional(),
  speed: z.number().nonnegative().exactOptional(),
  secondsLeft: z.number().nonnegative().exactOptional(),
  started: z.iso.datetime(),
  outcome: outcome.exactOptional(),
  error: errorRecord.exactOptional(),
});

const events = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('changed'), revision: count }),
  z.strictObject({ kind: z.literal('progress'), revision: count, job }),
]);

/**
 * Lets through only a schema that admits exactly what the type says.
 *
 * @param schema - of a `T`
 */
function whole<T, S extends z.ZodType<T>>(schema: [T] extends [z.infer<S>] ? S : never): S {
  return schema;
}

/** An event as it crosses a boundary. */
export const hostEvent = whole<HostEvent, typeof events>(events);
