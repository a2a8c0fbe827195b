import { basename, dirname, resolve } from 'node:path';
import { AppError, isAppError, toAppError } from './contract/errors.ts';
import type { Job } from './contract/job.ts';
import type { InboxItem, Placement } from './contract/records.ts';
import type { Destination } from './destinations/destination.ts';
import { folderDestination } from './destinations/folder.ts';
import { ENGINE_NAMES, type EngineName } from './envelope/engine.ts';
import { loadEngine } from './envelope/load-engine.ts';
import type { KeyPair } from './envelope/keys.ts';
import { nameProblem } from './files/names.ts';
import type { Inbox } from './inbox/inbox.ts';
import { folderInbox } from './inbox/folder.ts';
import { createKeyFile, readKeyFile } from './key-files.ts';
import type { UnknownWord } from './passphrase/entry.ts';
import type { GeneratedPassphrase } from './passphrase/generate.ts';
import type { Strength } from './passphrase/strength.ts';
import {
  fetchBundle,
  inspectBundle,
  listInbox,
  openBundle,
  type InspectedBundle,
  type OpenedBundle,
  type OpenRequest,
} from './receive.ts';
import type { S3Connection } from './s3/client.ts';
import { formatS3Url, isS3Url, parseS3Prefix, parseS3Url } from './s3/url.ts';
import { send, withEnding, type SendReceipt, type SendRequest } from './send.ts';

export type { OpenedBundle, OpenRequest, SendReceipt, SendRequest };

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
}

/** Everything that a host can ask for. Each method fails with an `AppError` only. */
export interface App {
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
  /** Says what a bundle is without opening it. */
  inspect(path: string, job?: Job): Promise<InspectedBundle>;
  /** What lies in an inbox, newest first. */
  listInbox(from: Place, job?: Job): Promise<InboxItem[]>;
  /** Fetches one bundle into a folder, still sealed. `from` names the bundle. */
  fetch(from: Place, directory: string, job?: Job): Promise<Placement>;
  /** Deletes one bundle from an inbox. `from` names the bundle. */
  deleteFromInbox(from: Place, job?: Job): Promise<void>;
  /** Makes a key pair and writes the secret half to a file that only its owner can read. Returns the public half. */
  createKey(
    kind: 'x25519' | 'hybrid',
    path: string,
  ): Promise<{ readonly path: string; readonly recipient: string }>;
  /** The key pairs in an identity file. */
  readIdentities(path: string): Promise<KeyPair[]>;
  /** Makes a passphrase of list words. */
  generatePassphrase(words?: number): Promise<GeneratedPassphrase>;
  /** Measures a passphrase of one's own. */
  measurePassphrase(passphrase: string): Promise<Strength>;
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
  });
  const named = (request: SendRequest): SendRequest => ({
    ...complete(request),
    name: request.name === undefined ? undefined : withEnding(request.name),
  });
  return {
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
    inspect: (path, job = {}) => guarded(() => inspectBundle(path, job)),
    listInbox: (from, job = {}) =>
      guarded(() => using(openInbox(from), (inbox) => listInbox(inbox, job))),
    fetch: (from, directory, job = {}) =>
      guarded(() => {
        const { parent, name } = splitBundle(from);
        return using(openInbox(parent), (inbox) =>
          fetchBundle(inbox, name, folderDestination(resolve(directory)), job),
        );
      }),
    deleteFromInbox: (from, job = {}) =>
      guarded(() => {
        const { parent, name } = splitBundle(from);
        return using(openInbox(parent), (inbox) => inbox.delete(name, job));
      }),
    createKey: (kind, path) => guarded(() => createKeyFile(kind, resolve(path))),
    readIdentities: (path) => guarded(() => readKeyFile(path)),
    generatePassphrase: (words) =>
      guarded(async () => (await import('./passphrase/generate.ts')).generatePassphrase(words)),
    measurePassphrase: (passphrase) =>
      guarded(async () => (await import('./passphrase/strength.ts')).measurePassphrase(passphrase)),
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

/** Takes the place of one bundle apart: the inbox that it lies in, and its name there, which becomes a file name here. */
function splitBundle(place: Place): { parent: Place; name: string } {
  const { url } = place;
  if (!isS3Url(url)) {
    const path = resolve(url);
    return { parent: { ...place, url: dirname(path) }, name: basename(path) };
  }
  const { bucket, key } = parseS3Url(url);
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (nameProblem(name) !== undefined) throw new AppError('url-invalid', { url });
  const prefix = key.slice(0, key.length - name.length);
  return { parent: { ...place, url: formatS3Url({ bucket, key: prefix }) }, name };
}

async function checkEngine(name: EngineName): Promise<EngineReport> {
  try {
    await loadEngine(name);
    return { name, state: 'good' };
  } catch (error) {
    return { name, state: isAppError(error, 'engine-wrong') ? 'wrong' : 'absent' };
  }
}
