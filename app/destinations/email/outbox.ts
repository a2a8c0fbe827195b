import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../../contract/errors.ts';
import { outputError, systemCode } from '../../files/fs-errors.ts';
import { replaceFile } from '../../files/replace-file.ts';

/*
 * A message lies in the outbox as `ID.eml` from before it is sent until every recipient was accepted; `ID.json` beside it holds
 * the envelope, which is written first and removed last, so that a message without one does not occur.
 */

/** What is known of a message in the outbox, beside the message. */
export interface OutboxRecord {
  /** The name of what is attached. */
  readonly name: string;
  readonly subject: string;
  /** The address on the envelope. */
  readonly from: string;
  /** Addresses of those who have not been accepted yet. */
  readonly to: readonly string[];
  readonly created: Date;
  /** Why the last attempt failed; absent before the first. */
  readonly failure?: ErrorCode | undefined;
  /** Whether it may have arrived all the same, because the connection broke before the answer. */
  readonly mayHaveArrived: boolean;
}

/** A message that waits in the outbox. */
export interface OutboxMessage extends OutboxRecord {
  readonly id: string;
  /** The message as a file. */
  readonly path: string;
  /** Its size in bytes. */
  readonly bytes: number;
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const VERSION = 1;

const stored = z
  .strictObject({
    version: z.literal(VERSION),
    name: z.string(),
    subject: z.string(),
    from: z.string(),
    to: z.array(z.string()).min(1),
    created: z.iso.datetime().transform((text) => new Date(text)),
    failure: z.custom<ErrorCode>((value) => typeof value === 'string').optional(),
    mayHaveArrived: z.boolean(),
  })
  .transform(({ created, failure, from, mayHaveArrived, name, subject, to }): OutboxRecord => ({
    name,
    subject,
    from,
    to,
    created,
    failure,
    mayHaveArrived,
  }));

/**
 * Lists the messages that wait, the oldest first.
 *
 * @param folder - the outbox; one that does not exist is empty
 * @throws `folder-unreadable`
 */
export async function listOutbox(folder: string): Promise<OutboxMessage[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw new AppError('folder-unreadable', { path: folder }, error);
  });
  const messages: OutboxMessage[] = [];
  for (const name of names) {
    const id = name.slice(0, -'.eml'.length);
    if (!name.endsWith('.eml') || !ID.test(id)) continue;
    const message = await readMessage(folder, id);
    if (message !== undefined) messages.push(message);
  }
  return messages.sort(
    (a, b) => a.created.getTime() - b.created.getTime() || a.name.localeCompare(b.name),
  );
}

/**
 * Finds one message.
 *
 * @param folder - the outbox
 * @param id - as `listOutbox` gave it
 * @throws `reference-unknown` where it is not there any more
 */
export async function findMessage(folder: string, id: string): Promise<OutboxMessage> {
  const message = ID.test(id) ? await readMessage(folder, id) : undefined;
  if (message === undefined) throw new AppError('reference-unknown', { kind: 'message' });
  return message;
}

/**
 * Deletes a message that waits; harmless when it is not there any more.
 *
 * @param folder - the outbox
 * @param id - as `listOutbox` gave it
 * @throws `output-unwritable`
 */
export async function deleteMessage(folder: string, id: string): Promise<void> {
  if (!ID.test(id)) return;
  for (const path of [messagePath(folder, id), recordPath(folder, id)])
    await rm(path, { force: true }).catch((error: unknown) => {
      throw outputError(error, path);
    });
}

/** A fresh name for a message. */
export function newMessageId(): string {
  return randomUUID();
}

/**
 * Makes the outbox if it is not there; only its owner may look into it.
 *
 * @param folder - the outbox
 * @throws `output-missing`, `output-unwritable`
 */
export async function makeOutbox(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw outputError(error, folder);
  });
}

/**
 * The file name of a message.
 *
 * @param id - of the message
 */
export function messageName(id: string): string {
  return `${id}.eml`;
}

/**
 * Writes down what is known of a message.
 *
 * @param folder - the outbox
 * @param id - of the message
 * @param record - what is known
 * @throws `disk-full`, `output-missing`, `output-unwritable`
 */
export async function writeRecord(
  folder: string,
  id: string,
  { created, failure, from, mayHaveArrived, name, subject, to }: OutboxRecord,
): Promise<void> {
  const known = { version: VERSION, name, subject, from, to, created, failure, mayHaveArrived };
  await replaceFile(folder, `${id}.json`, `${JSON.stringify(known)}\n`).catch((error: unknown) => {
    throw outputError(error, recordPath(folder, id));
  });
}

async function readMessage(folder: string, id: string): Promise<OutboxMessage | undefined> {
  const path = messagePath(folder, id);
  try {
    const { size } = await stat(path);
    const text = await readFile(recordPath(folder, id), 'utf8');
    return { ...stored.parse(JSON.parse(text)), id, path, bytes: size };
  } catch {
    // Sent or deleted meanwhile, or not ours.
    return undefined;
  }
}

function messagePath(folder: string, id: string): string {
  return join(folder, messageName(id));
}

function recordPath(folder: string, id: string): string {
  return join(folder, `${id}.json`);
}
