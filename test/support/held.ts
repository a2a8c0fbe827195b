import { createApp, type App } from '../../app/app.ts';

/**
 * An app that stands still in the middle of one kind of work, until it is let go on; then it does what it is asked as always.
 *
 * @param method - in which
 */
export function held(method: 'seal' | 'send' | 'open' | 'fetch' | 'survey'): {
  readonly app: App;
  /** How often the work was begun. */
  readonly begun: () => number;
  /** Lets everything go on, now and from now on. */
  readonly release: () => void;
} {
  const app = createApp({ logN: 4 });
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let begun = 0;
  const original = app[method].bind(app) as (...args: unknown[]) => Promise<unknown>;
  const standing = async (...args: unknown[]): Promise<unknown> => {
    begun += 1;
    await promise;
    return await original(...args);
  };
  return {
    app: { ...app, [method]: standing },
    begun: () => begun,
    release: () => {
      resolve(undefined);
    },
  };
}
