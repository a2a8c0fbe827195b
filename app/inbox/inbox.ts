import type { Job } from '../contract/job.ts';
import type { Evidence, InboxItem } from '../contract/records.ts';

/** A bundle on its way out of an inbox. */
export interface Fetched {
  readonly name: string;
  /** Size in bytes that the inbox announced; the stream delivers exactly that or fails. */
  readonly bytes: number;
  readonly content: AsyncIterable<Uint8Array>;
  /** What vouches for the transfer, complete once `content` has ended. */
  evidence(): readonly Evidence[];
}

/** Somewhere bundles come from. */
export interface Inbox {
  /** The bundles that lie here, newest first. */
  list(job: Job): Promise<InboxItem[]>;
  /** Starts to fetch a bundle by its name, as `list` gave it. */
  fetch(name: string, job: Job): Promise<Fetched>;
  /** Deletes a bundle by its name. */
  delete(name: string, job: Job): Promise<void>;
  /** Closes connections. */
  close(): void;
}
