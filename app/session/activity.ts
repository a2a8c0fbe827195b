import { appendFile, open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { toAppError } from '../contract/errors.ts';
import type { ActivityRecord } from '../contract/views.ts';
import type { DataFolder } from './data-folder.ts';
import { newId } from './ids.ts';
import type { Notices } from './notices.ts';

const FILE = 'activity.jsonl';
/** The newest, which are shown. */
const MAX_SHOWN = 5000;
/** Of the end of the file, for those: ten times what they usually take. */
const TAIL_BYTES = 16 * 1024 * 1024;

const count = z.number().int().nonnegative();
const text = z.string().max(8192);
const record = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/),
  at: z.iso.datetime(),
  kind: z.enum(['send', 'share', 'open', 'save', 'download', 'delete', 'mail']),
  bundle: text,
  location: text.exactOptional(),
  bytes: count.exactOptional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .exactOptional(),
  documents: count.exactOptional(),
  result: z.enum(['done', 'failed', 'cancelled']),
  error: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .exactOptional(),
  took: count.exactOptional(),
});

/** What happened, without what the log adds itself. */
export type Happening = Omit<ActivityRecord, 'id' | 'at'>;

/** What can be said of something that failed. */
export type Attempt = Omit<Happening, 'result' | 'error'>;

/**
 * What happened on this machine: a file to which lines are only ever added, and the newest of them in memory. It never holds a
 * passphrase, a key, a note, or the name of a document.
 */
export class ActivityLog {
  readonly #path: string;
  readonly #notices: Notices;
  /** Oldest first. */
  readonly #shown: ActivityRecord[];
  #count: number;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, notices: Notices, shown: ActivityRecord[]) {
    this.#path = path;
    this.#notices = notices;
    this.#shown = shown;
    this.#count = shown.length;
  }

  /** Reads the end of the file; lines that are broken are passed over. */
  static async open(folder: DataFolder, notices: Notices): Promise<ActivityLog> {
    const path = join(folder.path, FILE);
    const shown = (await readTail(path).catch(() => '')).split('\n').flatMap(parsed);
    return new ActivityLog(path, notices, shown.slice(-MAX_SHOWN));
  }

  /** Grows with every record. */
  get revision(): number {
    return this.#count;
  }

  /** Newest first. */
  list(): ActivityRecord[] {
    return this.#shown.toReversed();
  }

  /**
   * Takes down what happened. It has happened, whether or not it can be written to disk: a failure to do that is not one of what
   * happened, and the record stays in memory.
   *
   * @param happening - what
   */
  async add(happening: Happening): Promise<void> {
    const entry = { id: newId(), at: new Date().toISOString(), ...happening };
    this.#shown.push(entry);
    if (this.#shown.length > MAX_SHOWN) this.#shown.shift();
    this.#count += 1;
    this.#notices.changed();
    const line = `${JSON.stringify(entry)}\n`;
    this.#writing = this.#writing
      .then(() => appendFile(this.#path, line, { mode: 0o600 }))
      .catch(() => undefined);
    await this.#writing;
  }

  /**
   * Takes down what comes of something: that it was done and how long it took, or the code with which it failed.
   *
   * @param attempt - what is known beforehand
   * @param work - what is done
   * @param facts - what is known afterwards
   * @returns what came of it
   * @throws what the work throws
   */
  async during<T>(
    attempt: Attempt,
    work: () => Promise<T>,
    facts: (result: T) => Partial<Attempt> = () => ({}),
  ): Promise<T> {
    const started = performance.now();
    const took = (): number => Math.round(performance.now() - started);
    try {
      const result = await work();
      await this.add({ ...attempt, ...facts(result), result: 'done', took: took() });
      return result;
    } catch (error) {
      const { code } = toAppError(error);
      const failure = { ...attempt, took: took() };
      if (code === 'cancelled') await this.add({ ...failure, result: 'cancelled' });
      else await this.add({ ...failure, result: 'failed', error: code });
      throw error;
    }
  }

  /** Everything that was ever taken down, oldest first. */
  async *all(): AsyncGenerator<ActivityRecord, void, undefined> {
    await this.#writing;
    const shown = [...this.#shown];
    const ids = new Set(shown.map(({ id }) => id));
    for await (const older of this.#inFile()) if (!ids.has(older.id)) yield older;
    yield* shown;
  }

  async *#inFile(): AsyncGenerator<ActivityRecord, void, undefined> {
    const stream = createReadStream(this.#path, 'utf8');
    try {
      for await (const line of createInterface({ input: stream, crlfDelay: Infinity }))
        yield* parsed(line);
    } catch {
      // There is no file, or it cannot be read: then there is only what is in memory.
    } finally {
      stream.destroy();
    }
  }
}

function parsed(line: string): ActivityRecord[] {
  if (line === '') return [];
  try {
    const result = record.safeParse(JSON.parse(line));
    return result.success ? [result.data] : [];
  } catch {
    return [];
  }
}

async function readTail(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const buffer = Buffer.alloc(size - from);
    const { bytesRead } = await handle.read(buffer, 0, buffer.byteLength, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
