import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createApp, type App } from '../../app/app.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../app/contract/commands.ts';
import type { ErrorCode, ErrorRecord } from '../../app/contract/errors.ts';
import type { HostEvent } from '../../app/contract/events.ts';
import type { HostPorts, Session } from '../../app/contract/host.ts';
import type { Result } from '../../app/contract/result.ts';
import type { HostView, JobView, Snapshot } from '../../app/contract/views.ts';
import { createSession } from '../../app/session.ts';
import { temporaryFolder } from './temporary.ts';

/** A host that does what it is asked, keeps what it was asked in mind, and can be made to fail. */
export class FakeHost implements HostPorts {
  /** What the person will choose next. */
  files: readonly string[] = [];
  folder: string | null = null;
  /** Whether there is a keychain. */
  keeps = true;
  /** Ports that fail. */
  readonly failing = new Set<keyof HostPorts>();
  readonly secrets: Map<string, string>;
  /** Every call, in order: the port's name and what it was given. */
  readonly calls: (readonly [keyof HostPorts, ...unknown[]])[] = [];

  /** @param secrets - the keychain, which outlives a session */
  constructor(secrets = new Map<string, string>()) {
    this.secrets = secrets;
  }

  chooseFiles(purpose: string): Promise<readonly string[]> {
    return this.#do('chooseFiles', () => this.files, purpose);
  }
  chooseFolder(purpose: string): Promise<string | null> {
    return this.#do('chooseFolder', () => this.folder, purpose);
  }
  copyText(text: string, secret: boolean): Promise<void> {
    return this.#do('copyText', () => undefined, text, secret);
  }
  showInFolder(path: string): Promise<void> {
    return this.#do('showInFolder', () => undefined, path);
  }
  openPage(page: string): Promise<void> {
    return this.#do('openPage', () => undefined, page);
  }
  openMessage(path: string): Promise<void> {
    return this.#do('openMessage', () => undefined, path);
  }
  openMailto(url: string): Promise<void> {
    return this.#do('openMailto', () => undefined, url);
  }
  protectContent(on: boolean): Promise<void> {
    return this.#do('protectContent', () => undefined, on);
  }
  readSecret(name: string): Promise<string | null> {
    return this.#do('readSecret', () => this.secrets.get(name) ?? null, name);
  }
  writeSecret(name: string, secret: string): Promise<boolean> {
    return this.#do('writeSecret', () => {
      if (this.keeps) this.secrets.set(name, secret);
      return this.keeps;
    });
  }
  removeSecret(name: string): Promise<void> {
    return this.#do('removeSecret', () => void this.secrets.delete(name), name);
  }
  offerDownload(file: string, name: string): Promise<string> {
    return this.#do('offerDownload', () => '/download/one', file, name);
  }

  async #do<T>(port: keyof HostPorts, work: () => T, ...given: unknown[]): Promise<T> {
    this.calls.push([port, ...given]);
    await Promise.resolve();
    if (this.failing.has(port)) throw new Error('the host knows a secret reason');
    return work();
  }
}

/** The commands that start a job. */
type Starting =
  'seal' | 'unlock' | 'save' | 'fetchEntry' | 'downloadEntries' | 'removeEntries' | 'sendAgain';

/** How a session is started, as far as it is not as usual. */
export interface Start {
  readonly kind?: HostView['kind'];
  /** Of an earlier session, to go on with what it kept. */
  readonly folder?: string;
  readonly host?: FakeHost;
  readonly app?: App;
}

/** A session for the running test, closed with it, with a host and with folders of its own. */
export class TestSession {
  readonly session: Session;
  readonly host: FakeHost;
  /** Holds `data`, `staging` and `home`. */
  readonly folder: string;
  readonly events: HostEvent[] = [];
  #waiting: (() => void)[] = [];

  private constructor(session: Session, host: FakeHost, folder: string) {
    this.session = session;
    this.host = host;
    this.folder = folder;
    session.listen((event) => {
      this.events.push(event);
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** Starts one. */
  static async start({ kind = 'electron', folder, host, app }: Start = {}): Promise<TestSession> {
    const own = folder ?? temporaryFolder();
    const ports = host ?? new FakeHost();
    mkdirSync(join(own, 'home'), { recursive: true });
    const session = await createSession(
      {
        host: { kind, platform: 'linux', keepsSecrets: ports.keeps, protectsContent: true },
        version: '1.2.3',
        dataFolder: join(own, 'data'),
        stagingFolder: join(own, 'staging'),
        homeFolder: join(own, 'home'),
      },
      ports,
      app ?? createApp({ logN: 4 }),
    );
    onTestFinished(() => session.close());
    return new TestSession(session, ports, own);
  }

  /** Runs a command as the screen would. */
  invoke<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
  ): Promise<Result<CommandOutput<N>>> {
    return this.session.invoke(name, input) as Promise<Result<CommandOutput<N>>>;
  }

  /** Runs a command that has to succeed. */
  async run<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
    const result = await this.invoke(name, input);
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
    return result.value;
  }

  /** Runs a command that has to be refused. */
  async refusal<N extends CommandName>(name: N, input: CommandInput<N>): Promise<ErrorRecord> {
    const result = await this.invoke(name, input);
    if (result.ok) throw new Error(`${name} was not refused`);
    return result.error;
  }

  /** The state. */
  snapshot(): Promise<Snapshot> {
    return this.run('getSnapshot', {});
  }

  /** The id of a file or folder that the person chose. */
  async choose(path: string, more: { name?: string; staged?: boolean } = {}): Promise<string> {
    const result = await this.session.grant([{ path, ...more }]);
    if (!result.ok) throw new Error('it was not granted');
    return result.value[0]!.id;
  }

  /** Adds files and folders to the draft, and waits until they were looked at. */
  async add(...paths: readonly string[]): Promise<number> {
    const grants = await Promise.all(paths.map((path) => this.choose(path)));
    const { added } = await this.run('addDocuments', { grants });
    await this.until(({ draft }) => !draft.checking);
    return added;
  }

  /** Waits, event by event, until the state is so. */
  async until(is: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
    for (;;) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#waiting.push(() => {
        resolve(undefined);
      });
      const snapshot = await this.snapshot();
      if (is(snapshot)) return snapshot;
      await promise;
    }
  }

  /** Waits until a job has ended. */
  async ended(id: string): Promise<JobView> {
    const of = ({ jobs }: Snapshot): JobView => jobs.find((job) => job.id === id)!;
    const snapshot = await this.until((now) => !['running', 'cancelling'].includes(of(now).state));
    return of(snapshot);
  }

  /** Runs a command that starts a job, which has to end well. */
  async done<N extends Starting>(name: N, input: CommandInput<N>): Promise<JobView> {
    const { job } = await this.run(name, input);
    const ended = await this.ended(job);
    expect(ended.error).toBeUndefined();
    expect(ended.state).toBe('done');
    return ended;
  }

  /** Runs a command that starts a job, which has to fail. */
  async failed<N extends Starting>(name: N, input: CommandInput<N>): Promise<ErrorCode> {
    const { job } = await this.run(name, input);
    const { state, error } = await this.ended(job);
    expect(state).toBe('failed');
    return error!.code;
  }
}
