import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { gate } from '../../../app/streams/gate.ts';

describe('a gate', () => {
  it.each(['drain', 'close'])('lets its waiter through at %s', async (event) => {
    const emitter = new EventEmitter();
    const opened = gate(emitter, ['drain', 'close']);
    const waiting = opened();
    emitter.emit(event);
    await expect(waiting).resolves.toBeUndefined();
  });

  it('stays shut at other events, and for those that came before', async () => {
    const emitter = new EventEmitter();
    const opened = gate(emitter, ['drain']);
    emitter.emit('drain');
    let through = false;
    const waiting = opened().then(() => {
      through = true;
    });
    emitter.emit('finish');
    await Promise.resolve();
    expect(through).toBe(false);
    emitter.emit('drain');
    await waiting;
    expect(through).toBe(true);
  });

  it('listens once, however often somebody waits', async () => {
    const emitter = new EventEmitter();
    const opened = gate(emitter, ['drain', 'close']);
    for (let turn = 0; turn < 100; turn += 1) {
      const waiting = opened();
      emitter.emit('drain');
      await waiting;
    }
    expect(emitter.listenerCount('drain')).toBe(1);
    expect(emitter.listenerCount('close')).toBe(1);
  });
});
