import type { App, Place } from '../app.ts';
import { AppError } from '../contract/errors.ts';
import type { CommandInput } from '../contract/commands.ts';
import type { HostPorts } from '../contract/host.ts';
import type { Job } from '../contract/job.ts';
import type { ConnectionView, RightsReport } from '../contract/views.ts';
import { checkedConnection, storedConnection, type Connection } from './connection-rules.ts';
import type { DataFolder } from './data-folder.ts';
import { newId } from './ids.ts';
import { KeptSecrets } from './kept-secrets.ts';
import type { Notices } from './notices.ts';

const FILE = 'connections.json';
/** Nobody has more; a file with more is not ours. */
const MAX_CONNECTIONS = 200;

type Store = Pick<HostPorts, 'readSecret' | 'writeSecret' | 'removeSecret'>;

/** A connection, ready to be used. */
export interface OpenConnection {
  readonly id: string;
  readonly place: Place;
}

/** The ways to S3 that the person has set up. Secrets are with the host, or in memory; never in the file, never on the screen. */
export class Connections {
  readonly #folder: DataFolder;
  readonly #notices: Notices;
  readonly #secrets: KeptSecrets;
  readonly #connections = new Map<string, Connection>();
  /** One change after the other: each writes the whole file. */
  #changing: Promise<unknown> = Promise.resolve();

  private constructor(folder: DataFolder, notices: Notices, store: Store) {
    this.#folder = folder;
    this.#notices = notices;
    this.#secrets = new KeptSecrets('connection', store, notices);
  }

  /** Reads what was set up before. What is wrong in the file is left out, and a copy of it is kept. */
  static async open(folder: DataFolder, notices: Notices, store: Store): Promise<Connections> {
    const connections = new Connections(folder, notices, store);
    await connections.#load();
    return connections;
  }

  /** In the order in which they were set up. */
  views(): ConnectionView[] {
    return Array.from(this.#connections.values(), (connection) => this.#view(connection));
  }

  /**
   * Adds a connection, or changes one.
   *
   * @throws `connection-invalid`, `reference-unknown`, `settings-unwritable`, `host-failed`
   */
  async save({ id, ...given }: CommandInput<'saveConnection'>): Promise<ConnectionView> {
    return await this.#inTurn(async () => {
      const before = id === undefined ? undefined : this.#find(id);
      const checked = checkedConnection(given);
      const secret =
        given.credentials.kind === 'keys' ? given.credentials.secretAccessKey?.trim() : undefined;
      if (secret === undefined && needsSecret(checked, before))
        throw new AppError('connection-invalid', { field: 'keys' });
      if (before === undefined && this.#connections.size >= MAX_CONNECTIONS)
        throw new AppError('connection-invalid', { field: 'name' });
      const rights =
        sameAccess(checked, before) && secret === undefined ? before?.rights : undefined;
      const connection = {
        ...checked,
        id: id ?? newId(),
        ...(rights === undefined ? {} : { rights }),
      };
      // The secret first, because the file says where it is; when the file cannot be written, it is put back as it was.
      const undo = secret === undefined ? undefined : await this.#keep(connection.id, secret);
      try {
        await this.#write(new Map(this.#connections).set(connection.id, connection));
      } catch (error) {
        await undo?.().catch(() => undefined);
        throw error;
      }
      if (checked.credentials.kind === 'profile' && before?.credentials.kind === 'keys')
        await this.#secrets.forget(connection.id);
      return this.#view(connection);
    });
  }

