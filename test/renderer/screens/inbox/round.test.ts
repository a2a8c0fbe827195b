import { describe, expect, test } from 'vitest';
import type { JobView } from '../../../../app/contract/views.ts';
import {
  moveOn,
  nextStep,
  startRound,
  trouble,
  type Round,
} from '../../../../renderer/src/screens/inbox/round.ts';
import { bundleView, inboxEntry, jobView } from '../../support.ts';

const first = inboxEntry({ id: 'e1' });
const second = inboxEntry({ id: 'e2' });
const begun = startRound([first, second]);
const bundle = bundleView({ id: 'b1', entry: 'e1' });
const nothing = { bundle: null, jobs: [] };

const saved = (skipped: number): JobView =>
  jobView({
    id: 'save',
    kind: 'save',
    about: ['b1'],
    state: 'done',
    outcome: { kind: 'saved', bundle: 'b1', folder: '/x', placed: 3, skipped },
  });
const opening: Round = { ...begun, phase: 'open' };
const removing: Round = { ...begun, phase: 'remove', job: 'remove' };

describe('a round through several bundles', () => {
  test('fetches the first', () => {
    expect(nextStep(begun, nothing)).toEqual({ kind: 'fetch', entry: first });
  });

  test('waits while it is fetched, and knows it when it is there', () => {
    const fetching = { ...begun, job: 'fetch' };
    const job = jobView({ id: 'fetch', kind: 'fetch', about: ['e1'] });
    expect(nextStep(fetching, { bundle: null, jobs: [job] })).toBeNull();
    expect(nextStep(fetching, { bundle, jobs: [{ ...job, state: 'done' }] })).toEqual({
      kind: 'opened',
    });
  });

  test('does not take another bundle for the one that it fetches', () => {
    const fetching = { ...begun, job: 'fetch' };
    const other = bundleView({ id: 'b9', entry: 'e9' });
    expect(nextStep(fetching, { bundle: other, jobs: [] })).toBeNull();
  });

  test('leaves the bundle to the person until its documents are saved', () => {
    expect(nextStep(opening, { bundle, jobs: [] })).toBeNull();
    const running = { ...saved(0), state: 'running' } as const;
    expect(nextStep(opening, { bundle, jobs: [running] })).toBeNull();
  });

  test('removes it when all of its documents were saved', () => {
    expect(nextStep(opening, { bundle, jobs: [saved(0)] })).toEqual({
      kind: 'remove',
      entry: first,
      save: 'save',
    });
  });

  test('removes nothing when a document was skipped, and says so', () => {
    expect(nextStep(opening, { bundle, jobs: [saved(1)] })).toBeNull();
    expect(trouble(opening, { bundle, jobs: [saved(1)] })).toBe('kept');
  });

  test('removes nothing on the strength of another bundle’s saving', () => {
    const other = { ...saved(0), about: ['b9'] };
    expect(nextStep(opening, { bundle, jobs: [other] })).toBeNull();
  });

  test('goes on when it is removed, and puts the bundle away', () => {
    const job = jobView({ id: 'remove', kind: 'remove', about: ['e1'], state: 'done' });
    expect(nextStep(removing, { bundle, jobs: [job] })).toEqual({ kind: 'next', close: 'b1' });
    expect(nextStep(moveOn(removing), { bundle, jobs: [job] })).toEqual({
      kind: 'fetch',
      entry: second,
    });
  });

  test('leaves the last one on the screen, and is through', () => {
    const last: Round = { ...removing, entries: [first] };
    const job = jobView({ id: 'remove', kind: 'remove', about: ['e1'], state: 'done' });
    expect(nextStep(last, { bundle, jobs: [job] })).toEqual({ kind: 'next', close: null });
    expect(nextStep(moveOn(last), { bundle, jobs: [job] })).toBeNull();
    expect(trouble(moveOn(last), { bundle, jobs: [job] })).toBeNull();
  });

  test.each(['failed', 'cancelled'] as const)(
    'stands still when fetching or removing has %s, until the person decides',
    (state) => {
      const fetching: Round = { ...begun, job: 'fetch' };
      const fetch = jobView({ id: 'fetch', kind: 'fetch', about: ['e1'], state });
      expect(nextStep(fetching, { bundle: null, jobs: [fetch] })).toBeNull();
      expect(trouble(fetching, { bundle: null, jobs: [fetch] })).toBe('failed');
      const remove = jobView({ id: 'remove', kind: 'remove', about: ['e1'], state });
      expect(nextStep(removing, { bundle, jobs: [remove] })).toBeNull();
      expect(trouble(removing, { bundle, jobs: [remove] })).toBe('failed');
    },
  );

  test('does not try again by itself what could not even be started', () => {
    const refused: Round = { ...begun, error: { code: 'host-gone', data: {} } };
    expect(nextStep(refused, nothing)).toBeNull();
    expect(trouble(refused, nothing)).toBe('failed');
  });

  test('notices when the bundle was put away before it was saved', () => {
    expect(nextStep(opening, nothing)).toBeNull();
    expect(trouble(opening, nothing)).toBe('gone');
  });
});
