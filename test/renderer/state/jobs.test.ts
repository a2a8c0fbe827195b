import { expect, test } from 'vitest';
import { isRunning, lastJob } from '../../../renderer/src/state/jobs.ts';
import { jobView } from '../support.ts';

const bundle = { id: 'b1', name: 'bundle-x.tar.age' };

test('the newest job about a bundle counts, and those about another of the same name do not', () => {
  const jobs = [
    jobView({ id: '1', kind: 'unlock', about: ['b1'], state: 'failed' }),
    jobView({ id: '2', kind: 'unlock', about: ['b1'] }),
    jobView({ id: '3', kind: 'save', about: ['b1'] }),
    jobView({ id: '4', kind: 'unlock', about: ['b2'], subject: bundle.name }),
  ];
  expect(lastJob(jobs, 'unlock', bundle)?.id).toBe('2');
});

test('a job that does not say what it is about is known by its subject', () => {
  const jobs = [
    jobView({ id: '1', kind: 'save', subject: bundle.name }),
    jobView({ id: '2', kind: 'save', subject: 'another.tar.age' }),
  ];
  expect(lastJob(jobs, 'save', bundle)?.id).toBe('1');
});

test('a job that is being stopped still runs; one that ended, or was never there, does not', () => {
  expect(isRunning(jobView({ id: '1', kind: 'save', state: 'cancelling' }))).toBe(true);
  for (const state of ['done', 'failed', 'cancelled'] as const)
    expect(isRunning(jobView({ id: '1', kind: 'save', state }))).toBe(false);
  expect(isRunning(undefined)).toBe(false);
});
