import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { AppError } from '../../contract/errors.ts';

/** The wait for an answer to QUIT, which nothing depends on. */
const FAREWELL_MS = 1000;

/** How nodemailer tells the end of a step. */
type Done<T> = (error?: Error | null, result?: T) => void;

/** The steps of one connection, each of which ends at the latest when the connection does or the job is cancelled. */
export class Conversation {
  readonly #connection: SMTPConnection;
  readonly #signal: AbortSignal | undefined;
  readonly #broken = Promise.withResolvers<never>();
  readonly #stop = (): void => {
    this.#broken.reject(new AppError('cancelled', {}));
    this.#connection.close();
  };

  /**
   * @param connection - not connected yet
   * @param signal - aborting it closes the connection and ends every step with `cancelled`
   */
  constructor(connection: SMTPConnection, signal: AbortSignal | undefined) {
    this.#connection = connection;
    this.#signal = signal;
    // Nobody may be waiting at the moment.
    this.#broken.promise.catch(() => undefined);
    connection.on('error', (error: Error) => {
      this.#broken.reject(error);
    });
    connection.once('end', () => {
      // A step that was under way may still be told why, which says more.
      setImmediate(() => {
        this.#broken.reject(Object.assign(new Error('closed'), { code: 'ECONNECTION' }));
      });
    });
    signal?.addEventListener('abort', this.#stop, { once: true });
  }

  /**
   * Takes one step.
   *
   * @param start - begins it; what it is handed is to be called at its end
   * @throws `cancelled`, and nodemailer's errors untranslated
   */
  async step<T = unknown>(start: (done: Done<T>) => void): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    start((error, result) => {
      if (error === undefined || error === null) resolve(result as T);
      else reject(error);
    });
    return await Promise.race([promise, this.#broken.promise]);
  }

  /**
   * Waits for steps that a server could draw out without ever being silent.
   *
   * @param milliseconds - after which they fail
   * @param steps - under way
   */
  async within(milliseconds: number, steps: Promise<void>): Promise<void> {
    const timer = setTimeout(() => {
      this.#broken.reject(Object.assign(new Error('too long'), { code: 'ETIMEDOUT' }));
    }, milliseconds);
    try {
      await steps;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Says goodbye, and waits a moment for the answer. */
  async farewell(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const leave = (): void => {
      resolve(undefined);
    };
    const timer = setTimeout(leave, FAREWELL_MS);
    this.#connection.once('end', leave);
    this.#connection.quit();
    await promise;
    clearTimeout(timer);
  }

  /** Closes the connection; harmless twice. */
  end(): void {
    this.#signal?.removeEventListener('abort', this.#stop);
    this.#connection.close();
  }
}
