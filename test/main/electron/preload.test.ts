import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import type { PreloadBridge } from '../../../app/contract/bridge.ts';
import { COMMANDS } from '../../../app/contract/commands.ts';

const invoked: unknown[][] = [];
const channel = new EventEmitter();
const exposed = new Map<string, unknown>();
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: unknown) => {
      exposed.set(name, api);
    },
  },
  ipcRenderer: {
    invoke: (...message: unknown[]) => {
      invoked.push(message);
      return Promise.resolve('answer');
    },
    on: channel.on.bind(channel),
    off: channel.off.bind(channel),
  },
  webUtils: { getPathForFile: (file: { readonly name: string }) => `/dropped/${file.name}` },
}));
await import('../../../main/electron/preload.ts');
const bridge = exposed.get('signet') as PreloadBridge;

beforeEach(() => {
  invoked.length = 0;
});

test('one name is put into the page, with functions and nothing of Electron', () => {
  expect([...exposed.keys()]).toEqual(['signet']);
  expect(Object.keys(bridge).sort()).toEqual(['commands', 'grantFile', 'listen']);
});

test('there is one function for each command, and it names that command', async () => {
  expect(Object.keys(bridge.commands).sort()).toEqual(Object.keys(COMMANDS).sort());
  for (const [name, call] of Object.entries(bridge.commands)) {
    await (call as (...args: unknown[]) => Promise<unknown>)({ x: 1 }, 'more');
    expect(invoked.pop()).toEqual(['signet:invoke', name, { x: 1 }]);
  }
});

test('a listener gets the event alone, until it stops', () => {
  const heard: unknown[][] = [];
  const stop = bridge.listen((...args: unknown[]) => {
    heard.push(args);
  });
  channel.emit('signet:event', { sender: 'ipcRenderer' }, { kind: 'changed', revision: 1 });
  stop();
  channel.emit('signet:event', { sender: 'ipcRenderer' }, { kind: 'changed', revision: 2 });
  expect(heard).toEqual([[{ kind: 'changed', revision: 1 }]]);
  expect(channel.listenerCount('signet:event')).toBe(0);
});

test('a dropped file is handed over by the path that Electron has for it', async () => {
  await bridge.grantFile(new File([], 'passport.pdf'));
  expect(invoked).toEqual([['signet:invoke', '@grant', '/dropped/passport.pdf']]);
});
