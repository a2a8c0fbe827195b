import type { HostEvent } from '../../app/contract/events.ts';
import type { Session } from '../../app/contract/host.ts';
import { begin, type Exchange } from './answers.ts';

/** More tabs than anybody needs; the oldest stream gives way. */
const MOST_STREAMS = 8;

/** The event streams that are open. */
export interface EventStreams {
  /** Answers with events, one JSON text a line, until either end has enough. Begins with a `changed`, as a reason to catch up. */
  open(exchange: Exchange): Promise<void>;
  /** How many are open. */
  count(): number;
  /** Ends them. */
  close(): void;
}

/**
 * Makes the event streams of a host.
 *
 * @param session - whose events they carry
 * @param heartbeat - how often a stream shows that it is there, in milliseconds
 */
export function createEventStreams(session: Session, heartbeat: number): EventStreams {
  const streams = new Set<() => void>();
  return {
    open: async (exchange) => {
      const { response } = exchange;
      // Heard before the revision is asked for: nothing falls between the two.
      const early: HostEvent[] = [];
      let hear = (event: HostEvent): void => {
        early.push(event);
      };
      const stop = session.listen((event) => {
        hear(event);
      });
      const snapshot = await session.invoke('getSnapshot', {});
      if (response.destroyed) {
        stop();
        return;
      }
      begin(exchange, 200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
      const { promise, resolve } = Promise.withResolvers<undefined>();
      let missed: number | undefined;
      const write = (event: HostEvent): void => {
        response.write(`${JSON.stringify(event)}\n`);
      };
      hear = (event) => {
        // What a slow reader misses is made up for by one reason to look at everything again.
        if (response.writableNeedDrain) missed = Math.max(missed ?? 0, event.revision);
        else write(event);
      };
      const catchUp = (): void => {
        if (missed === undefined) return;
        write({ kind: 'changed', revision: missed });
        missed = undefined;
      };
      const timer = setInterval(() => {
        // A reader that does not keep up has no use for more.
        if (!response.writableNeedDrain) response.write('\n');
      }, heartbeat);
      const end = (): void => {
        // Nothing may be written any more from here on.
        stop();
        clearInterval(timer);
        response.off('drain', catchUp);
        streams.delete(end);
        if (response.writableNeedDrain) response.destroy();
        else response.end();
        resolve(undefined);
      };
      response.on('drain', catchUp);
      response.once('close', end);
      const [oldest] = streams;
      if (streams.size >= MOST_STREAMS) oldest?.();
      streams.add(end);
      write({
        kind: 'changed',
        revision: snapshot.ok ? revisionOf(snapshot.value) : Number.MAX_SAFE_INTEGER,
      });
      for (const event of early) hear(event);
      await promise;
    },
    count: () => streams.size,
    close: () => {
      for (const end of streams) end();
    },
  };
}

function revisionOf(snapshot: unknown): number {
  const { revision } = snapshot as { readonly revision: number };
  return revision;
}
