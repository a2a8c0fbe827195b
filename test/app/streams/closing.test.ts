import { describe, expect, it } from 'vitest';
import { closing } from '../../../app/streams/closing.ts';
import { collect } from '../../support/streams.ts';

/** A stream that notes what happens to it and to what it uses. */
function noted(fail?: Error): { stream: ReturnType<typeof closing>; notes: string[] } {
  const notes: string[] = [];
  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    notes.push('started');
    try {
      yield await Promise.resolve(Buffer.from('one'));
      yield Buffer.from('two');
      if (fail !== undefined) throw fail;
    } finally {
      notes.push('stopped');
    }
  }
  const close = async (): Promise<void> => {
    await Promise.resolve();
    notes.push('closed');
  };
  return { stream: closing(pieces, close), notes };
}

/** What happened, with closing once more taken for closing once, as the contract allows. */
function told(notes: readonly string[]): string {
  return notes.filter((note, index) => note !== 'closed' || notes[index - 1] !== note).join(' ');
}

describe('a stream that puts something away', () => {
  it('does so at its end', async () => {
    const { stream, notes } = noted();
    expect(String(await collect(stream))).toBe('onetwo');
    expect(told(notes)).toBe('started stopped closed');
  });

  it('does so when it fails, and passes the failure on', async () => {
    const failing = new Error('the disk is gone');
    const { stream, notes } = noted(failing);
    await expect(collect(stream)).rejects.toBe(failing);
    expect(told(notes)).toBe('started stopped closed');
  });

  it('does so when a loop over it is left, after the stream itself has stopped', async () => {
    const { stream, notes } = noted();
    for await (const piece of stream) if (piece.byteLength > 0) break;
    expect(told(notes)).toBe('started stopped closed');
  });

  it('does so when nobody ever read from it', async () => {
    const { stream, notes } = noted();
    await stream.return?.();
    expect(told(notes)).toBe('closed');
  });

  it('is neither started nor goes on once it is closed', async () => {
    const unread = noted();
    await unread.stream.return?.();
    expect(await unread.stream.next()).toEqual({ done: true, value: undefined });
    expect(told(unread.notes)).toBe('closed');

    const begun = noted();
    await begun.stream.next();
    await begun.stream.return?.();
    expect(await begun.stream.next()).toEqual({ done: true, value: undefined });
    expect(told(begun.notes)).toBe('started stopped closed');
  });

  it('does not start before it is read', () => {
    expect(noted().notes).toEqual([]);
  });
});
