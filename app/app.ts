import { basename, dirname, resolve } from 'node:path';
import type { Advice, AdviceQuestion, ToolId } from './contract/advice.ts';
import { AppError, isAppError, toAppError } from './contract/errors.ts';
import type { BundleSummary, FormatId } from './contract/formats.ts';
import type { Job } from './contract/job.ts';
import type { InboxItem, Placement } from './contract/records.ts';
import type { Destination } from './destinations/destination.ts';
import type { EmailAccount } from './destinations/email/account.ts';
import type { PassphraseMemory } from './destinations/email/memory.ts';
import type { OutboxMessage } from './destinations/email/outbox.ts';
import type { MailedMessage, Mailing, MailResult } from './destinations/email/send-bundle.ts';
import { folderDestination } from './destinations/folder.ts';
import type { Survey } from './documents/survey.ts';
import type { Picture } from './documents/images.ts';
import { ENGINE_NAMES, type EngineName } from './envelope/engine.ts';
import { loadEngine } from './envelope/load-engine.ts';
import type { KeyPair } from './envelope/keys.ts';
import { nameProblem } from './files/names.ts';
import type { Inbox } from './inbox/inbox.ts';
import { folderInbox } from './inbox/folder.ts';
import { createKeyFile, readKeyFile } from './key-files.ts';
import type { MailDraft, MailPlan, MailRequest } from './mail.ts';
import { advise } from './openability/advise.ts';
import { opensWith } from './openability/opens-with.ts';
import type { UnknownWord } from './passphrase/entry.ts';
import { FLOORS, type Floor } from './passphrase/floors.ts';
import type { GeneratedPassphrase } from './passphrase/generate.ts';
import type { Strength } from './passphrase/strength.ts';
import {
  fetchBundle,
  inspectBundle,
  listInbox,
  openBundle,
  recogniseBundle,
  type InspectedBundle,
  type OpenedBundle,
  type OpenRequest,
} from './receive.ts';
import type { S3Connection } from './s3/client.ts';
import { formatS3Url, isS3Url, parseS3Prefix, parseS3Url } from './s3/url.ts';
import type { Rights } from './s3/rights.ts';
import {
  checkedName,
  checkNote,
  defaultBundleName,
  MAX_DOCUMENTS,
  send,
  withEnding,
  type LockRequest,
  type SendReceipt,
  type SendRequest,
} from './send.ts';

export { MAX_DOCUMENTS };
export type {
  PassphraseMemory,
  EmailAccount,
  MailDraft,
  MailedMessage,
  Mailing,
  MailRequest,
  MailResult,
  OutboxMessage,
};
export type { GeneratedPassphrase, LockRequest, OpenedBundle, OpenRequest, Picture };
export type { Rights, SendReceipt, SendRequest, Strength, Survey };

/** A place outside: a folder's path or `s3://bucket/prefix/`, and how to reach it. */
export interface Place {
  readonly url: string;
  readonly s3?: S3Connection | undefined;
}

/** One engine as `doctor` finds it. */
export interface EngineReport {
  readonly name: EngineName;
  readonly state: 'good' | 'absent' | 'wrong';
}

/** Settings of an app as a whole. */
export interface AppOptions {
  /** Forces one implementation of the cipher. */
  readonly engine?: EngineName | undefined;
  /** scrypt's work factor for new bundles, log2 of N; 18 unless given. */
  readonly logN?: number | undefined;
  /** Reads the reader that a self-opening page begins with; without it no page can be made. */
  readonly pageTemplate?: (() => Promise<Uint8Array>) | undefined;
}

