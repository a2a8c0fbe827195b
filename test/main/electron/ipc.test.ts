import type { IpcMain } from 'electron';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Granted } from '../../../app/contract/host.ts';
import { answer, checkSender, type Sender } from '../../../main/electron/ipc.ts';
import { as, fakeSession } from './fakes.ts';

type Handler = (event: unknown, ...message: unknown[]) => Promise<unknown>;

const PAGE: Sender = as({ type: 'frame', senderFrame: { origin: 'app://ui', parent: null } });

function channel() {
  const invoked: unknown[] = [];
  const granted: Granted[] = [];
  const handlers = new Map<string, Handler>();
  const session = fakeSession({
    invoke: (command, input) => {
      invoked.push([command, input]);
      return Promise.resolve({ ok: true, value: 'done' });
    },
    grant: (files) => {
      granted.push(...files);
      return Promise.resolve({ ok: true, value: [{ id: 'g1', name: 'a', kind: 'file' }] });
    },
  });
  const ipcMain = {
    handle: (name: string, handler: Handler) => {
      handlers.set(name, handler);
    },
  };
  answer(as<IpcMain>(ipcMain), Promise.resolve(session));
  const send = (event: unknown, ...message: unknown[]) =>
    handlers.get('signet:invoke')!(event, ...message);
  return { handlers, invoked, granted, send };
}

test('there is one channel', () => {
  expect([...channel().handlers.keys()]).toEqual(['signet:invoke']);
});

test('a command of the page reaches the core and is answered', async () => {
  const { invoked, send } = channel();
  expect(await send(PAGE, 'getSnapshot', {})).toEqual({ ok: true, value: 'done' });
  expect(invoked).toEqual([['getSnapshot', {}]]);
});

const frame = (origin: string, parent: unknown = null) => ({
  type: 'frame',
  senderFrame: { origin, parent },
});
test.each([
  ['a frame that is gone', { type: 'frame', senderFrame: null }],
  ['a frame inside the page', frame('app://ui', { origin: 'app://ui' })],
  ['an opaque origin', frame('null')],
  ['no origin', frame('')],
  ['another host', frame('app://ui.example.com')],
  ['a longer host', frame('app://ui2')],
  ['another case', frame('APP://UI')],
  ['a trailing slash', frame('app://ui/')],
  ['another scheme', frame('https://ui')],
  ['a file', frame('file://')],
  ['a service worker', { ...frame('app://ui'), type: 'service-worker' }],
])('%s is refused, and the core hears nothing', async (_, event) => {
  const { invoked, granted, send } = channel();
  await expect(send(event, 'getSnapshot', {})).rejects.toThrow(/^host-failed$/);
  await expect(send(event, '@grant', '/etc/passwd')).rejects.toThrow(/^host-failed$/);
  expect([...invoked, ...granted]).toEqual([]);
});

test.each([[[]], [['getSnapshot']], [['getSnapshot', {}, {}]]])(
  'a message of another form is refused: %j',
  async (message) => {
    const { invoked, send } = channel();
    await expect(send(PAGE, ...message)).rejects.toThrow(/^host-failed$/);
    expect(invoked).toEqual([]);
  },
);

test('a dropped file becomes a grant', async () => {
  const { granted, send } = channel();
  expect(await send(PAGE, '@grant', '/home/jane/passport.pdf')).toEqual({
    ok: true,
    value: { id: 'g1', name: 'a', kind: 'file' },
  });
  expect(granted).toEqual([{ path: '/home/jane/passport.pdf', readOnly: true }]);
});

test.each(['', 'passport.pdf', '../x', '/a\0b', `/${'a'.repeat(40_000)}`, null, 7, {}, ['/a']])(
  'what is no absolute path is not granted: %j',
  async (path) => {
    const { granted, send } = channel();
    expect(await send(PAGE, '@grant', path)).toEqual({
      ok: false,
      error: { code: 'input-invalid', data: { command: '@grant' } },
    });
    expect(granted).toEqual([]);
  },
);

test('no sender but the page is ever let through', () => {
  const senders = fc.record({
    type: fc.constantFrom('frame', 'service-worker', ''),
    senderFrame: fc.option(
      fc.record({
        origin: fc.oneof(fc.webUrl(), fc.string(), fc.constant('app://ui')),
        parent: fc.constantFrom(null, undefined, {}),
      }),
    ),
  });
  fc.assert(
    fc.property(senders, (sender) => {
      const ours =
        sender.type === 'frame' &&
        sender.senderFrame?.origin === 'app://ui' &&
        sender.senderFrame.parent === null;
      const check = () => {
        checkSender(as<Sender>(sender));
      };
      if (ours) expect(check).not.toThrow();
      else expect(check).toThrow('host-failed');
    }),
  );
});
