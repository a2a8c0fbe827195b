import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { denyAll, mayLoad, type GuardedSession } from '../../../main/electron/session-policy.ts';
import { as, preventable } from './fakes.ts';

type Handler = (...args: unknown[]) => unknown;

/** A session that remembers its handlers under the names by which they were set. */
function guarded(devTools = false) {
  const handlers: Record<string, Handler> = {};
  const remember = (name: string) => (handler: Handler) => {
    handlers[name] = handler;
  };
  const events = new EventEmitter();
  let spelling = true;
  const session = {
    on: events.on.bind(events),
    setBluetoothPairingHandler: remember('bluetooth'),
    setDevicePermissionHandler: remember('device'),
    setDisplayMediaRequestHandler: remember('display'),
    setPermissionCheckHandler: remember('check'),
    setPermissionRequestHandler: remember('request'),
    setSpellCheckerEnabled: (on: boolean) => {
      spelling = on;
    },
    webRequest: { onBeforeRequest: remember('load') },
  };
  denyAll(as<GuardedSession>(session), devTools);
  return { handlers, events, spelling };
}

/** What a handler that answers by a callback answered. */
function answerOf(handler: Handler | undefined, ...args: unknown[]): unknown {
  let answer: unknown = 'nothing';
  handler?.(...args, (given: unknown) => {
    answer = given;
  });
  return answer;
}

test.each([
  'notifications',
  'media',
  'geolocation',
  'clipboard-read',
  'fileSystem',
  'openExternal',
])('%s is denied when it is asked for and when it is checked', (permission) => {
  const { handlers } = guarded();
  expect(answerOf(handlers['request'], {}, permission)).toBe(false);
  expect(handlers['check']?.({}, permission, 'app://ui', {})).toBe(false);
});

test('devices, pairing and the picture of the screen are denied', () => {
  const { handlers } = guarded();
  expect(handlers['device']?.({ deviceType: 'hid' })).toBe(false);
  expect(answerOf(handlers['bluetooth'], {})).toEqual({ confirmed: false });
  expect(answerOf(handlers['display'], {})).toBeNull();
});

test('nothing is spell-checked, and no download begins', () => {
  const { events, spelling } = guarded();
  expect(spelling).toBe(false);
  const event = preventable();
  events.emit('will-download', event);
  expect(event.prevented).toBe(true);
});

test.each([
  'https://example.com/',
  'http://127.0.0.1/',
  'ws://example.com/',
  'file:///etc/passwd',
  'data:text/html,x',
  'app://ui.example.com/',
  'app://other/',
  'blob:https://example.com/1',
  'devtools://devtools/bundled/inspector.html',
])('a request for %s is stopped', (url) => {
  expect(answerOf(guarded().handlers['load'], { url })).toEqual({ cancel: true });
});

test.each(['app://ui/index.html', 'blob:app://ui/2f1c'])('%s is loaded', (url) => {
  expect(answerOf(guarded().handlers['load'], { url })).toEqual({ cancel: false });
});

test('from a checkout the developer tools may load themselves', () => {
  expect(mayLoad('devtools://devtools/bundled/inspector.html', true)).toBe(true);
  expect(mayLoad('https://example.com/', true)).toBe(false);
});