/** Everything that a host can ask for. Each method fails with an `AppError` only. */
export interface App {
  /** What lies behind a path, with what stands in the way of sealing it; refuses more things than `limit`. */
  survey(path: string, name: string, limit: number, job?: Job): Promise<Survey>;
  /** Whether an image says where it was taken. An image that cannot be understood says nothing. */
  tellsLocation(path: string): Promise<boolean>;
  /** A small picture of a document; `null` where there is none. */
  preview(path: string): Promise<Picture | null>;
  /** The name that a bundle will get, from what the person typed; one that tells nothing for nothing. */
  nameBundle(name?: string, format?: FormatId): string;
  /** Refuses a note that is too long. */
  checkNote(note: string): void;
  /** Refuses keys for which no bundle can be sealed. */
  checkRecipients(recipients: readonly string[]): Promise<void>;
  /** Seals into a local file; `path` may name the file, else it gets a name in `directory`. */
  seal(
    request: SendRequest,
    to: { readonly directory: string } | { readonly path: string },
    job?: Job,
  ): Promise<SendReceipt>;
  /** Seals and sends in one stream. */
  send(request: SendRequest, to: Place, job?: Job): Promise<SendReceipt>;
  /** Opens a bundle, or lists it. */
  open(request: OpenRequest, job?: Job): Promise<OpenedBundle>;
  /** What a bundle says openly; of a large one only its beginning and end are read. */
  recognise(path: string): Promise<BundleSummary>;
  /** Says what a bundle is without opening it. */
  inspect(path: string, job?: Job): Promise<InspectedBundle>;
  /** Chooses the format for a recipient, and says what is to be watched for. Pure. */
  advise(question: AdviceQuestion): Advice;
  /** The programs that are known to open a bundle. Pure. */
  opensWith(summary: BundleSummary): readonly ToolId[];
  /** The reader that self-opening pages begin with, by which one can be checked; `null` where none can be made. */
  pageDigest(): Promise<{ readonly sha256: string; readonly bytes: number } | null>;
  /** A memory of the passphrases of one run, for the guard of its emails. */
  passphraseMemory(): Promise<PassphraseMemory>;
  /** Refuses an email account with which nothing can be sent. Answers the host in its final form, and the bare address. */
  checkAccount(account: EmailAccount): Promise<{ readonly host: string; readonly address: string }>;
  /** Signs in to an email account and out again. */
  signIn(account: EmailAccount, job?: Job): Promise<void>;
  /** Refuses what could not go by email, before anything is sealed. */
  checkMail(plan: MailPlan): Promise<void>;
  /** Writes a bundle as drafts for a mail program into a folder. */
  writeDrafts(request: MailRequest, directory: string, job?: Job): Promise<MailDraft[]>;
  /** Writes a bundle as messages into the outbox, to be sent by `sendMail`. */
  storeMail(
    request: MailRequest,
    account: EmailAccount,
    outbox: string,
    job?: Job,
  ): Promise<OutboxMessage[]>;
  /** Sends messages that were just stored. Cancelled before anything has gone out, none of them is kept. */
  sendMail(
    stored: readonly OutboxMessage[],
    account: Omit<EmailAccount, 'from'>,
    outbox: string,
    job?: Job,
  ): Promise<Mailing>;
  /** Sends messages of the outbox to those who have not been accepted yet; one is removed when all of its recipients are. */
  sendMessages(
    messages: readonly OutboxMessage[],
    account: Omit<EmailAccount, 'from'>,
    outbox: string,
    job?: Job,
  ): Promise<Mailing>;
  /** The messages in the outbox, oldest first. */
  listOutbox(outbox: string): Promise<OutboxMessage[]>;
  /** Deletes a message from the outbox, or finds none. */
  deleteMessage(outbox: string, id: string): Promise<void>;
  /** What lies in an inbox, newest first. */
  listInbox(from: Place, job?: Job): Promise<InboxItem[]>;
  /** Fetches one bundle into a folder, still sealed. `from` names the bundle; `as` gives it another name. */
  fetch(from: Place, directory: string, job?: Job, as?: string): Promise<Placement>;
  /** Deletes one bundle from an inbox. `from` names the bundle. */
  deleteFromInbox(from: Place, job?: Job): Promise<void>;
  /** What somebody may do at a place in S3; leaves nothing there. */
  checkRights(at: Place, job?: Job): Promise<Rights>;
  /** Makes a key pair and writes the secret half to a file that only its owner can read. Returns the public half. */
  createKey(
    kind: 'x25519' | 'hybrid',
    path: string,
  ): Promise<{ readonly path: string; readonly recipient: string }>;
  /** The key pairs in an identity file. */
  readIdentities(path: string): Promise<KeyPair[]>;
  /** The least that a passphrase has to be for a format. Pure. */
  floorOf(format: FormatId): Floor;
  /** Makes a passphrase of list words; as many as the format needs unless told. */
  generatePassphrase(words?: number, format?: FormatId): Promise<GeneratedPassphrase>;
  /** Measures a passphrase of one's own. */
  measurePassphrase(passphrase: string, format?: FormatId): Promise<Strength>;
  /** Measures a passphrase of one's own, and refuses one that is too weak for a bundle. */
  requireStrong(passphrase: string, format?: FormatId): Promise<Strength>;
  /** How many words a typed passphrase has. */
  countWords(typed: string): Promise<number>;
  /** The words of a typed passphrase that are not on the list. */
  unknownWords(typed: string): Promise<UnknownWord[]>;
  /** Tries each implementation of the cipher. */
  checkEngines(): Promise<EngineReport[]>;
}

