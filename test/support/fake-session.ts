import type { HostEvent } from '../../app/contract/events.ts';
import type { Granted, Session } from '../../app/contract/host.ts';
import type { Result } from '../../app/contract/result.ts';
import type { Grant } from '../../app/contract/views.ts';

/** A session that remembers what was asked of it, for tests of what lies round it. */
export interface FakeSession extends Session {
  readonly invoked: { readonly command: unknown; readonly input: unknown }[];
  readonly granted: Granted[];
  /** How many jobs seem to run. */
  jobs: number;
  revision: number;
  closed: boolean;
  /** How the next grants are answered, when not as usual. */
  grantAnswer: Result<readonly Grant[]> | undefined;
  /** Tells every listener. */
  tell(event: HostEvent): void;
}

/** Makes one. Every command succeeds and answers with its own input. */
export function fakeSession(): FakeSession {
  const listeners = new Set<(event: HostEvent) => void>();
  const session: FakeSession = {
    invoked: [],
    granted: [],
    jobs: 0,
    revision: 0,
    closed: false,
    grantAnswer: undefined,
    tell: (event) => {
      for (const listener of listeners) listener(event);
    },
    invoke: (command, input) => {
      session.invoked.push({ command, input });
      const value = command === 'getSnapshot' ? { revision: session.revision } : input;
      return Promise.resolve({ ok: true, value });
    },
    listen: (onEvent) => {
      listeners.add(onEvent);
      return () => {
        listeners.delete(onEvent);
      };
    },
    grant: (files) => {
      session.granted.push(...files);
      const grants = files.map(({ path }, index) => ({
        id: `grant-${String(index)}`,
        name: path.slice(path.lastIndexOf('/') + 1),
        kind: 'file' as const,
      }));
      return Promise.resolve(session.grantAnswer ?? { ok: true, value: grants });
    },
    openFile: () => Promise.resolve({ ok: true, value: null }),
    running: () => Promise.resolve(session.jobs),
    close: () => {
      session.closed = true;
      return Promise.resolve();
    },
  };
  return session;
}