  /**
   * Removes a connection, its secret first.
   *
   * @throws `reference-unknown`, `settings-unwritable`, `host-failed`
   */
  async remove(id: string): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#find(id).credentials.kind === 'keys') await this.#secrets.forget(id);
      const rest = new Map(this.#connections);
      rest.delete(id);
      await this.#write(rest);
    });
  }

  /**
   * Makes a connection ready, its secret with it.
   *
   * @throws `reference-unknown`, `secret-missing`, `host-failed`
   */
  async open(id: string): Promise<OpenConnection> {
    const { name, bucket, prefix, region, endpoint, credentials } = this.#find(id);
    const common = { region, endpoint };
    const url = `s3://${bucket}/${prefix}`;
    if (credentials.kind === 'profile') {
      const profile = credentials.profile === '' ? undefined : credentials.profile;
      return { id, place: { url, s3: { ...common, profile } } };
    }
    const secretAccessKey = await this.#secrets.read(id);
    if (secretAccessKey === undefined) throw new AppError('secret-missing', { connection: name });
    const { accessKeyId } = credentials;
    return { id, place: { url, s3: { ...common, credentials: { accessKeyId, secretAccessKey } } } };
  }

  /**
   * Finds out what a connection may do, and remembers it.
   *
   * @throws what S3 says of the connection itself, `reference-unknown`, `secret-missing`, `host-failed`, `settings-unwritable`
   */
  async check(id: string, app: App, job: Job): Promise<RightsReport> {
    const before = this.#find(id);
    const { place } = await this.open(id);
    const found = await app.checkRights(place, job);
    const rights = { checked: new Date().toISOString(), ...found };
    await this.#inTurn(async () => {
      // Changed or removed meanwhile, it is not what was checked.
      if (this.#connections.get(id) !== before) return;
      await this.#write(new Map(this.#connections).set(id, { ...before, rights }));
    });
    return rights;
  }

  /** Forgets the secrets that are in memory only. */
  close(): void {
    this.#secrets.close();
  }

  #view(connection: Connection): ConnectionView {
    const { region, endpoint, credentials, rights, ...rest } = connection;
    return {
      ...rest,
      ...(region === undefined ? {} : { region }),
      ...(endpoint === undefined ? {} : { endpoint }),
      credentials:
        credentials.kind === 'profile'
          ? credentials
          : { ...credentials, secret: this.#secrets.state(connection.id) },
      ...(rights === undefined ? {} : { rights }),
    };
  }

  #find(id: string): Connection {
    const connection = this.#connections.get(id);
    if (connection === undefined) throw new AppError('reference-unknown', { kind: 'connection' });
    return connection;
  }

  /** Keeps a secret, for this run at least; what is returned takes that back. */
  async #keep(id: string, secret: string): Promise<() => Promise<void>> {
    const before = this.#connections.has(id) ? await this.#secrets.read(id) : undefined;
    await this.#secrets.write(id, secret);
    return () =>
      before === undefined ? this.#secrets.forget(id) : this.#secrets.write(id, before);
  }

  async #write(connections: ReadonlyMap<string, Connection>): Promise<void> {
    const listed = Array.from(connections.values(), (connection) =>
      this.#secrets.state(connection.id) === 'kept' ? { ...connection, kept: true } : connection,
    );
    await this.#folder.write(FILE, { version: 1, connections: listed });
    this.#connections.clear();
    for (const [id, connection] of connections) this.#connections.set(id, connection);
    this.#notices.changed();
  }

  async #load(): Promise<void> {
    const content = await this.#folder.read(FILE);
    if (content === undefined) return;
    const listed =
      typeof content === 'object' && content !== null && 'connections' in content
        ? content.connections
        : undefined;
    const entries: readonly unknown[] = Array.isArray(listed) ? listed : [undefined];
    let broken = false;
    for (const entry of entries.slice(0, MAX_CONNECTIONS)) {
      const read = readConnection(entry);
      if (read === undefined || this.#connections.has(read.connection.id)) {
        broken = true;
        continue;
      }
      this.#connections.set(read.connection.id, read.connection);
      if (read.kept) this.#secrets.wasKept(read.connection.id);
    }
    if (broken || entries.length > MAX_CONNECTIONS) await this.#folder.setAside(FILE);
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#changing.then(work);
    this.#changing = turn.catch(() => undefined);
    return await turn;
  }
}

/** A file is as hostile as a screen: what it says has to pass the same rules. */
function readConnection(
  entry: unknown,
): { readonly connection: Connection; readonly kept: boolean } | undefined {
  const parsed = storedConnection.safeParse(entry);
  if (!parsed.success) return undefined;
  const { id, rights, kept = false, ...given } = parsed.data;
  try {
    const checked = checkedConnection(given);
    return { connection: { ...checked, id, ...(rights === undefined ? {} : { rights }) }, kept };
  } catch {
    return undefined;
  }
}

/** A secret belongs to one access key: for another the old one is of no use. */
function needsSecret(
  { credentials }: Omit<Connection, 'id'>,
  before: Connection | undefined,
): boolean {
  if (credentials.kind === 'profile') return false;
  const old = before?.credentials;
  return old?.kind !== 'keys' || old.accessKeyId !== credentials.accessKeyId;
}

function sameAccess(now: Omit<Connection, 'id'>, before: Connection | undefined): boolean {
  const access = ({ bucket, prefix, region, endpoint, credentials }: Omit<Connection, 'id'>) =>
    JSON.stringify([bucket, prefix, region, endpoint, credentials]);
  return before !== undefined && access(now) === access(before);
}
