import { hash, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { begin, Refusal, type Exchange } from './answers.ts';

/** How long a ticket is good for, in milliseconds. */
export const TICKET_LIFE = 60_000;
/** How many tickets there may be at a time; the oldest gives way. */
const MOST_TICKETS = 64;

interface Offer {
  readonly file: string;
  readonly name: string;
  readonly until: number;
}

/** Files that may be fetched, once each. A browser's own download cannot show a token, so the address itself is the secret. */
export interface Downloads {
  /**
   * Makes a ticket.
   *
   * @param file - on this machine
   * @param name - what the browser is to call it
   * @returns the path on this host
   */
  offer(file: string, name: string): string;
  /**
   * Redeems a ticket: whatever comes of it, it is used up.
   *
   * @throws a refusal with 404 when it is unknown, used or too old, or the file has gone
   */
  send(exchange: Exchange, ticket: string): Promise<void>;
  /** Makes all tickets worthless. */
  clear(): void;
}

/**
 * Makes the downloads of a host.
 *
 * @param now - the time, in milliseconds
 */
export function createDownloads(now: () => number): Downloads {
  // By digest: how long a look-up takes tells nothing about the tickets.
  const offers = new Map<string, Offer>();
  return {
    offer: (file, name) => {
      const [oldest] = offers.keys();
      if (offers.size >= MOST_TICKETS && oldest !== undefined) offers.delete(oldest);
      const ticket = randomBytes(32).toString('base64url');
      offers.set(hash('sha256', ticket), { file, name, until: now() + TICKET_LIFE });
      return `/download/${ticket}`;
    },
    send: async (exchange, ticket) => {
      const key = hash('sha256', ticket);
      const offer = offers.get(key);
      offers.delete(key);
      if (offer === undefined || now() >= offer.until) throw new Refusal(404);
      const file = await open(offer.file).catch(() => {
        throw new Refusal(404);
      });
      try {
        const { size } = await file.stat();
        begin(exchange, 200, {
          'content-type': 'application/octet-stream',
          'content-length': String(size),
          'content-disposition': contentDisposition(offer.name),
        });
        await pipeline(
          file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 }),
          exchange.response,
        );
      } finally {
        await file.close();
      }
    },
    clear: () => {
      offers.clear();
    },
  };
}

/**
 * `Content-Disposition` for a file name, by RFC 6266: in full for those who know RFC 8187, in ASCII for the others.
 *
 * @param name - any
 */
export function contentDisposition(name: string): string {
  const plain = name.toWellFormed().replace(/[^\w. ()-]/g, '_');
  const full = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
}
