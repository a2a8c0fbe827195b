import type { App } from 'electron';
import { expect, test, vi } from 'vitest';
import type { Session } from '../../../app/contract/host.ts';
import { orderlyEnd } from '../../../main/electron/quit.ts';
import { wordsIn } from '../../../main/electron/words.ts';
import { as, emitter, fakeSession, preventable } from './fakes.ts';

function program(
  running: number,
  answer: number,
  session: Promise<Session> = Promise.resolve(fakeSession()),
) {
  const did: string[] = [];
  const app = emitter({
    quit: () => {
      did.push('quit');
    },
  });
  const core = session.then((parts) => ({
    ...parts,
    running: () => Promise.resolve(running),
    close: () => {
      did.push('close');
      return Promise.resolve();
    },
  }));
  core.catch(() => undefined);
  const showMessageBox = (options: { readonly defaultId: number; readonly cancelId: number }) => {
    did.push('ask');
    // What Return and Escape would do is to go on working.
    expect([options.defaultId, options.cancelId]).toEqual([0, 0]);
    return Promise.resolve({ response: answer, checkboxChecked: false });
  };
  const closing = orderlyEnd({
    app: as<App>(app),
    dialog: as({ showMessageBox }),
    session: () => core,
    window: () => undefined,
    words: () => wordsIn('en', ''),
    tidy: () => {
      did.push('tidy');
      return Promise.resolve();
    },
  });
  const close = () => {
    const event = preventable();
    closing.onClose(event);
    return event;
  };
  return { app, closing, close, did };
}

test('with nothing at work the program ends without a question', async () => {
  const { close, did } = program(0, 0);
  expect(close().prevented).toBe(true);
  await vi.waitFor(() => {
    expect(did).toEqual(['close', 'tidy', 'quit']);
  });
  expect(close().prevented).toBe(false);
});

test('while something runs it asks, and goes on when the person says so', async () => {
  const { close, did } = program(1, 0);
  close();
  await vi.waitFor(() => {
    expect(did).toEqual(['ask']);
  });
  await Promise.resolve();
  expect(close().prevented).toBe(true);
  await vi.waitFor(() => {
    expect(did).toEqual(['ask', 'ask']);
  });
});

test('when the person agrees, what runs is cancelled before the program quits', async () => {
  const { app, did } = program(2, 1);
  const event = preventable();
  app.emit('before-quit', event);
  expect(event.prevented).toBe(true);
  await vi.waitFor(() => {
    expect(did).toEqual(['ask', 'close', 'tidy', 'quit']);
  });
});

test('closing twice asks once', async () => {
  const { close, did } = program(1, 1);
  close();
  close();
  await vi.waitFor(() => {
    expect(did).toContain('quit');
  });
  expect(did).toEqual(['ask', 'close', 'tidy', 'quit']);
});

test('without a core the program still ends', async () => {
  const { close, did } = program(0, 0, Promise.reject(new Error('no core')));
  close();
  await vi.waitFor(() => {
    expect(did).toEqual(['quit']);
  });
});

test('a core that does not answer keeps the program for ten seconds, no longer', async () => {
  vi.useFakeTimers();
  try {
    const stuck = new Promise<void>(() => undefined);
    const did: string[] = [];
    const closing = orderlyEnd({
      app: as({ on: () => undefined, quit: () => did.push('quit') }),
      dialog: as({}),
      session: () => Promise.resolve(fakeSession({ close: () => stuck })),
      window: () => undefined,
      words: () => wordsIn('en', ''),
      tidy: () => Promise.resolve(),
    });
    void closing.now();
    await vi.advanceTimersByTimeAsync(9_999);
    expect(did).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(did).toEqual(['quit']);
  } finally {
    vi.useRealTimers();
  }
});
