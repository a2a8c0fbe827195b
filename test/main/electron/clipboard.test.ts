import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCopying } from '../../../main/electron/clipboard.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function clipboard() {
  const held = { text: '' };
  const copying = createCopying({
    writeText: (text) => {
      held.text = text;
      return Promise.resolve();
    },
    readText: () => Promise.resolve(held.text),
    clear: () => {
      held.text = '';
    },
  });
  return { held, copying };
}

test('a secret is gone from the clipboard after 60 seconds, and not before', async () => {
  const { held, copying } = clipboard();
  await copying.copyText('seven quiet words', true);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(held.text).toBe('seven quiet words');
  await vi.advanceTimersByTimeAsync(1);
  expect(held.text).toBe('');
});

test('what the person copied meanwhile stays', async () => {
  const { held, copying } = clipboard();
  await copying.copyText('seven quiet words', true);
  held.text = 'a shopping list';
  await vi.advanceTimersByTimeAsync(120_000);
  expect(held.text).toBe('a shopping list');
});

test('a text that is no secret stays, even one that replaced a secret', async () => {
  const { held, copying } = clipboard();
  await copying.copyText('seven quiet words', true);
  await copying.copyText('/home/jane/b.tar.age', false);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(held.text).toBe('/home/jane/b.tar.age');
});

test('a secret copied once more has its 60 seconds again', async () => {
  const { held, copying } = clipboard();
  await copying.copyText('seven quiet words', true);
  await vi.advanceTimersByTimeAsync(50_000);
  await copying.copyText('seven quiet words', true);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(held.text).toBe('seven quiet words');
  await vi.advanceTimersByTimeAsync(1);
  expect(held.text).toBe('');
});

test('at the end a secret is taken away at once', async () => {
  const { held, copying } = clipboard();
  await copying.copyText('seven quiet words', true);
  await copying.clearSecret();
  expect(held.text).toBe('');
  expect(vi.getTimerCount()).toBe(0);
});
