import type { App, WebContents } from 'electron';
import { expect, test } from 'vitest';
import { confineAll } from '../../../main/electron/web-contents-policy.ts';
import { as, emitter, preventable } from './fakes.ts';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

function madePage() {
  const app = emitter({});
  confineAll(as<App>(app));
  let opening: OpenHandler | undefined;
  const contents = emitter({
    setWindowOpenHandler: (handler: OpenHandler) => {
      opening = handler;
    },
  });
  app.emit('web-contents-created', {}, contents);
  return { contents, opening: () => opening };
}

test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
  '%s is prevented in every page that is ever made',
  (name) => {
    const { contents } = madePage();
    const event = preventable();
    contents.emit(name, event);
    expect(event.prevented).toBe(true);
  },
);

test('no window opens another', () => {
  const { opening } = madePage();
  expect(opening()?.(as({ url: 'https://example.com/' }))).toEqual({ action: 'deny' });
});