/**
 * Makes the app. Nothing is loaded or started before it is needed.
 *
 * @param options - settings
 */
export function createApp(options: AppOptions = {}): App {
  const complete = (request: SendRequest): SendRequest => ({
    ...request,
    engine: request.engine ?? options.engine,
    logN: request.logN ?? options.logN,
    pageTemplate: request.pageTemplate ?? options.pageTemplate,
  });
  const named = (request: SendRequest): SendRequest => ({
    ...complete(request),
    name: request.name === undefined ? undefined : withEnding(request.name, request.format),
  });
  return {
    survey: (path, name, limit, job = {}) =>
      guarded(async () =>
        (await import('./documents/survey.ts')).surveyDocuments(path, name, limit, job),
      ),
    tellsLocation: (path) =>
      guarded(async () => (await import('./documents/images.ts')).tellsLocation(path)),
    preview: (path) => guarded(async () => (await import('./documents/images.ts')).preview(path)),
    nameBundle: (name, format) =>
      name === undefined ? defaultBundleName(format) : checkedName(withEnding(name, format)),
    checkNote,
    checkRecipients: (recipients) =>
      guarded(async () => {
        (await import('./envelope/header.ts')).checkRecipients(recipients);
      }),
    seal: (request, to, job = {}) =>
      guarded(() => {
        if ('directory' in to)
          return send(named(request), folderDestination(resolve(to.directory)), job);
        const path = resolve(to.path);
        return send(
          { ...complete(request), name: basename(path) },
          folderDestination(dirname(path)),
          job,
        );
      }),
    send: (request, to, job = {}) =>
      guarded(() =>
        using(openDestination(to), (destination) => send(named(request), destination, job)),
      ),
    open: (request, job = {}) =>
      guarded(() => openBundle({ ...request, engine: request.engine ?? options.engine }, job)),
    recognise: (path) => guarded(() => recogniseBundle(path)),
    inspect: (path, job = {}) => guarded(() => inspectBundle(path, job)),
    advise,
    opensWith,
    pageDigest: async () => {
      const template = await options.pageTemplate?.().catch(() => undefined);
      if (template === undefined) return null;
      const { templateDigest } = await import('./envelope/page.ts');
      try {
        return { sha256: templateDigest(template).page, bytes: template.byteLength };
      } catch {
        return null;
      }
    },
    checkAccount: (account) =>
      guarded(async () => {
        const { host, from } = (await import('./destinations/email/account.ts')).checkAccount(
          account,
        );
        const { address } = (await import('./destinations/email/address.ts')).parseAddress(from);
        return { host, address };
      }),
    signIn: (account, job = {}) =>
      guarded(async () => (await import('./destinations/email/smtp.ts')).signIn(account, job)),
    checkMail: (plan) =>
      guarded(async () => {
        (await import('./mail.ts')).checkMail(plan);
      }),
    writeDrafts: (request, directory, job = {}) =>
      guarded(async () => (await import('./mail.ts')).writeDrafts(request, directory, job)),
    storeMail: (request, account, outbox, job = {}) =>
      guarded(async () => (await import('./mail.ts')).storeMail(request, account, outbox, job)),
    sendMail: (stored, account, outbox, job = {}) =>
      guarded(async () => (await import('./mail.ts')).sendMail(stored, account, outbox, job)),
    sendMessages: (messages, account, outbox, job = {}) =>
      guarded(async () =>
        (await import('./destinations/email/send-bundle.ts')).sendMessages(
          messages,
          account,
          outbox,
          job,
        ),
      ),
    listOutbox: (outbox) =>
      guarded(async () => (await import('./destinations/email/outbox.ts')).listOutbox(outbox)),
    deleteMessage: (outbox, id) =>
      guarded(async () =>
        (await import('./destinations/email/outbox.ts')).deleteMessage(outbox, id),
      ),
    listInbox: (from, job = {}) =>
      guarded(() => using(openInbox(from), (inbox) => listInbox(inbox, job))),
    fetch: (from, directory, job = {}, as) =>
      guarded(() => {
        const { parent, name } = splitBundle(from);
        if (as !== undefined || isS3Url(from.url)) requireFileName(as ?? name);
        return using(openInbox(parent), (inbox) =>
          fetchBundle(inbox, name, folderDestination(resolve(directory)), job, as),
        );
      }),
    checkRights: (at, job = {}) =>
      guarded(async () => {
        const prefix = parseS3Prefix(at.url);
        return (await import('./s3/rights.ts')).checkRights(at.s3 ?? {}, prefix, job);
      }),
    deleteFromInbox: (from, job = {}) =>
      guarded(() => {
        const { parent, name } = splitBundle(from);
        return using(openInbox(parent), (inbox) => inbox.delete(name, job));
      }),
    createKey: (kind, path) => guarded(() => createKeyFile(kind, resolve(path))),
    readIdentities: (path) => guarded(() => readKeyFile(path)),
    floorOf: (format) => FLOORS[format],
    generatePassphrase: (words, format) =>
      guarded(async () =>
        (await import('./passphrase/generate.ts')).generatePassphrase(words, format),
      ),
    measurePassphrase: (passphrase, format) =>
      guarded(async () =>
        (await import('./passphrase/strength.ts')).measurePassphrase(passphrase, format),
      ),
    requireStrong: (passphrase, format) =>
      guarded(async () =>
        (await import('./passphrase/strength.ts')).requireStrong(passphrase, format),
      ),
    passphraseMemory: () =>
      guarded(async () => new (await import('./destinations/email/memory.ts')).PassphraseMemory()),
    countWords: (typed) =>
      guarded(async () => (await import('./passphrase/entry.ts')).countWords(typed)),
    unknownWords: (typed) =>
      guarded(async () => (await import('./passphrase/entry.ts')).unknownWords(typed)),
    checkEngines: () => guarded(() => Promise.all(ENGINE_NAMES.map(checkEngine))),
  };
}

