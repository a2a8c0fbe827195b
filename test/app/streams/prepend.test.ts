import { describe, expect, it } from 'vitest';
import { prepend } from '../../../app/streams/prepend.ts';
import { collect } from '../../support/streams.ts';
import { cut, Watched } from '../envelope/watched.ts';

const head = [Buffer.from('one'), Buffer.from('two')];

function source(): Watched {
  return new Watched(cut(Buffer.from('three and four'), [5]));
}

describe('a stream with pieces put back in front', () => {
  it('gives them out first, then the rest', async () => {
    const stream = prepend(head, source()[Symbol.asyncIterator]());
    expect(String(await collect(stream))).toBe('onetwothree and four');
  });

  it('is only the rest when nothing is put back, and only that when there is no rest', async () => {
    expect(String(await collect(prepend([], source()[Symbol.asyncIterator]())))).toBe(
      'three and four',
    );
    const nothing = new Watched([])[Symbol.asyncIterator]();
    expect(String(await collect(prepend(head, nothing)))).toBe('onetwo');
  });

  it('keeps empty pieces, and does not take them for its end', async () => {
    const stream = prepend([Buffer.alloc(0), ...head], source()[Symbol.asyncIterator]());
    expect(String(await collect(stream))).toBe('onetwothree and four');
  });

  it('takes nothing from the source before its own pieces are gone', async () => {
    const watched = source();
    const stream = prepend(head, watched[Symbol.asyncIterator]());
    await stream.next();
    await stream.next();
    expect(watched.taken).toBe(0);
    await stream.next();
    expect(watched.taken).toBe(5);
  });

  it.each([0, 1, 2, 3])('closes the source when it is closed after %i pieces', async (count) => {
    const watched = source();
    const stream = prepend(head, watched[Symbol.asyncIterator]());
    for (let index = 0; index < count; index += 1) await stream.next();
    await stream.return?.();
    expect(watched.closed).toBe(true);
    // And nothing comes any more, neither from the source nor of what was put back.
    expect(await stream.next()).toMatchObject({ done: true });
  });

  it('closes the source when a loop over it is left', async () => {
    const watched = source();
    for await (const piece of prepend(head, watched[Symbol.asyncIterator]()))
      if (piece.byteLength > 0) break;
    expect(watched.closed).toBe(true);
  });

  it('passes on what the source fails with', async () => {
    const failing = new Error('the disk is gone');
    const iterator: AsyncIterator<Uint8Array> = { next: () => Promise.reject(failing) };
    await expect(collect(prepend(head, iterator))).rejects.toBe(failing);
  });
});
