import { expect, it } from 'vitest';
import { handOver } from '../../../app/streams/hand-over.ts';
import { collect } from '../../support/streams.ts';

it('pieces come out in order, and the end after them', async () => {
  const { source, write, end } = handOver();
  const reading = collect(source);
  await write(Buffer.from('pass'));
  await write(Buffer.from('port'));
  end();
  expect((await reading).toString()).toBe('passport');
});

it('a writer waits until its piece is taken', async () => {
  const { source, write } = handOver();
  let taken = false;
  const writing = Promise.resolve(write(Buffer.from('x'))).then(() => {
    taken = true;
  });
  await Promise.resolve();
  expect(taken).toBe(false);
  await source.next();
  await writing;
  expect(taken).toBe(true);
});

it('a reader that gives up lets the writer go on', async () => {
  const { source, write } = handOver();
  const writing = write(Buffer.from('x'));
  await source.return?.();
  await writing;
  expect(write(Buffer.from('y'))).toBeUndefined();
  expect(await source.next()).toEqual({ done: true, value: undefined });
});

it('a writer that ends is not kept waiting by a reader that never came', async () => {
  const { write, end } = handOver();
  const writing = write(Buffer.from('x'));
  end();
  await writing;
  expect(write(Buffer.from('y'))).toBeUndefined();
});
