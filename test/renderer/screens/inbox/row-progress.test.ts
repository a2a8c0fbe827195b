import { describe, expect, test } from 'vitest';
import { rowsProgress } from '../../../../renderer/src/screens/inbox/row-progress.ts';
import { inboxEntry, jobView } from '../../support.ts';

const entries = ['a', 'b', 'c'].map((id) => inboxEntry({ id, bytes: 100 }));
const about = ['a', 'b', 'c'];

describe('progress in the rows of the inbox', () => {
  test('one bundle that is fetched shows how far it is', () => {
    const job = jobView({ id: 'j', kind: 'fetch', about: ['b'], bytes: 25 });
    expect([...rowsProgress([job], entries)]).toEqual([
      ['b', { job: 'j', kind: 'fetch', state: 'running', share: 0.25 }],
    ]);
  });

  test('of several, those that are through are not named, one is under way, the others wait', () => {
    const job = jobView({ id: 'j', kind: 'download', about, bytes: 150 });
    expect([...rowsProgress([job], entries)]).toEqual([
      ['b', { job: 'j', kind: 'download', state: 'running', share: 0.5 }],
      ['c', { job: 'j', kind: 'download', state: 'waiting' }],
    ]);
  });

  test('between two bundles the next one is under way', () => {
    const job = jobView({ id: 'j', kind: 'download', about, bytes: 100 });
    expect(rowsProgress([job], entries).get('b')).toMatchObject({ state: 'running', share: 0 });
    expect(rowsProgress([job], entries).has('a')).toBe(false);
  });

  test('the last one is under way until the job says that it is over', () => {
    const job = jobView({ id: 'j', kind: 'download', about, bytes: 300 });
    expect([...rowsProgress([job], entries)]).toEqual([
      ['c', { job: 'j', kind: 'download', state: 'running', share: 1 }],
    ]);
  });

  test('a deletion has no share, because it is counted in whole bundles', () => {
    const job = jobView({ id: 'j', kind: 'remove', about, bytes: 100 });
    expect([...rowsProgress([job], entries)]).toEqual([
      ['b', { job: 'j', kind: 'remove', state: 'running' }],
      ['c', { job: 'j', kind: 'remove', state: 'waiting' }],
    ]);
  });

  test('a job that is being stopped says so in every row', () => {
    const job = jobView({ id: 'j', kind: 'download', about, bytes: 100, state: 'cancelling' });
    expect([...rowsProgress([job], entries).values()].map(({ state }) => state)).toEqual([
      'cancelling',
      'cancelling',
      'cancelling',
    ]);
  });

  test('bundles of no size at all do not upset it', () => {
    const empty = [inboxEntry({ id: 'a', bytes: 0 }), inboxEntry({ id: 'b', bytes: 0 })];
    const job = jobView({ id: 'j', kind: 'download', about: ['a', 'b'], bytes: 0 });
    expect([...rowsProgress([job], empty).values()]).toEqual([
      { job: 'j', kind: 'download', state: 'running', share: 0 },
    ]);
  });

  test('jobs that ended and jobs of other screens are none of its business', () => {
    const jobs = [
      jobView({ id: '1', kind: 'fetch', about: ['a'], state: 'done' }),
      jobView({ id: '2', kind: 'unlock', about: ['b'] }),
    ];
    expect(rowsProgress(jobs, entries).size).toBe(0);
  });
});