/** Whatever fails underneath, a host sees an `AppError`. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toAppError(error);
  }
}

async function using<T extends { close(): void }, R>(
  opening: Promise<T>,
  work: (resource: T) => Promise<R>,
): Promise<R> {
  const resource = await opening;
  try {
    return await work(resource);
  } finally {
    resource.close();
  }
}

async function openDestination(place: Place): Promise<Destination> {
  if (!isS3Url(place.url)) return folderDestination(resolve(place.url));
  const prefix = parseS3Prefix(place.url);
  return (await import('./destinations/s3.ts')).s3Destination(place.s3 ?? {}, prefix);
}

async function openInbox(place: Place): Promise<Inbox> {
  if (!isS3Url(place.url)) return folderInbox(resolve(place.url));
  const prefix = parseS3Prefix(place.url);
  return (await import('./inbox/s3.ts')).s3Inbox(place.s3 ?? {}, prefix);
}

/** Takes the place of one bundle apart: the inbox that it lies in, and its name there, which need not do as the name of a file. */
function splitBundle(place: Place): { parent: Place; name: string } {
  const { url } = place;
  if (!isS3Url(url)) {
    const path = resolve(url);
    return { parent: { ...place, url: dirname(path) }, name: basename(path) };
  }
  const { bucket, key } = parseS3Url(url);
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (name === '') throw new AppError('url-invalid', { url });
  const prefix = key.slice(0, key.length - name.length);
  return { parent: { ...place, url: formatS3Url({ bucket, key: prefix }) }, name };
}

/** What a bundle is called in S3 is as others please; what it is called here must stay in its folder, and do on any computer. */
function requireFileName(name: string): void {
  const problem = name.includes('/') ? 'absolute' : nameProblem(name);
  if (problem !== undefined) throw new AppError('fetch-name', { name, problem });
}

async function checkEngine(name: EngineName): Promise<EngineReport> {
  try {
    await loadEngine(name);
    return { name, state: 'good' };
  } catch (error) {
    return { name, state: isAppError(error, 'engine-wrong') ? 'wrong' : 'absent' };
  }
}
