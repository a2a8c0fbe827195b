import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a launch secret is good for, in milliseconds. */
export const LAUNCH_LIFE = 60_000;
/** How long a session may be without any request, in milliseconds. */
export const IDLE_LIFE = 30 * 60_000;

/** What the door depends on. */
export interface DoorPorts {
  /** The time, in milliseconds; it need not be of day, but must not go back. */
  readonly now: () => number;
  /** Whether the session is in use without being asked anything: an event stream is open, or a job runs. */
  readonly inUse: () => Promise<boolean>;
  /** Hears that the session is over: another one takes its place, or it was idle for too long. */
  readonly onEnd: (why: 'replaced' | 'idle') => void;
}

/** Who may come in: one page at a time, by a token that it got for a launch secret. Nothing of it is ever written anywhere. */
export interface Door {
  /** Makes a launch secret: 256 bits, base64url. It replaces an older one that was not used. */
  newSecret(): string;
  /**
   * Takes a launch secret, whose life ends with that, and gives the token of a new session, 256 bits, base64url. The session before it,
   * if there was one, is over.
   *
   * @returns `undefined` when the secret is wrong, was used, or is too old
   */
  exchange(secret: unknown): Promise<string | undefined>;
  /** Whether this is the token of the session. Asking keeps the session alive. */
  admits(token: string | undefined): Promise<boolean>;
  /** Ends the session when it was idle for too long. */
  sweep(): Promise<void>;
}

/**
 * Makes a door, closed.
 *
 * @param ports - what it depends on
 */
export function createDoor(ports: DoorPorts): Door {
  const { now, inUse, onEnd } = ports;
  // Digests only: a comparison of digests tells nothing about what they are of.
  let launch: { readonly digest: Buffer; readonly until: number } | undefined;
  let session: { readonly digest: Buffer; lastUse: number } | undefined;

  const sweep = async (): Promise<void> => {
    const current = session;
    if (current === undefined || now() - current.lastUse <= IDLE_LIFE) return;
    if (await inUse()) {
      current.lastUse = now();
      return;
    }
    // It may have been replaced while we asked.
    if (session !== current || now() - current.lastUse <= IDLE_LIFE) return;
    session = undefined;
    onEnd('idle');
  };
  return {
    newSecret: () => {
      const secret = randomBytes(32).toString('base64url');
      launch = { digest: digestOf(secret), until: now() + LAUNCH_LIFE };
      return secret;
    },
    exchange: async (secret) => {
      // One that is over anyway is not replaced.
      await sweep();
      if (launch === undefined || now() >= launch.until) return undefined;
      if (!matches(secret, launch.digest)) return undefined;
      launch = undefined;
      const replaced = session !== undefined;
      const token = randomBytes(32).toString('base64url');
      session = { digest: digestOf(token), lastUse: now() };
      if (replaced) onEnd('replaced');
      return token;
    },
    admits: async (token) => {
      await sweep();
      if (session === undefined || !matches(token, session.digest)) return false;
      session.lastUse = now();
      return true;
    },
    sweep,
  };
}

function matches(given: unknown, expected: Buffer): boolean {
  return typeof given === 'string' && timingSafeEqual(digestOf(given), expected);
}

function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
